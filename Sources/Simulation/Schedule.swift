internal import AWS
internal import AWSSandbox
internal import GaaraEngine
internal import GaaraPlan
internal import GaaraStore
internal import POSIX

/// One seed's story: a generated plan, an account as it was left, trouble on the way, and then runs
/// without any, after which the account must be what the plan says.
struct Schedule {
    enum Kind: String, CaseIterable {
        /// Faults at drawn calls of a first apply, or of a change.
        case faults
        /// The process dies at one call, before it or after it.
        case death
        /// Two applies at the same time.
        case race
        /// Somebody else writes a value while it is applied.
        case writer
        /// The plan is destroyed; then, when every secret is gone, its keys.
        case destruction
    }

    let seed: UInt64
    let kind: Kind
    let rig: Rig
    private(set) var dice: Dice
    private(set) var trouble: Trouble
    private var goal: PlanShape
    private var scope = Scope(prune: true)
    private let aim: Aim
    /// Whether nothing of ours was there before.
    private var isFirst = false

    init(seed: UInt64) {
        self.seed = seed
        rig = Rig(seed: seed)
        var dice = Dice(seed: seed)
        kind =
            switch dice.below(20) {
            case 0..<6: .faults
            case 6..<16: .death
            case 16: .race
            case 17: .writer
            default: .destruction
            }
        goal = PlanShape(&dice)
        aim = Aim(seed: seed / 20)
        if kind == .death { aim.arm(&goal, &dice) }
        trouble = Trouble(seed: seed)
        self.dice = dice
    }

    /// Runs `body` on this thread, its tasks in an order of the seed's.
    private func ordered<Value: Sendable>(
        _ salt: UInt64, _ body: @escaping @Sendable () async throws -> Value
    ) throws -> Value {
        try SeededExecutor(seed: seed &* 31 &+ salt).run(body)
    }

    mutating func run() throws {
        let wanted: Set<String> = [aim.name]
        try begin()
        switch kind {
        case .destruction: try destroy(preferring: wanted)
        case .race: try race()
        case .writer: try write()
        case .faults, .death: try change(preferring: wanted)
        }
        let words = rig.words
        guard !words.contains("canary") else { throw Violation("a value was told: \(words)") }
    }

    /// The account as an earlier apply and then others left it; in a third of all cases, empty.
    private mutating func begin() throws {
        let (rig, shape) = (self.rig, goal)
        try ordered(1) { try await Disturbance(rig: rig, shape: shape).prepare() }
        // What was just made in IAM is not known everywhere at once.
        rig.sandbox.advance(by: 900)
        isFirst =
            switch kind {
            case .race: !dice.one(in: 4)
            case .faults: dice.one(in: 3)
            case .death: aim.needsNothing
            case .writer, .destruction: false
            }
        guard !isFirst else { return }
        guard try converge(to: goal, Scope()) else { return }
        let (drawn, aim, isAimed) = (dice, self.aim, kind == .death)
        dice = try ordered(2) { [dice = drawn] in
            var dice = dice
            if !isAimed || dice.one(in: 3) {
                try await Disturbance(rig: rig, shape: shape).disturb(&dice)
            }
            if isAimed { try await aim.provoke(shape, on: rig, &dice) }
            return dice
        }
        rig.sandbox.advance(by: 900)
        if kind != .destruction, kind != .death || dice.one(in: 3) { goal = goal.changed(&dice) }
        if kind == .death { aim.bend(&goal, &dice) }
        if dice.one(in: 2) {
            scope.overwrite = Set(goal.secrets.filter { $0.version != nil }.map(\.name))
        }
    }

    private mutating func change(preferring wanted: Set<String>) throws {
        let (rig, goal, scope) = (self.rig, self.goal, self.scope)
        let changeset: Changeset
        do {
            changeset = try ordered(3) {
                try await rig.compare(goal).changeset(scope: scope)
            }
        } catch let refusals as Refusals {
            // What stands in the way is said; nothing may have been written.
            return try refused(refusals)
        }
        makeTrouble(for: changeset, preferring: wanted)
        let attempt = try attempt(4)
        try checkDeletions(attempt)
        if try converge(to: goal, scope) { try checkEnd() }
    }

    private mutating func makeTrouble(
        for changeset: Changeset, preferring wanted: Set<String>
    ) {
        guard kind != .faults else {
            let kinds = (0...dice.below(8)).map { _ in dice.below(Fault.all.count) }
            trouble = Trouble(seed: seed, kinds: kinds, rate: 20 + dice.below(10) * 30)
            return
        }
        trouble = Trouble(seed: seed, death: death(in: changeset, preferring: wanted))
    }

