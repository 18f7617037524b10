import AWS
import AWSSandbox
import Synchronization
import Testing

@Suite struct SeededExecutorTests {
    /// What happened, in order.
    private final class Trace: Sendable {
        private let lines = Mutex<[String]>([])
        func add(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }
    }

    /// A default actor, which has no executor of its own.
    private actor Counter {
        private var count = 0

        func next(_ name: String, _ trace: Trace) -> Int {
            count += 1
            trace.add("\(name) counts \(count)")
            return count
        }
    }

    /// Groups in groups, two actors, `async let` and yields.
    private static func workload(_ trace: Trace, _ executor: SeededExecutor) async -> Int {
        let counters = [Counter(), Counter()]
        async let aside = counters[0].next("aside", trace)
        let sum = await withTaskGroup(of: Int.self) { group in
            for task in 0..<6 {
                group.addTask {
                    trace.add("task \(task) begins")
                    await executor.yield()
                    let inner = await withTaskGroup(of: Int.self) { inner in
                        for part in 0..<3 {
                            inner.addTask {
                                await counters[(task + part) % 2].next("\(task).\(part)", trace)
                            }
                        }
                        return await inner.reduce(0, +)
                    }
                    trace.add("task \(task) ends")
                    return inner
                }
            }
            return await group.reduce(0, +)
        }
        return await sum + aside
    }

    private static func trace(seed: UInt64) throws -> [String] {
        let trace = Trace()
        let executor = SeededExecutor(seed: seed)
        let sum = try executor.run { await workload(trace, executor) }
        #expect(sum > 0)
        return trace.all
    }

    @Test("the same seed gives the same order of groups and actors, in 200 runs")
    func sameSeed() throws {
        let first = try Self.trace(seed: 11)
        #expect(first.count == 31)
        for _ in 0..<200 { #expect(try Self.trace(seed: 11) == first) }
    }

    @Test("other seeds give other orders")
    func otherSeeds() throws {
        let traces = try Set((1...20).map { try Self.trace(seed: $0) })
        #expect(traces.count > 10)
    }

    @Test("two who sleep at once move the clock by the longer of their times")
    func virtualTime() throws {
        let sandbox = Sandbox()
        let start = sandbox.now
        let order = try SeededExecutor(seed: 3).run {
            let trace = Trace()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for seconds in [30, 10, 20] {
                    group.addTask {
                        try await sandbox.time.sleep(milliseconds: seconds * 1000)
                        trace.add("\(seconds) at \(sandbox.now - start)")
                    }
                }
                try await group.waitForAll()
            }
            return trace.all
        }
        #expect(order == ["10 at 10", "20 at 20", "30 at 30"])
        #expect(sandbox.now - start == 30)
    }

    @Test("the clock stands while anybody has something to do")
    func clockStands() throws {
        let sandbox = Sandbox()
        let start = sandbox.now
        for seed in 1...20 as ClosedRange<UInt64> {
            let executor = SeededExecutor(seed: seed)
            let before = sandbox.now
            try executor.run {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await sandbox.time.sleep(milliseconds: 5000) }
                    group.addTask {
                        for _ in 0..<50 {
                            await executor.yield()
                            #expect(sandbox.now == before)
                        }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(executor.elapsed == 5000)
        }
        #expect(sandbox.now - start == 100)
    }

    @Test("cancelling a sleeper wakes it at once, and the clock stands")
    func cancelledSleep() throws {
        let sandbox = Sandbox()
        let start = sandbox.now
        for seed in 1...20 as ClosedRange<UInt64> {
            let wasCancelled = try SeededExecutor(seed: seed).run {
                await withTaskGroup(of: Bool.self) { group in
                    group.addTask {
                        do {
                            try await sandbox.time.sleep(milliseconds: 60_000)
                            return false
                        } catch {
                            return true
                        }
                    }
                    group.cancelAll()
                    return await group.reduce(true) { $0 && $1 }
                }
            }
            #expect(wasCancelled)
        }
        #expect(sandbox.now == start)
    }

    @Test("code that waits for what nobody will do is stuck, and what it throws comes out")
    func stuck() throws {
        let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
        #expect(throws: SeededExecutor.Stuck.self) {
            try SeededExecutor(seed: 1).run { for await _ in stream {} }
        }
        continuation.finish()
        #expect(throws: CancellationError.self) {
            try SeededExecutor(seed: 1).run { throw CancellationError() }
        }
    }

    @Test("calls at the same time reach the sandbox in an order that the seed decides")
    func calls() throws {
        func order(seed: UInt64) throws -> [String] {
            let bench = try Bench(seed: seed)
            try SeededExecutor(seed: seed).run {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for name in ["a", "b", "c", "d"] {
                        group.addTask {
                            _ = try await bench.client.send(
                                SecretsManager.CreateSecret(
                                    name: name, clientRequestToken: token("1"), value: .text("x")))
                            _ = try await bench.client.send(
                                SecretsManager.DescribeSecret(secretID: name))
                        }
                    }
                    try await group.waitForAll()
                }
            }
            return bench.sandbox.calls.map(\.operation)
                + bench.account.secrets(in: Bench.region).map(\.arn)
        }
        #expect(try order(seed: 5) == order(seed: 5))
        #expect(try Set((1...20).map(order)).count > 10)
    }
}
