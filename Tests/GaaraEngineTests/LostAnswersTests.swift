import AWSSandbox
import GaaraEngine
import GaaraPlan
import GaaraStore
import Testing

@Suite("When a call of a first apply fails")
struct LostAnswersTests {
    private static let values = ValueSources.apiToken("canary-value")

    private static func isData(_ key: SandboxKey) -> Bool { key.spec == "SYMMETRIC_DEFAULT" }

    // The client gives up after one attempt, so that each fault reaches the engine.
    @Test(
        "whichever it is, the next run converges: one key of each kind, no value in any error",
        arguments: [
            Fault.notSent, .lost(executed: false), .lost(executed: true), .cut, .garbage,
            .throttled, .status(500, executed: true), .status(503, executed: false),
        ])
    func everyCall(_ fault: Fault) async throws {
        let plan = try PlanText.small()
        let quiet = Bench()
        try await quiet.apply(plan, values: Self.values, attempts: 1)
        let count = quiet.sandbox.calls.count
        #expect(count >= 20)

        for failing in 1...count {
            let bench = Bench(faults: Faults { $0.sequence == failing ? fault : nil })
            var errors: [EngineError] = []
            do {
                let receipt = try await bench.apply(plan, values: Self.values, attempts: 1)
                errors = receipt.failures.map(\.error)
            } catch let error as EngineError {
                errors = [error]
            }
            let failed = try #require(bench.sandbox.calls.first { $0.fault != nil })
            let texts = errors.map { "\($0.message) \($0.hint ?? "")" } + bench.events.told
            #expect(!texts.contains { $0.contains("canary") }, "\(failed.operation)")

            bench.sandbox.setFaults(.none)
            let second = try await bench.apply(plan, values: Self.values)
            #expect(second.isComplete, "\(failed.operation): \(second.failureMessages)")
            let open = try await bench.changeset(plan, values: Self.values)
            #expect(open.words == [], "\(failed.operation)")
            #expect(open.notCompared == [], "\(failed.operation)")
            #expect(bench.keys.count(where: Self.isData) == 1, "\(failed.operation)")
            #expect(bench.keys.count == 2, "\(failed.operation)")
            #expect(bench.secret("api-token")?.value == .text("canary-value"))
            #expect(bench.account.policies().map(\.attachedTo) == [["role/app"]])
        }
    }

    @Test(
        "and it changes a value, the next run ends at that value with no label left over",
        arguments: [Fault.lost(executed: false), .lost(executed: true), .garbage])
    func everyCallOfAChange(_ fault: Fault) async throws {
        let plan = try PlanText.small()
        for failing in 1...40 {
            let bench = Bench()
            try await bench.apply(plan, values: Self.values)
            let before = bench.sandbox.calls.count
            bench.sandbox.setFaults(Faults { $0.sequence == before + failing ? fault : nil })
            let changed = ValueSources.apiToken("second")
            _ = try? await bench.apply(plan, values: changed, attempts: 1)
            guard bench.sandbox.calls.contains(where: { $0.fault != nil }) else {
                #expect(failing > 10)
                return
            }
            bench.sandbox.setFaults(.none)
            try await bench.apply(plan, values: changed)
            #expect(try await bench.changeset(plan, values: changed).words == [])
            let live = try #require(bench.secret("api-token"))
            #expect(live.value == .text("second"))
            #expect(!live.stages.values.joined().contains("GAARA-STAGED"))
        }
        Issue.record("the change takes more than 40 calls")
    }

    @Test("it is tried again where that is safe, and nobody notices")
    func retried() async throws {
        let plan = try PlanText.small()
        let once = Faults { call in
            let isUnrepeatable = ["CreateKey", "CreatePolicy"].contains(call.operation)
            return call.ordinal == 1 && !isUnrepeatable ? .lost(executed: true) : nil
        }
        let bench = Bench(faults: once)
        expectComplete(try await bench.apply(plan, values: Self.values))
        #expect(try await bench.changeset(plan, values: Self.values).words == [])
        #expect(bench.keys.count == 2)
    }

    @Test("and it takes something down, what was done is told as done in the same run")
    func retriedDestruction() async throws {
        let plan = try PlanText.small()
        let bench = Bench()
        expectComplete(try await bench.apply(plan, values: Self.values))
        let before = bench.sandbox.calls.count
        bench.sandbox.setFaults(
            Faults { call in
                let takesDown = ["Detach", "Delete", "Remove"].contains {
                    call.operation.hasPrefix($0)
                }
                return call.sequence > before && call.ordinal == 1 && takesDown
                    ? .lost(executed: true) : nil
            })
        expectComplete(try await bench.destroy(plan))
        #expect(bench.sandbox.calls.count { $0.fault != nil } >= 3)
    }

    @Test("and it is CreateKey, executed: the key is found by its claim in the same run")
    func claimedKey() async throws {
        let bench = Bench(faults: .at("CreateKey", .lost(executed: true)))
        expectComplete(try await bench.apply(try PlanText.small(), values: Self.values))
        #expect(bench.keys.count == 2)
        #expect(bench.sandbox.calls.count { $0.operation == "CreateKey" } == 2)
        #expect(bench.events.told == [])
    }

    @Test(
        "and it is CreateKey, not executed: the key is looked for for five minutes, not made again")
    func neverMade() async throws {
        let bench = Bench(faults: .at("CreateKey", .lost(executed: false)))
        let receipt = try await bench.apply(try PlanText.small(), values: Self.values)
        #expect(
            receipt.failures.map(\.error.message).allSatisfy {
                $0.hasPrefix("cannot tell whether key")
            })
        #expect(receipt.failures.count == 1)
        #expect(bench.events.slept == 300_000)
        #expect(bench.events.told.allSatisfy { $0.contains("was not answered") })
        let creations = bench.sandbox.calls.filter { $0.operation == "CreateKey" }
        #expect(creations.count == 2, "one of each kind")
        #expect(bench.account.secrets(in: Bench.region) == [])

        expectComplete(try await bench.apply(try PlanText.small(), values: Self.values))
        #expect(bench.keys.count == 2)
    }

    @Test("and CreateKey appears late, it is found while it is looked for")
    func lateKey() async throws {
        let bench = Bench(faults: .at("CreateKey", .lost(executed: true)))
        bench.account.deny("kms:ListResourceTags", for: Bench.applier)
        let plan = try PlanText.small()
        let comparison = try await bench.compare(plan, values: Self.values)
        let hooks = bench.hooks(onSleep: { [account = bench.account, events = bench.events] in
            if events.slept > 60_000 {
                account.allow("kms:ListResourceTags", for: Bench.applier)
            }
        })
        let receipt = await Applier(comparison, hooks)
            .apply(try comparison.changeset(scope: Scope()))
        expectComplete(receipt)
        #expect(bench.keys.count == 2)
        #expect(bench.events.slept < 120_000)
    }
}