    private mutating func death(
        in changeset: Changeset, preferring wanted: Set<String>
    ) -> Trouble.Death? {
        var places: [(step: Step, index: Int)] = changeset.steps.flatMap { step in
            step.calls.indices.map { (step, $0) }
        }
        let rare = places.filter { wanted.contains($0.step.calls[$0.index].caseName) }
        if !rare.isEmpty { places = rare }
        guard let place = dice.pick(places) else { return nil }
        let call = place.step.calls[place.index]
        // Steps of one address run one after the other.
        let before = changeset.steps.prefix { $0 != place.step }
            .filter { $0.address == place.step.address }.flatMap(\.calls)
        let index = (before + place.step.calls[..<place.index]).count { $0.action == call.action }
        return Trouble.Death(
            address: place.step.address, action: call.action, index: index,
            isExecuted: dice.one(in: 2), name: call.caseName)
    }

    private mutating func race() throws {
        let (rig, goal, scope) = (self.rig, self.goal, self.scope)
        let start = rig.sandbox.calls.count
        let shown = try ordered(5) {
            async let one = Self.apply(goal, scope, on: rig)
            async let other = Self.apply(goal, scope, on: rig)
            return try await one.shown.union(other.shown)
        }
        try check(shown, since: start)
        if try converge(to: goal, scope) { try checkEnd() }
    }

    /// A value of somebody else that was not there when the plan looked stays in force until a plan
    /// has shown it.
    private mutating func write() throws {
        let (rig, goal, scope) = (self.rig, self.goal, self.scope)
        guard let name = goal.secrets.first(where: { $0.version != nil })?.name else { return }
        let token = Disturbance.token(&dice)
        let attempt = try ordered(6) {
            async let ours = Self.apply(goal, scope, on: rig)
            let theirs = try? await rig.client().send(
                SecretsManager.PutSecretValue(
                    secretID: Rig.prefix + name, clientRequestToken: token,
                    value: .string(ProtectedBytes(Array("canary-foreign".utf8))),
                    versionStages: nil))
            var attempt = try await ours
            attempt.isForeignWritten = theirs != nil
            return attempt
        }
        try check(attempt.shown, since: attempt.start)
        if attempt.isForeignWritten, let live = rig.secret(name), live.versionID != token {
            let writes = attempt.receipt?.done.flatMap(\.calls) ?? []
            let seen = writes.compactMap { call -> String?? in
                guard case .secret(.moveCurrent(Rig.prefix + name, let write)) = call else {
                    return nil
                }
                return write.seen
            }
            // Another version may be in force only if the plan saw theirs, or ours came first.
            guard seen.allSatisfy({ $0 == token }) else {
                throw Violation("the value that somebody else wrote to \(name) was lost")
            }
        }
        if try converge(to: goal, scope) { try checkEnd(isWritten: true) }
    }

    private mutating func destroy(preferring wanted: Set<String>) throws {
        let (rig, goal) = (self.rig, self.goal)
        let isProtected = goal.secrets.contains {
            rig.secret($0.name)?.tags["gaara:protect"] == "true"
                && rig.secret($0.name)?.deletionDate == nil
        }
        let changeset: Changeset
        do {
            changeset = try ordered(7) {
                try await rig.compare(goal, withValues: false).destruction()
            }
        } catch let refusals as Refusals {
            guard isProtected else { throw Violation("destroy is refused: \(refusals)") }
            return
        }
        guard !isProtected else { throw Violation("a protected secret would be deleted") }
        trouble = Trouble(seed: seed, death: death(in: changeset, preferring: wanted))
        for salt in 8..<16 as Range<UInt64> {
            rig.sandbox.setFaults(salt == 8 ? trouble.faults : .none)
            let attempt = try ordered(salt) { [trouble] in
                try await Self.destroy(goal, key: false, on: rig, trouble)
            }
            try check(attempt.shown, since: attempt.start)
            rig.sandbox.advance(by: 600)
            if salt > 8, attempt.isEmpty { break }
        }
        rig.sandbox.setFaults(.none)
        for secret in goal.secrets where rig.secret(secret.name)?.deletionDate == nil {
            throw Violation("\(secret.name) is not scheduled for deletion")
        }
        try destroyKeys(preferring: wanted)
    }

