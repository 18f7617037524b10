#if CommandLine
    internal import AWS
    internal import GaaraEngine
    internal import GaaraPlan
    internal import GaaraStore
    internal import JSON

    /// A plan beside the account: whether it is the right one, what is there, and whether each call
    /// would be allowed.
    extension Examiner {
        mutating func examine(_ plan: Plan, _ client: AWSClient) async {
            for fault in plan.unsupported() { add("plan", Reported([fault])) }
            let session: Session
            do {
                session = try await connection.open(for: plan, with: client)
            } catch {
                return add("plan", error)
            }
            let place = "\(plan.file) is for \(plan.identity.prefix) in this account"
            var calls = plan.valueCalls
            var occasion = "a change of each value"
            do {
                let comparison = try await Comparison.make(
                    of: plan, in: session, valuesFrom: nil, now: world.now)
                tell(comparison.snapshot.secrets, of: plan)
                let changeset = try comparison.changesetWithoutValues(scope: Scope())
                let count = changeset.steps.count
                let steps = count == 1 ? "1 step" : "\(count) steps"
                add(
                    "plan", .good,
                    "\(place): \(count == 0 ? "no step" : steps) to do, values not compared",
                    details: [("steps", .number(String(count)))])
                calls = changeset.calls + calls
                if count > 0 { occasion = "the \(steps) and \(occasion)" }
            } catch let error as EngineError where error.code == .call {
                // Which call is refused stands among the reads.
                add("plan", .bad, "\(place), and cannot be compared: \(error.message)")
                let first = try? Changeset.between(plan, and: Snapshot(observedAt: world.now()))
                calls = (first?.calls ?? []) + calls
                occasion = "a first apply and \(occasion)"
            } catch {
                add("plan", error)
            }
            let report = await Preflight(of: plan, in: session).report(on: calls)
            examination.permissions = Examination.Permissions(report: report, occasion: occasion)
        }

        /// Which of the declared secrets are there.
        private mutating func tell(_ live: [SecretName: Secret.Live], of plan: Plan) {
            let absent = plan.secrets.filter { live[$0.name] == nil }.map(\.name.text)
            let deleted = plan.secrets.filter { live[$0.name]?.deletionDate != nil }
                .map(\.name.text)
            let there = plan.secrets.count - absent.count - deleted.count
            let details: [(String, JSON)] = [
                ("declared", .number(String(plan.secrets.count))),
                ("absent", .array(absent.map(JSON.string))),
                ("deleted", .array(deleted.map(JSON.string))),
            ]
            var text = "\(there) of \(plan.secrets.count) exist"
            if !absent.isEmpty { text += "; not there: \(Self.list(absent))" }
            if !deleted.isEmpty { text += "; scheduled for deletion: \(Self.list(deleted))" }
            guard there < plan.secrets.count else {
                return add("secrets", .good, text, details: details)
            }
            add(
                "secrets", .doubtful, text, hint: "gaara-infra apply \(plan.file)",
                details: details)
        }

        /// The first few.
        private static func list(_ names: [String]) -> String {
            let shown = names.prefix(5).joined(separator: ", ")
            return names.count > 5 ? "\(shown) and \(names.count - 5) more" : shown
        }
    }

    extension Plan {
        /// What changing a value takes, for each that this plan may change.
        fileprivate var valueCalls: [Call] {
            secrets.filter { $0.owner == .plan && $0.value != .external }.flatMap { secret in
                let path = secret.path(in: identity)
                let write = ValueWrite(seen: nil, token: nil, source: secret.value)
                return [
                    Call.secret(.putValue(path, write)), .secret(.moveCurrent(path, write)),
                    .secret(.removeStagedLabel(path, write)),
                ]
            }
        }
    }
#endif
