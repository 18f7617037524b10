import GaaraPlan
import GaaraStore
import JSON
import Testing

/// Two plans that differ in one leaf are two different things to do, or one of them is refused: a
/// plan never says anything that is silently ignored (design, section 6).
@Suite("Leaves of the plan format")
struct LeafTests {
    /// Leaves that change no step yet, each with its reason.
    private static let exceptions = [
        "operators.github.": "shapes only trust policies, which a later version prints"
    ]

    @Test(
        "what differs in the plan differs in what is done, or is refused",
        arguments: PlanSchema.leaves)
    func changesSteps(leaf: PlanSchema.Leaf) throws {
        let first = try plan(leaf.first, of: leaf)
        let second = try plan(leaf.second, of: leaf)
        #expect(first.digest != second.digest, "\(leaf)")
        guard !Self.exceptions.keys.contains(where: leaf.path.hasPrefix) else { return }
        guard first.unsupported().isEmpty, second.unsupported().isEmpty else { return }
        let differs =
            steps(first, from: nil) != steps(second, from: nil)
            || steps(first, from: first) != steps(second, from: first)
            || steps(first, from: second) != steps(second, from: second)
            || steps(first, from: first, values: "newer")
                != steps(second, from: first, values: "newer")
            || destruction(first) != destruction(second)
        #expect(differs, "\(leaf): neither apply nor destroy does anything else")
    }

    @Test(
        "every exception is a leaf, and both its plans can be applied", arguments: exceptions.keys)
    func exceptionsAreNeeded(prefix: String) throws {
        let leaves = PlanSchema.leaves.filter { $0.path.hasPrefix(prefix) }
        #expect(!leaves.isEmpty)
        for leaf in leaves {
            let (first, second) = (try plan(leaf.first, of: leaf), try plan(leaf.second, of: leaf))
            let isSame = steps(first, from: nil) == steps(second, from: nil)
            #expect(isSame && second.unsupported().isEmpty, "\(leaf) is no exception any more")
        }
    }

    private func plan(_ text: String, of leaf: PlanSchema.Leaf) throws -> Plan {
        let reading = PlanReader.read(file: "leaf.yaml", text: Array(text.utf8)) {
            (path) throws(IncludeFault) in throw IncludeFault(reason: "no file \(path)")
        }
        return try #require(reading.plan, "\(leaf): \(reading.rendered)")
    }

    /// - Parameter values: other words are other values than those that were applied.
    private func steps(
        _ plan: Plan, from applied: Plan?, values: String = ""
    ) -> [String] {
        let snapshot =
            applied.map { Applied(plan: $0).snapshot } ?? Snapshot(observedAt: Samples.now)
        let surrounded = Samples.surrounded(snapshot, of: plan)
        return told {
            () throws(Refusals) in
            try Changeset.between(
                plan, and: surrounded, supply: Applied(plan: plan, values: values).supply,
                pepperID: Samples.pepper.id)
        }
    }

    private func destruction(_ plan: Plan) -> [String] {
        told { () throws(Refusals) in
            try Changeset.destroying(plan, Applied(plan: plan).snapshot)
        }
    }

    /// The steps in words, without their places, which are no part of what is done; or the reasons
    /// why there are none.
    private func told(_ compute: () throws(Refusals) -> Changeset) -> [String] {
        do throws(Refusals) {
            return try compute().steps.map { step in
                let calls = step.calls.map(\.json.canonical)
                let words = [step.reason, step.consequence].compactMap(\.self)
                return "\(step.verb) \(step.address) \(calls) \(step.changes) \(words)"
            }
        } catch {
            return error.diagnostics.map(\.message)
        }
    }
}

/// What AWS has after a plan was applied, and the values that it was applied with: each variable
/// and source holds a value of its own.
private struct Applied {
    let plan: Plan
    var values = ""

    var snapshot: Snapshot {
        var snapshot = Samples.applied(plan)
        for name in snapshot.policies.keys {
            snapshot.policies[name]?.attachments.insert(Principal(.user, "stranger"))
        }
        for secret in plan.secrets {
            var live = Samples.live(secret, in: plan)
            live.stages = [token(of: secret): ["AWSCURRENT"]]
            if case .rotation(let rotation) = secret.rotation {
                let rules = rotation.rules
                live.rotation = Rotation.Live(
                    isEnabled: true, function: rules.function, everyDays: rules.everyDays,
                    expression: rules.expression, duration: rules.windowHours.map { "\($0)h" })
            }
            snapshot.secrets[secret.name] = live
        }
        return snapshot
    }

    var supply: [SecretName: Supply] {
        var supply: [SecretName: Supply] = [:]
        for secret in plan.secrets where secret.value != .external {
            supply[secret.name] = .token(token(of: secret))
        }
        return supply
    }

    private func token(of secret: Secret) -> String {
        var words = [values, secret.variable, secret.value.json.canonical]
        if case .fields(let fields) = secret.value { words += fields.map(\.variable) }
        let value = SecretValue(string: words.joined(separator: " "))
        return Samples.pepper.token(of: value, name: secret.path(in: plan.identity))
    }
}
