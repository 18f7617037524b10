import AWS
import AWSSandbox
import GaaraEngine
import GaaraPlan
import GaaraStore
import POSIX
import Testing

/// The engine under seeded schedules of faults and kills (design 6, "Simulation").
///
/// Each schedule runs under a seeded order of its tasks, on a sandbox with AWS's delays, and ends in
/// runs without faults, after which the account must be what the plan says.
@Suite("Schedules", .serialized)
struct ScheduleTests {
    private static let values = ValueSources.apiToken("canary-v1")

    /// What one schedule came to.
    private struct Outcome: Sendable {
        let bench: Bench
        /// Of each run of the plan: the writes that it showed, and the place in the log of calls
        /// where it began and where it ended.
        var runs: [(shown: Set<String>, calls: Range<Int>)] = []
        var left: [String] = []
        var failures: [String] = []
    }

    private static func run(seed: UInt64, rate: Double, kill: Int?) throws -> Outcome {
        let sandbox = Sandbox(seed: seed, delays: .aws, quotas: .aws)
        var outcome = Outcome(bench: Bench(sandbox: sandbox))
        let bench = outcome.bench
        let plan = try PlanText.small()
        sandbox.setFaults(
            Faults { call in
                // A process that is killed sends nothing more, and gets no answer.
                if let kill, call.sequence >= kill { return .lost(executed: call.sequence == kill) }
                return Faults.random(seed: seed, rate: rate).fault(for: call)
            })
        for attempt in 0..<8 {
            if attempt > 0 { sandbox.setFaults(.none) }
            let start = sandbox.calls.count
            let (shown, isClean, failures) = try SeededExecutor(seed: seed &+ UInt64(attempt)).run {
                try await Self.apply(plan, on: bench)
            }
            outcome.runs.append((shown, start..<sandbox.calls.count))
            outcome.failures = failures
            sandbox.advance(by: 600)
            if attempt > 0, isClean { break }
        }
        outcome.left = try SeededExecutor(seed: seed).run {
            try await bench.changeset(plan, values: Self.values).words
        }
        return outcome
    }

    /// Two applies at the same time, and then one after the other until nothing is left.
    private static func race(seed: UInt64) throws -> Outcome {
        let sandbox = Sandbox(seed: seed, delays: .aws, quotas: .aws)
        var outcome = Outcome(bench: Bench(sandbox: sandbox))
        let bench = outcome.bench
        let plan = try PlanText.small()
        let both = try SeededExecutor(seed: seed).run {
            async let one = Self.apply(plan, on: bench)
            async let other = Self.apply(plan, on: bench)
            return try await [one, other]
        }
        let shown = both.reduce(into: Set<String>()) { $0.formUnion($1.0) }
        outcome.runs.append((shown, 0..<sandbox.calls.count))
        sandbox.advance(by: 600)
        for _ in 0..<3 {
            let start = sandbox.calls.count
            let (shown, isClean, failures) = try SeededExecutor(seed: seed).run {
                try await Self.apply(plan, on: bench)
            }
            outcome.runs.append((shown, start..<sandbox.calls.count))
            outcome.failures = failures
            sandbox.advance(by: 600)
            if isClean { break }
        }
        outcome.left = try SeededExecutor(seed: seed).run {
            try await bench.changeset(plan, values: Self.values).words
        }
        return outcome
    }

    /// One run of the tool: what it showed, whether nothing was left to do, and what failed.
    private static func apply(
        _ plan: Plan, on bench: Bench
    ) async throws -> (Set<String>, Bool, [String]) {
        let comparison: Comparison
        let changeset: Changeset
        do {
            comparison = try await bench.compare(plan, values: values)
            changeset = try comparison.changeset(scope: Scope())
        } catch let error as EngineError {
            return ([], false, [error.message])
        } catch let error as Refusals {
            return ([], false, error.diagnostics.map(\.message))
        } catch let error as AWSError {
            return ([], false, ["\(error)"])
        }
        let receipt = await Applier(comparison, bench.hooks()).apply(changeset)
        return (
            Set(changeset.calls.map(\.action)), changeset.isEmpty, receipt.failureMessages
        )
    }

    /// - Parameter sparesAllowed: whether keys may be left over, which the next plan then lists.
    private static func check(
        _ outcome: Outcome, _ seed: UInt64, sparesAllowed: Bool = false
    ) throws {
        let bench = outcome.bench
        #expect(outcome.left == [], "seed \(seed): \(outcome.failures)")
        // One data key and one HMAC key in use, and nothing scheduled for deletion.
        #expect(bench.keys.allSatisfy { $0.state == "Enabled" }, "seed \(seed)")
        let key = bench.key()?.arn
        for name in ["api-token", "login"] {
            #expect(bench.secret(name)?.keyID == key && key != nil, "seed \(seed)")
            #expect(bench.secret(name)?.deletionDate == nil, "seed \(seed)")
        }
        #expect(bench.secret("api-token")?.value == .text("canary-v1"), "seed \(seed)")
        if sparesAllowed {
            let used = [key, bench.key("alias/gaara-store/staging/value-tokens")?.arn]
            let spares = bench.keys.map(\.arn).filter { !used.contains($0) }.sorted()
            let orphans = try SeededExecutor(seed: seed).run {
                try await bench.changeset(try PlanText.small(), values: values).orphans
            }
            #expect(orphans == spares, "seed \(seed)")
        } else {
            #expect(bench.keys.count == 2, "seed \(seed)")
        }
        // No write that was not shown.
        for run in outcome.runs {
            for call in bench.sandbox.calls[run.calls] where call.isWrite && call.outcome == .done {
                let action = "\(call.service):\(call.operation)"
                #expect(run.shown.contains(action), "seed \(seed): \(action) was not shown")
            }
        }
        let told = bench.events.told.joined() + outcome.failures.joined()
        #expect(!told.contains("canary"), "seed \(seed)")
    }

    /// On a thread of its own: a schedule waits for nothing, and the threads of all tests are few.
    private static func apart(
        _ body: @escaping @Sendable () throws -> Outcome
    ) async throws -> Outcome {
        try await Thread.value(for: "run a schedule") { Result { try body() } }.get()
    }

    private static let isLong = ProcessEnvironment.value("GAARA_TEST_LENGTH") == "long"

    @Test("whatever fails, the next runs converge, with one key of each kind and nothing unshown")
    func faults() async throws {
        for seed in 1...UInt64(Self.isLong ? 5000 : 200) {
            try Self.check(
                try await Self.apart {
                    try Self.run(seed: seed, rate: Double(seed % 10 + 1) * 0.03, kill: nil)
                }, seed)
        }
    }

    @Test("killed at any call, before it or after, the next runs converge")
    func kills() async throws {
        for call in 1...(Self.isLong ? 60 : 45) {
            for offset in [0, 1] {
                let seed = UInt64(call * 2 + offset)
                try Self.check(
                    try await Self.apart { try Self.run(seed: seed, rate: 0, kill: call) }, seed)
            }
        }
    }

    @Test(
        "of two applies at the same time one makes the keys, and the next plan lists what is left")
    func two() async throws {
        var spares = 0
        for seed in 1...UInt64(Self.isLong ? 2000 : 60) {
            let outcome = try await Self.apart { try Self.race(seed: seed) }
            try Self.check(outcome, seed, sparesAllowed: true)
            spares += outcome.bench.keys.count - 2
        }
        // Some of the races were ones.
        #expect(spares > 0)
    }
}
