import AWS
import AWSSandbox
import GaaraEngine
import GaaraPlan
import Testing

@Suite("A key without its alias")
struct KeySearchTests {
    private let bench = Bench()
    private let values = ValueSources.apiToken("v1")
    private let alias = "alias/gaara-store/staging"

    @Test("is found by its claim and given its alias again")
    func claimed() async throws {
        let plan = try PlanText.small()
        try await bench.apply(plan, values: values)
        let key = try #require(bench.key())
        try await bench.byHand(KMS.DeleteAlias(aliasName: alias))
        #expect(try await bench.changeset(plan, values: values).words == ["~ key"])
        expectComplete(try await bench.apply(plan, values: values))
        #expect(bench.key()?.id == key.id)
        #expect(bench.keys.count == 2)
    }

    @Test("that is pending deletion is brought back when our secrets name it: no second key")
    func pendingDeletion() async throws {
        let plan = try PlanText.small()
        try await bench.apply(plan, values: values)
        let key = try #require(bench.key())
        try await bench.byHand(KMS.DeleteAlias(aliasName: alias))
        try await bench.scheduleDeletion(of: key)
        #expect(try await bench.changeset(plan, values: values).words == ["♻ key"])
        expectComplete(try await bench.apply(plan, values: values))
        expectComplete(try await bench.apply(plan, values: values))
        #expect(try await bench.changeset(plan, values: values).words == [])
        #expect(bench.key()?.id == key.id)
        #expect(bench.key()?.state == "Enabled")
        #expect(bench.keys.count == 2)
    }

    @Test("that is pending deletion and that no secret names is let go")
    func unused() async throws {
        let plan = try PlanText.small()
        try await bench.apply(plan, scope: Scope(only: ["key"]))
        let key = try #require(bench.key())
        try await bench.byHand(KMS.DeleteAlias(aliasName: alias))
        try await bench.scheduleDeletion(of: key)
        let changeset = try await bench.changeset(plan, scope: Scope(only: ["key"]))
        #expect(changeset.words == ["+ key"])
    }

    @Test("is looked for once for both keys of a plan")
    func once() async throws {
        try await bench.byHand(KMS.CreateKey(description: "somebody else's"))
        let before = bench.sandbox.calls.count
        _ = try await bench.changeset(try PlanText.small(), values: values)
        let calls = bench.sandbox.calls.dropFirst(before).map(\.operation)
        #expect(calls.count { $0 == "ListKeys" } == 1)
        #expect(calls.count { $0 == "ListResourceTags" } == 1)
    }

    @Test("that nobody lets us see is an error, never a second key")
    func blind() async throws {
        let plan = try PlanText.small()
        try await bench.apply(plan, values: values)
        try await bench.byHand(KMS.DeleteAlias(aliasName: alias))
        bench.account.deny("kms:ListResourceTags", for: Bench.applier)
        let error = try await engineError {
            _ = try await bench.changeset(plan, values: values)
        }
        #expect(
            error?.message.hasPrefix("cannot tell whether the account already has key:") == true)
        #expect(error?.hint == "allow kms:ListResourceTags to these credentials")
    }
}
