package import GaaraPlan
internal import AWS

/// Runs a changeset, and nothing else: it reads only calls and the references in them.
///
/// Steps of one phase run at the same time, at most four; a failure lets the steps in flight finish
/// and keeps every later phase from starting, since later kinds build on earlier ones.
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
        /// Told of each step's outcome as it comes.
        let report: @Sendable (Receipt.Entry) -> Void
        /// Told why something takes long.
        let tell: @Sendable (String) -> Void

        package init(
            random: @escaping @Sendable (Int) throws -> [UInt8],
            sleep: @escaping @Sendable (_ milliseconds: Int) async -> Void,
            stopSignal: @escaping @Sendable () -> Int32? = { nil },
            mayRun: @escaping @Sendable (Step) -> Bool = { _ in true },
            report: @escaping @Sendable (Receipt.Entry) -> Void = { _ in },
            tell: @escaping @Sendable (String) -> Void = { _ in }
        ) {
            self.random = random
            self.sleep = sleep
            self.stopSignal = stopSignal
            self.mayRun = mayRun
            self.report = report
            self.tell = tell
        }
    }

    private static let width = 4

    package init(_ comparison: Comparison, _ hooks: Hooks) {
        self.comparison = comparison
        self.hooks = hooks
    }

    /// Runs the steps and says what became of each.
    package func apply(_ changeset: Changeset) async -> Receipt {
        let references = References(
            keys: comparison.snapshot.keys.mapValues(\.arn), pepper: comparison.pepper)
        var outcomes = changeset.steps.map { _ in Receipt.Outcome.notTried }
        var hasFailed = false
        let phases = Dictionary(grouping: changeset.steps.indices) { changeset.steps[$0].phase }
        for (_, indices) in phases.sorted(by: { $0.key < $1.key }) {
            guard !hasFailed, hooks.stopSignal() == nil else { break }
            if indices.contains(where: { changeset.steps[$0].writesValue }) {
                await fetchPepper(into: references)
            }
            for (index, outcome) in await run(indices, of: changeset, references) {
                outcomes[index] = outcome
                if case .failed = outcome { hasFailed = true }
            }
        }
        let entries = zip(changeset.steps, outcomes).map { Receipt.Entry($0, $1) }
        return Receipt(entries: entries, stoppedBy: hooks.stopSignal())
    }

    private func run(
        _ indices: [Int], of changeset: Changeset, _ references: References
    ) async -> [(Int, Receipt.Outcome)] {
        await withTaskGroup(of: (Int, Receipt.Outcome).self) { group in
            var waiting = indices[...]
            var hasFailed = false
            func start() {
                while let index = waiting.popFirst() {
                    guard !hasFailed, hooks.stopSignal() == nil,
                        hooks.mayRun(changeset.steps[index])
                    else { continue }
                    group.addTask {
                        let step = changeset.steps[index]
                        let outcome = await StepRun.outcome(
                            of: step, comparison, hooks, references)
                        hooks.report(Receipt.Entry(step, outcome))
                        return (index, outcome)
                    }
                    return
                }
            }
            for _ in 0..<Self.width { start() }
            var outcomes: [(Int, Receipt.Outcome)] = []
            for await (index, outcome) in group {
                outcomes.append((index, outcome))
                if case .failed = outcome { hasFailed = true }
                start()
            }
            return outcomes
        }
    }

    /// The pepper is fetched only when there is a value to write, and on a first apply only after
    /// its key was made (design 5.2).
    ///
    /// Without it the steps that need it say so.
    private func fetchPepper(into references: References) async {
        guard references.pepper == nil, let key = references.key(.valueTokens) else { return }
        var patience = Patience()
        while true {
            do {
                references.pepper = try await comparison.session.pepper(from: key)
                return
            } catch {
                guard references.hasMade(key), let milliseconds = patience.next() else { return }
                hooks.tell("\(Address.key(.valueTokens)): waiting for the new key: \(error)")
                await hooks.sleep(milliseconds)
            }
        }
    }
}

extension Step {
    /// Whether any of its calls carries a value.
    fileprivate var writesValue: Bool {
        calls.contains { call in
            switch call {
            case .createSecret, .putSecretValue: true
            default: false
            }
        }
    }
}
