package import GaaraPlan
internal import AWS
internal import GaaraStore

/// A plan beside what AWS has and the values at hand: all that a changeset is computed from.
///
/// `plan` and `apply` both make one, the same way.
package struct Comparison: Sendable {
    package let session: Session
    package let plan: Plan
    package let snapshot: Snapshot
    package let values: Values
    package let pepper: Pepper?
    /// Of values in force that were read, whether they are the declared ones.
    private var readings: [SecretName: Bool] = [:]
    private let clock: @Sendable () -> Int64
    /// Whether it is about the deletion of keys.
    private var seeksKeyUsers = false

    private init(
        session: Session, plan: Plan, snapshot: Snapshot, values: Values, pepper: Pepper?,
        clock: @escaping @Sendable () -> Int64
    ) {
        self.session = session
        self.plan = plan
        self.snapshot = snapshot
        self.values = values
        self.pepper = pepper
        self.clock = clock
    }

    /// Observes the account, then reads the values that anything can come of: those of secrets
    /// that are not there yet, and those that the plan corrects.
    ///
    /// - Parameters:
    ///   - sources: `nil` compares no value.
    ///   - readsValues: compares by reading the values in force instead of by their tokens: the
    ///     audit (design 5.2).
    package static func make(
        of plan: Plan, in session: Session, valuesFrom sources: ValueSources?,
        isFresh: Bool = false, readsValues: Bool = false, seeksKeyUsers: Bool = false,
        now: @escaping @Sendable () -> Int64
    ) async throws(EngineError) -> Comparison {
        let observer = Observer(
            session, isFresh: isFresh, seekingKeyUsers: seeksKeyUsers, now: now)
        let snapshot = try await observer.snapshot(of: plan)
        guard let sources else {
            var comparison = Comparison(
                session: session, plan: plan, snapshot: snapshot, values: Values(), pepper: nil,
                clock: now)
            comparison.seeksKeyUsers = seeksKeyUsers
            return try await comparison.withChangesConfirmed()
        }
        let wanted = plan.secrets.filter { secret in
            secret.value != .external
                && (secret.owner == .plan || snapshot.secrets[secret.name]?.current == nil)
        }
        let values = Values(of: wanted, from: sources)
        let pepper = try await Self.pepper(for: values, snapshot, session)
        var comparison = Comparison(
            session: session, plan: plan, snapshot: snapshot, values: values, pepper: pepper,
            clock: now)
        if readsValues {
            comparison.readings = try await Observer(session, now: now)
                .readings(of: plan, in: snapshot, against: values)
        }
        return try await comparison.withChangesConfirmed()
    }

    /// Where a list told of the secrets: with those looked at by themselves that would change, or
    /// that something stands against (design 5.3).
    ///
    /// One that is not listed is not asked about: CreateSecret itself says that it is there.
    private func withChangesConfirmed() async throws(EngineError) -> Comparison {
        guard snapshot.isSwept else { return self }
        let doubtful: Set<SecretName>
        do {
            doubtful = Set(try changeset(scope: Scope()).steps.compactMap(\.secretName))
        } catch {
            doubtful = Set(plan.secrets.map(\.name))
        }
        let listed = plan.secrets.filter {
            doubtful.contains($0.name) && snapshot.secrets[$0.name] != nil
        }
        guard !listed.isEmpty else { return self }
        var comparison = Comparison(
            session: session, plan: plan,
            snapshot: try await Observer(session, now: clock).look(at: listed, into: snapshot),
            values: values, pepper: pepper, clock: clock)
        comparison.readings = readings
        comparison.seeksKeyUsers = seeksKeyUsers
        return comparison
    }

    /// The pepper, where there is a value to compare or to write and its key is there and usable.
    private static func pepper(
        for values: Values, _ snapshot: Snapshot, _ session: Session
    ) async throws(EngineError) -> Pepper? {
        guard let key = snapshot.keys[.valueTokens], key.state == .enabled, key.hasAlias,
            values.isAnyAtHand
        else { return nil }
        do {
            return try await session.pepper(from: key.arn)
        } catch {
            // Without the right to make tokens values are not compared, which is always said.
            guard error.kind == .accessDenied || error.kind == .invalidState else {
                throw EngineError(error, doing: "fetch the pepper of the value tokens")
            }
            return nil
        }
    }

    /// Looks again: of up to a hundred secrets at each by itself, of more at the list and at
    /// `doubtful`.
    func observer(describing doubtful: Set<SecretName> = []) -> Observer {
        Observer(
            session, isFresh: plan.secrets.count <= Observer.describedOneByOne,
            describing: doubtful, seekingKeyUsers: seeksKeyUsers, now: clock)
    }

    /// How many secrets are looked at by themselves after an apply of more than a hundred, where the
    /// list does not show yet what was done.
    private var directReads: Int { max(20, plan.secrets.count / 5) }

    package func changeset(scope: Scope) throws(Refusals) -> Changeset {
        try Changeset.between(
            plan, and: snapshot,
            supply: values.supply(
                of: plan.secrets, pepper: pepper, identity: plan.identity, readings: readings),
            pepperID: pepper?.id, scope: scope)
    }

    /// The changeset that takes down what the plan owns.
    package func destruction(scope: Scope = Scope()) throws(Refusals) -> Changeset {
        try Changeset.destroying(plan, snapshot, scope: scope)
    }

    /// Observes again after an apply.
    ///
    /// What a receipt says was done and a direct read still shows as to do, for a minute, is an
    /// error of ours (design 5.9).
    ///
    /// - Parameter isStopped: whether a signal asks to stop: then nothing more is looked at.
    package func confirmation(
        of receipt: Receipt, scope: Scope, isDestroy: Bool, isStopped: () -> Bool = { false },
        sleep: @Sendable (_ milliseconds: Int) async -> Void
    ) async throws(EngineError) -> [Diagnostic] {
        // What was restored or adopted is corrected by the next apply, which its step says.
        let final = receipt.done.filter { $0.verb != .restore && $0.verb != .adopt }
        let done = Set(final.flatMap(\.writes))
        var waits = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000][...]
        var doubtful: Set<SecretName> = []
        while true {
            let swept = try await remaining(
                scope: scope, isDestroy: isDestroy, describing: doubtful
            ).filter { !done.isDisjoint(with: $0.writes) }
            guard !swept.isEmpty, !isStopped() else { return [] }
            let unread =
                isSwept
                ? swept.compactMap(\.secretName).filter { !doubtful.contains($0) } : []
            let room = directReads - doubtful.count
            if !unread.isEmpty, room > 0 {
                doubtful.formUnion(unread.prefix(room))
                continue
            }
            // What only the list shows otherwise is explained by the receipt: not visible yet.
            let open = swept.filter { step in
                step.secretName.map { !unread.contains($0) } ?? true
            }
            guard !open.isEmpty else { return [] }
            guard let wait = waits.popFirst() else {
                return open.map { step in
                    Diagnostic(
                        .error, "not-confirmed", "\(step.address) was done and AWS shows it undone",
                        hint:
                            "plan again; if it stays so, somebody else is writing at the same time",
                        at: step.place)
                }
            }
            await sleep(wait)
        }
    }

    private var isSwept: Bool {
        plan.secrets.count > Observer.describedOneByOne
    }

    private func remaining(
        scope: Scope, isDestroy: Bool, describing doubtful: Set<SecretName>
    ) async throws(EngineError) -> [Step] {
        let snapshot = try await observer(describing: doubtful).snapshot(of: plan)
        let pepper = try await Self.pepper(for: values, snapshot, session)
        let again = Comparison(
            session: session, plan: plan, snapshot: snapshot, values: values, pepper: pepper,
            clock: clock)
        do {
            return isDestroy
                ? try again.destruction(scope: scope).steps
                : try again.changeset(scope: scope).steps
        } catch {
            let reasons = error.diagnostics.map(\.message).joined(separator: "; ")
            throw EngineError(.conflict, "after the apply there is something new: \(reasons)")
        }
    }

    /// The same as somebody sees it who has no values.
    package func changesetWithoutValues(scope: Scope) throws(Refusals) -> Changeset {
        try Changeset.between(plan, and: snapshot, supply: [:], pepperID: nil, scope: scope)
    }
}

extension Step {
    /// The secret that it is about, or whose rotation or replica it is.
    fileprivate var secretName: SecretName? {
        switch address {
        case .secret(let name), .rotation(let name): name
        case .replica(let name, _): name
        case .key, .role, .policy, .attachment: nil
        }
    }

    /// Its writes, each as its address and action: what a repetition would have in common with it.
    fileprivate var writes: [String] { calls.map { "\(address) \($0.action)" } }
}