    private mutating func destroyKeys(preferring wanted: Set<String>) throws {
        let (rig, goal) = (self.rig, self.goal)
        do {
            let early = try ordered(16) {
                try await rig.compare(goal, withValues: false, seeksKeyUsers: true)
                    .destruction(scope: Scope(key: true))
            }
            guard early.steps.isEmpty else {
                throw Violation("a key is deleted that recoverable secrets need")
            }
            // The key was pending deletion before.
            return
        } catch is Refusals {}
        rig.sandbox.advance(by: 31 * 86_400)
        let changeset: Changeset
        do {
            changeset = try ordered(17) {
                try await rig.compare(goal, withValues: false, seeksKeyUsers: true)
                    .destruction(scope: Scope(key: true))
            }
        } catch let refusals as Refusals {
            let isProtected = rig.keys.contains { $0.tags["gaara:protect"] == "true" }
            guard isProtected || goal.secrets.contains(where: \.isProtected) else {
                throw Violation("destroy --key is refused: \(refusals)")
            }
            return
        }
        trouble = Trouble(seed: seed, death: death(in: changeset, preferring: wanted))
        for salt in 18..<24 as Range<UInt64> {
            rig.sandbox.setFaults(salt == 18 ? trouble.faults : .none)
            let attempt = try ordered(salt) { [trouble] in
                try await Self.destroy(goal, key: true, on: rig, trouble)
            }
            try check(attempt.shown, since: attempt.start)
            rig.sandbox.advance(by: 600)
            if salt > 18, attempt.isEmpty { break }
        }
        guard rig.keys.allSatisfy({ $0.state == "PendingDeletion" }) else {
            throw Violation("a key is not scheduled for deletion")
        }
    }

    /// One run of the tool.
    struct Attempt: Sendable {
        var shown: Set<String> = []
        var isEmpty = false
        var receipt: Receipt?
        var refusal: String?
        var start = 0
        var isForeignWritten = false

        /// Whether nothing went wrong.
        var isClean: Bool { refusal == nil && receipt?.failures.isEmpty ?? true }

        var failures: [String] {
            [refusal].compactMap(\.self) + (receipt?.failures.map(\.error.message) ?? [])
        }
    }

    private func attempt(_ salt: UInt64) throws -> Attempt {
        let (rig, goal, scope, trouble) = (self.rig, self.goal, self.scope, self.trouble)
        rig.sandbox.setFaults(trouble.faults)
        let attempt = try ordered(salt) {
            try await Self.apply(goal, scope, on: rig, trouble)
        }
        rig.sandbox.setFaults(.none)
        try check(attempt.shown, since: attempt.start)
        return attempt
    }

    private static func apply(
        _ goal: PlanShape, _ scope: Scope, on rig: Rig, _ trouble: Trouble? = nil
    ) async throws -> Attempt {
        try await carryOut(on: rig, trouble) { () async throws in
            let comparison = try await rig.compare(goal)
            return (comparison, try comparison.changeset(scope: scope))
        }
    }

    private static func destroy(
        _ goal: PlanShape, key: Bool, on rig: Rig, _ trouble: Trouble
    ) async throws -> Attempt {
        try await carryOut(on: rig, trouble) { () async throws in
            let comparison = try await rig.compare(
                goal, withValues: false, seeksKeyUsers: key)
            return (comparison, try comparison.destruction(scope: Scope(key: key)))
        }
    }

    private static func carryOut(
        on rig: Rig, _ trouble: Trouble?,
        _ compute: () async throws -> (Comparison, Changeset)
    ) async throws -> Attempt {
        var attempt = Attempt(start: rig.sandbox.calls.count)
        do {
            let (comparison, changeset) = try await compute()
            attempt.shown = Set(changeset.calls.map(\.action))
            attempt.isEmpty = changeset.calls.isEmpty
            let hooks = rig.hooks(called: { trouble?.called($0) })
            attempt.receipt = await Applier(comparison, hooks).apply(changeset)
        } catch let error as EngineError {
            attempt.refusal = error.message
        } catch let error as Refusals {
            attempt.refusal = error.diagnostics.map(\.message).joined(separator: "; ")
        } catch let error as AWSError {
            attempt.refusal = "\(error)"
        }
        attempt.failures.forEach(rig.tell)
        return attempt
    }

