import AWS
import AWSSandbox
import GaaraEngine
import GaaraPlan
import GaaraStore
import POSIX
import Testing

/// `--read-values`: the audit (design 5.2).
@Suite("Values compared by reading")
struct ReadValuesTests {
    private let bench = Bench()
    private let values = ValueSources.apiToken("canary-v1")
    private let path = "gaara-store/staging/api-token"

    private func changeset(
        _ plan: Plan, _ values: ValueSources, scope: Scope = Scope()
    ) async throws -> Changeset {
        let session = try await Session.open(
            try bench.client(), for: plan.identity, acceptsSimulation: true)
        return try await Comparison.make(
            of: plan, in: session, valuesFrom: values, readsValues: true,
            now: { [bench] in Int64(bench.sandbox.now) }
        ).changeset(scope: scope)
    }

    /// Somebody else puts a value.
    private func put(_ text: String) async throws {
        _ = try await bench.byHand(
            SecretsManager.PutSecretValue(
                secretID: path, clientRequestToken: "somebody-else-somebody-else-0001",
                value: .string(ProtectedBytes(Array(text.utf8)))))
    }

    @Test("what somebody else wrote and is the declared value is no change")
    func same() async throws {
        let plan = try PlanText.small()
        expectComplete(try await bench.apply(plan, values: values))
        try await put("canary-v1")
        #expect(try await bench.changeset(plan, values: values).words == ["! secret/api-token"])
        let start = bench.sandbox.calls.count
        #expect(try await changeset(plan, values).words == [])
        // Only what the plan corrects is read.
        let read = bench.sandbox.calls.dropFirst(start).filter { $0.operation == "GetSecretValue" }
        #expect(read.count == 1)
    }

    @Test("what somebody else wrote and differs is told, and corrected by --overwrite alone")
    func outside() async throws {
        let plan = try PlanText.small()
        expectComplete(try await bench.apply(plan, values: values))
        try await put("canary-other")
        let told = try await changeset(plan, values)
        #expect(told.words == ["! secret/api-token"])
        #expect(told.calls.isEmpty)
        let scope = Scope(overwrite: ["api-token"])
        #expect(try await changeset(plan, values, scope: scope).calls.count == 3)
    }

    @Test("without value tokens a difference is seen by reading, and corrected")
    func withoutTokens() async throws {
        let plan = try PlanText.small(("key:\n", "value-tokens: false\nkey:\n"))
        expectComplete(try await bench.apply(plan, values: values))
        let other = ValueSources.apiToken("canary-v2")
        #expect(try await bench.changeset(plan, values: other).words == [])
        #expect(try await changeset(plan, values).words == [])
        let changed = try await changeset(plan, other)
        #expect(changed.words == ["~ secret/api-token"])
        #expect(changed.notCompared.isEmpty)
    }

    @Test("who may not read is told which permission that takes")
    func denied() async throws {
        let plan = try PlanText.small()
        expectComplete(try await bench.apply(plan, values: values))
        bench.account.deny("secretsmanager:GetSecretValue", for: Bench.applier)
        let error = try await engineError { _ = try await changeset(plan, values) }
        #expect(error?.hint == "allow secretsmanager:GetSecretValue to these credentials")
        #expect(error?.message.contains("canary") == false)
    }
}
