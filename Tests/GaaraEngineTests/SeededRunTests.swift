import AWS
import AWSSandbox
import GaaraEngine
import GaaraPlan
import GaaraStore
import HTTP
import Synchronization
import Testing

/// The whole engine under a seeded order of its tasks.
@Suite struct SeededRunTests {
    /// Everything that went over the wire, in its order.
    private final class Recorder: HTTPTransport {
        private let sandbox: Sandbox
        private let lines = Mutex<[String]>([])

        init(_ sandbox: Sandbox) { self.sandbox = sandbox }

        var all: [String] { lines.withLock { $0 } }

        func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
            let headers = request.headers.map { "\($0.name): \($0.value)" }
            let text = ([request.target] + headers).joined(separator: "\n")
            lines.withLock {
                $0.append(text + "\n" + String(decoding: request.body, as: UTF8.self))
            }
            let answer = try await sandbox.send(request)
            lines.withLock {
                $0.append("\(answer.status) " + String(decoding: answer.body, as: UTF8.self))
            }
            return answer
        }
    }

    private let values = ValueSources.apiToken("v1")

    private struct Run: Equatable {
        let wire: [String]
        let calls: [SandboxCall]
        let entries: [Receipt.Entry]
        let ended: Int
    }

    private func run(
        seed: UInt64, faults: Faults = .none, quotas: SandboxQuotas = .none
    ) throws -> Run {
        let sandbox = Sandbox(seed: seed, faults: faults, quotas: quotas)
        let bench = Bench(sandbox: sandbox)
        let recorder = Recorder(sandbox)
        let client = try bench.account.client(
            as: Bench.applier, in: Bench.region, over: recorder)
        let plan = try PlanText.small()
        let receipt = try SeededExecutor(seed: seed).run {
            let session = try await Session.open(
                client, for: plan.identity, acceptsSimulation: true)
            let comparison = try await Comparison.make(
                of: plan, in: session, valuesFrom: values,
                now: { Int64(sandbox.now) })
            return await Applier(comparison, bench.hooks())
                .apply(try comparison.changeset(scope: Scope()))
        }
        return Run(
            wire: recorder.all, calls: sandbox.calls, entries: receipt.entries,
            ended: sandbox.now)
    }

    @Test("a whole apply with the same seed is the same on the wire, byte for byte")
    func identical() throws {
        let first = try run(seed: 21)
        #expect(first.calls.contains { $0.operation == "CreateSecret" })
        for _ in 0..<10 { #expect(try run(seed: 21) == first) }
    }

    @Test("and so it is under faults and quotas")
    func identicalUnderFaults() throws {
        let faults = Faults.random(
            seed: 5, rate: 0.15, among: [.throttled, .status(503, executed: false), .notSent])
        let first = try run(seed: 22, faults: faults, quotas: .aws)
        #expect(first.calls.contains { $0.fault != nil })
        for _ in 0..<10 { #expect(try run(seed: 22, faults: faults, quotas: .aws) == first) }
    }

    @Test("another seed has another order of calls, and the same outcome")
    func others() throws {
        let runs = try (1...12).map { try run(seed: $0) }
        #expect(Set(runs.map { $0.calls.map(\.operation) }).count > 3)
        #expect(Set(runs.map { $0.calls.map(\.operation).sorted() }).count == 1)
    }

    @Test("at its own pace the engine never meets a quota")
    func paced() throws {
        for seed in 1...5 as ClosedRange<UInt64> {
            let calls = try run(seed: seed, quotas: .aws).calls
            #expect(calls.allSatisfy { $0.outcome != .refused("ThrottlingException") })
        }
    }

    @Test("under late truth a plan is applied all the same, and is complete once all is visible")
    func late() throws {
        for seed in 1...5 as ClosedRange<UInt64> {
            let bench = Bench(sandbox: Sandbox(seed: seed, delays: .aws, quotas: .aws))
            let plan = try PlanText.small()
            let outcome = try SeededExecutor(seed: seed).run { [values] in
                let receipt = try await bench.apply(plan, values: values)
                bench.sandbox.advance(by: 300)
                return (receipt, try await bench.changeset(plan, values: values).words)
            }
            #expect(outcome.0.notTried.isEmpty)
            #expect(outcome.1 == [])
        }
    }
}