    /// Runs without trouble until nothing is left, which must be soon, and without a failure once
    /// nothing is on its way any more.
    /// - Returns: `false` where a protected thing stands in the way.
    private func converge(to goal: PlanShape, _ scope: Scope) throws -> Bool {
        let rig = self.rig
        rig.sandbox.advance(by: 900)
        var last = Attempt()
        for salt in 100..<106 as Range<UInt64> {
            last = try ordered(salt) { try await Self.apply(goal, scope, on: rig) }
            try check(last.shown, since: last.start)
            rig.sandbox.advance(by: 900)
            if last.isClean, last.isEmpty { return true }
            // What stands in the way is said, and nothing was done.
            if last.receipt == nil, last.refusal?.contains("is protected") == true {
                return false
            }
            let isUnderWay = last.failures.contains { $0.contains("rotation is under way") }
            guard last.isClean || isUnderWay else {
                throw Violation("a run without trouble fails: \(last.failures)")
            }
        }
        throw Violation(
            "it does not converge: \(last.receipt?.entries.map(\.step.address.description) ?? [])"
                + " \(last.failures)")
    }

    private func refused(_ refusals: Refusals) throws {
        let codes = Set(refusals.diagnostics.filter { $0.severity == .error }.map(\.code))
        let expected: Set<String> = ["protected", "rotation-under-way"]
        guard codes.isSubset(of: expected) else {
            throw Violation("the plan is refused: \(refusals.diagnostics.map(\.message))")
        }
    }

    /// No write that the plan did not show.
    private func check(_ shown: Set<String>, since start: Int) throws {
        for call in rig.sandbox.calls.dropFirst(start)
        where call.isWrite && call.outcome == .done && !call.principal.hasSuffix("foreign") {
            let action = "\(call.service):\(call.operation)"
            let isForeign = kind == .writer && action == "secretsmanager:PutSecretValue"
            guard shown.contains(action) || isForeign else {
                throw Violation("\(action) was not shown")
            }
        }
    }

    /// Nothing goes after a failure.
    private func checkDeletions(_ attempt: Attempt) throws {
        guard let receipt = attempt.receipt, let first = receipt.failures.map(\.step.phase).min()
        else { return }
        for step in receipt.done where step.verb == .delete && step.phase >= 10 {
            guard step.phase <= first else {
                throw Violation("\(step.address) was deleted after a failure")
            }
        }
    }

    /// - Parameter isWritten: whether somebody else wrote a value.
    private func checkEnd(isWritten: Bool = false) throws {
        let isSpared = kind == .race
        guard rig.keys.allSatisfy({ $0.state == "Enabled" }) else {
            throw Violation("a key is \(rig.keys.map(\.state))")
        }
        guard isSpared || rig.keys.count == 2 else {
            throw Violation("there are \(rig.keys.count) keys")
        }
        let key = rig.account.key("alias/gaara-store/staging", in: Rig.region)?.arn
        for secret in goal.secrets {
            guard let live = rig.secret(secret.name), live.deletionDate == nil, let key,
                live.keyID == key
            else { throw Violation("\(secret.name) is not under the plan's key") }
            let current = live.versionID.flatMap { live.stages[$0] } ?? []
            guard !current.contains("GAARA-STAGED") || isWritten else {
                throw Violation("the label of a staged value of \(secret.name) was left")
            }
            try checkValue(of: secret, live)
            guard secret.rotation == nil, secret.readersOnly == true else { continue }
            guard live.policy != nil else {
                throw Violation("\(secret.name) has no policy of its own")
            }
        }
        try checkGuards()
    }

    private func checkValue(of secret: PlanShape.Secret, _ live: SandboxSecret) throws {
        guard let version = secret.version else {
            guard live.value != nil else { throw Violation("\(secret.name) has no value") }
            return
        }
        let wanted = SandboxValue.text(PlanShape.value(secret.name, version))
        let isForeign = live.value == .text("canary-foreign")
        guard live.value == wanted || isForeign && !scope.overwrite.contains(secret.name) else {
            throw Violation("\(secret.name) has another value than the plan's")
        }
    }

    /// A guarded secret that was made without a value gets its policy before the value.
    private func checkGuards() throws {
        var order: [String] = []
        for call in rig.sandbox.calls where call.outcome == .done {
            order.append(call.operation)
        }
        guard isFirst, goal.secrets.count == 1, goal.secrets[0].readersOnly == true,
            goal.secrets[0].rotation == nil,
            let value = order.firstIndex(of: "PutSecretValue")
        else { return }
        guard let policy = order.firstIndex(of: "PutResourcePolicy"), policy < value else {
            throw Violation("a value stood before the policy that guards it")
        }
    }
}
