package import GaaraPlan
internal import AWS
#if MUTATIONS
    internal import GaaraStore
#endif

/// Runs a changeset, and nothing else: it reads only calls and the references in them.
///
/// The kinds run in their order and the steps of one kind at the same time, at most eight. What
/// builds on a step that was not done is not tried, and the rest goes on; nothing is deleted after
/// a failure.
package struct Applier: Sendable {
    let comparison: Comparison
    let hooks: Hooks

    /// What the applier takes from outside beside the changeset.
    package struct Hooks: Sendable {
        /// That many random bytes, for tokens and generated values.
        let random: @Sendable (Int) throws -> [UInt8]
        let sleep: @Sendable (_ milliseconds: Int) async -> Void
        /// The signal that asks to stop, once there is one.
        let stopSignal: @Sendable () -> Int32?
        /// Asked before each step; a step that may not run is not tried.
        let mayRun: @Sendable (Step) -> Bool
        /// Told of each step before its first call.
        let begin: @Sendable (Step) -> Void
        /// Told of each write before it is sent and when its answer is known.
        let called: @Sendable (CallEvent) -> Void
        /// Told of each step's outcome as it comes.
        let report: @Sendable (Receipt.Entry) -> Void
        /// Told why something takes long.
        let tell: @Sendable (String) -> Void

        package init(
            random: @escaping @Sendable (Int) throws -> [UInt8],
            sleep: @escaping @Sendable (_ milliseconds: Int) async -> Void,
            stopSignal: @escaping @Sendable () -> Int32? = { nil },
            mayRun: @escaping @Sendable (Step) -> Bool = { _ in true },
            begin: @escaping @Sendable (Step) -> Void = { _ in },
            called: @escaping @Sendable (CallEvent) -> Void = { _ in },
            report: @escaping @Sendable (Receipt.Entry) -> Void = { _ in },
            tell: @escaping @Sendable (String) -> Void = { _ in }
        ) {
            self.random = random
            self.sleep = sleep
            self.stopSignal = stopSignal
            self.mayRun = mayRun
            self.begin = begin
            self.called = called
            self.report = report
            self.tell = tell
        }
    }

    private static let width = 8

    private var isStrict: Bool {
        #if MUTATIONS
            !Mutation.deleteAfterFailure.isOn
        #else
            true
        #endif
    }

    package init(_ comparison: Comparison, _ hooks: Hooks) {
        self.comparison = comparison
        self.hooks = hooks
    }

    /// Runs the steps and says what became of each.
    ///
    /// A value that is missing for something to be created stops it before the first write.
    package func apply(_ changeset: Changeset) async -> Receipt {
        guard changeset.missingValues.isEmpty else { return refusal(of: changeset) }
        let references = References(
            keys: comparison.snapshot.keys.mapValues(\.arn), pepper: comparison.pepper)
        var outcomes = changeset.steps.map { _ in Receipt.Outcome.notTried }
        var open: [Step] = []
        var hasFailed = false
        let phases = Dictionary(grouping: changeset.steps.indices) { changeset.steps[$0].phase }
        for (_, inPhase) in phases.sorted(by: { $0.key < $1.key }) {
            guard hooks.stopSignal() == nil else { break }
            let indices = inPhase.filter { index in
                let step = changeset.steps[index]
                return !(hasFailed && isStrict && step.verb == .delete && !changeset.isDestroy)
                    && !open.contains(where: step.buildsOn)
            }
            if indices.contains(where: { changeset.steps[$0].calls.contains(where: \.writesValue) })
            {
                await fetchPepper(into: references)
            }
            for (index, outcome) in await run(indices, of: changeset, references) {
                outcomes[index] = outcome
                if outcome.isFailure { hasFailed = true }
            }
            open += inPhase.filter { !outcomes[$0].isDone }.map { changeset.steps[$0] }
        }
        let entries = zip(changeset.steps, outcomes).map { Receipt.Entry($0, $1) }
        return Receipt(entries: entries, stoppedBy: hooks.stopSignal())
    }

    private func refusal(of changeset: Changeset) -> Receipt {
        let reasons = Dictionary(
            changeset.missingValues.map { ($0.address, $0.reason) }, uniquingKeysWith: { $1 })
        let entries = changeset.steps.map { step in
            let refusal = reasons[step.address].map { reason in
                EngineError(
                    .value, "cannot create \(step.address) without its value: \(reason)")
            }
            return Receipt.Entry(step, refusal.map(Receipt.Outcome.failed) ?? .notTried)
        }
        return Receipt(entries: entries)
    }

    /// Runs the steps of one phase; those of one address one after the other.
    private func run(
        _ indices: [Int], of changeset: Changeset, _ references: References
    ) async -> [(Int, Receipt.Outcome)] {
        let lanes = Dictionary(grouping: indices) { changeset.steps[$0].address }
        return await withTaskGroup(of: [(Int, Receipt.Outcome)].self) { group in
            var waiting = lanes.values.sorted { $0[0] < $1[0] }[...]
            func start() {
                while hooks.stopSignal() == nil, let lane = waiting.popFirst() {
                    // What was declined stops what comes after it for the same thing.
                    let asked = Array(
                        lane.prefix {
                            hooks.stopSignal() == nil && hooks.mayRun(changeset.steps[$0])
                        })
                    guard !asked.isEmpty else { continue }
                    group.addTask { await self.run(lane: asked, of: changeset, references) }
                    return
                }
            }
            for _ in 0..<Self.width { start() }
            var outcomes: [(Int, Receipt.Outcome)] = []
            for await lane in group {
                outcomes += lane
                start()
            }
            return outcomes
        }
    }

    private func run(
        lane: [Int], of changeset: Changeset, _ references: References
    ) async -> [(Int, Receipt.Outcome)] {
        var outcomes: [(Int, Receipt.Outcome)] = []
        for index in lane where hooks.stopSignal() == nil {
            let step = changeset.steps[index]
            hooks.begin(step)
            let outcome = await StepRun.outcome(of: step, comparison, hooks, references)
            hooks.report(Receipt.Entry(step, outcome))
            outcomes.append((index, outcome))
            if outcome.isFailure { break }
        }
        return outcomes
    }

    /// The pepper is fetched only when there is a value to write, and on a first apply only after
    /// its key was made (design 5.2).
    ///
    /// Without it the steps that need it say so.
    private func fetchPepper(into references: References) async {
        guard references.pepper == nil, let key = references.key(.valueTokens) else { return }
        var patience = Patience.lateTruth
        while true {
            do {
                references.pepper = try await comparison.session.pepper(from: key)
                return
            } catch {
                references.pepperFault = error
                guard references.hasMade(key), error.mayBeLateTruth,
                    await hooks.wait(
                        &patience, "\(Address.key(.valueTokens)): waiting for the new key: \(error)"
                    )
                else { return }
            }
        }
    }
}
