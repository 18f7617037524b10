import AWSSandbox
import GaaraEngine
import GaaraPlan
import Testing

@Suite("destroy")
struct DestroyTests {
    private let bench = Bench()
    private let values = ValueSources.apiToken("v1")

    @Test("keeps the keys, sends the secrets into their windows, and has then nothing to do")
    func destroys() async throws {
        let plan = try PlanText.small()
        try await bench.apply(plan, values: values)
        let keys = bench.keys
        expectComplete(try await bench.destroy(plan))
        #expect(bench.keys == keys)
        #expect(bench.account.policies() == [])
        for name in ["api-token", "login"] {
            #expect(bench.secret(name)?.deletionDate == bench.sandbox.now + 30 * 86_400)
        }
        #expect(try await bench.compare(plan).destruction().words == [])
    }

    @Test("is undone by an apply: the secrets are restored, and a second apply has nothing to do")
    func restores() async throws {
        let plan = try PlanText.small()
        try await bench.apply(plan, values: values)
        let before = try #require(bench.secret("api-token"))
        _ = try await bench.destroy(plan)
        let changeset = try await bench.changeset(plan, values: values)
        #expect(
            changeset.words == [
                "♻ secret/api-token", "♻ secret/login", "+ policy/gaara-store-staging-app",
                "+ attachment/gaara-store-staging-app/role/app",
            ])
        expectComplete(try await bench.apply(plan, values: values))
        let restored = try #require(bench.secret("api-token"))
        #expect(restored.arn == before.arn)
        #expect(restored.versionID == before.versionID)
        #expect(try await bench.changeset(plan, values: values).words == [])
    }

    @Test("of a secret whose declaration and value changed meanwhile is finished by one apply")
    func restoresAndCorrects() async throws {
        try await bench.apply(try PlanText.small(), values: values)
        _ = try await bench.destroy(try PlanText.small())
        let plan = try PlanText.small(
            ("Opens the door", "Closes it"), ("every: 30 days", "every: 31 days"))
        let changeset = try await bench.changeset(plan, values: .apiToken("v2"))
        #expect(
            changeset.words == [
                "♻ secret/api-token", "♻ secret/login", "~ secret/api-token",
                "~ secret/api-token", "~ rotation/login", "+ policy/gaara-store-staging-app",
                "+ attachment/gaara-store-staging-app/role/app",
            ])
        expectComplete(try await bench.apply(plan, values: .apiToken("v2")))
        #expect(bench.secret("api-token")?.value == .text("v2"))
        #expect(try await bench.changeset(plan, values: .apiToken("v2")).words == [])
    }

    @Test("refuses when one secret is protected, and writes nothing")
    func protected() async throws {
        let plan = try PlanText.repository("production")
        try await bench.apply(plan, values: .repository)
        let writes = bench.sandbox.writes.count
        let comparison = try await bench.compare(plan)
        let codes = try await refusalCodes { try comparison.destruction() }
        #expect(codes == ["protected"])
        #expect(bench.sandbox.writes.count == writes)
    }

    @Test("leaves a key pending deletion to be restored: cancelled and enabled")
    func restoresKey() async throws {
        let plan = try PlanText.small()
        try await bench.apply(plan, values: values)
        let key = try #require(bench.key())
        try await bench.scheduleDeletion(of: key)
        let changeset = try await bench.changeset(plan, values: values)
        #expect(changeset.words == ["♻ key"])
        expectComplete(try await bench.apply(plan, values: values))
        #expect(bench.key()?.state == "Enabled")
        #expect(bench.keys.count == 2)
        #expect(try await bench.changeset(plan, values: values).words == [])
    }
}
