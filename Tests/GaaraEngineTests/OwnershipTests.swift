import AWS
import AWSSandbox
import GaaraEngine
import GaaraPlan
import GaaraStore
import POSIX
import Testing

@Suite("Whose value it is")
struct ValueOwnerTests {
    private let bench = Bench()
    private let path = "gaara-store/staging/api-token"

    private func plan(_ more: String = "", head: String = "") throws -> Plan {
        try PlanText.read(
            PlanText.withSecret("value: { from: environment\(more) }", more: head))
    }

    private func writeOutside(_ text: String) async throws {
        try await bench.byHand(
            SecretsManager.PutSecretValue(
                secretID: path, clientRequestToken: String(repeating: "b", count: 32),
                value: .string(ProtectedBytes(Array(text.utf8)))))
    }

    @Test("`owner: initial` sets it once and leaves it alone afterwards")
    func initial() async throws {
        let plan = try plan(", owner: initial")
        try await bench.apply(plan, values: .apiToken("v1"))
        let changeset = try await bench.changeset(plan, values: .apiToken("v2"))
        #expect(changeset.words == [])
        try await writeOutside("by hand")
        #expect(try await bench.changeset(plan, values: .apiToken("v2")).words == [])
        #expect(bench.secret("api-token")?.value == .text("by hand"))
    }

    @Test("a value that somebody else wrote is shown, left alone, and corrected with --overwrite")
    func outside() async throws {
        let plan = try plan()
        try await bench.apply(plan, values: .apiToken("v1"))
        try await writeOutside("by hand")
        let writes = bench.sandbox.writes.count
        let shown = try await bench.changeset(plan, values: .apiToken("v1"))
        #expect(shown.words == ["! secret/api-token"])
        expectComplete(try await bench.apply(plan, values: .apiToken("v1")))
        #expect(bench.sandbox.writes.count == writes)
        #expect(bench.secret("api-token")?.value == .text("by hand"))

        let scope = Scope(overwrite: ["api-token"])
        expectComplete(try await bench.apply(plan, values: .apiToken("v1"), scope: scope))
        #expect(bench.secret("api-token")?.value == .text("v1"))
        #expect(try await bench.changeset(plan, values: .apiToken("v1")).words == [])
    }

    @Test("without value tokens it is never compared, and its version is named at random")
    func withoutTokens() async throws {
        let plan = try plan(head: "value-tokens: false")
        expectComplete(try await bench.apply(plan, values: .apiToken("v1")))
        #expect(bench.keys.map(\.spec) == ["SYMMETRIC_DEFAULT"])
        #expect(bench.secret("api-token")?.versionID?.hasPrefix("gaara0-") == true)
        let again = try await bench.changeset(plan, values: .apiToken("v2"))
        #expect(again.words == [])
        #expect(again.notCompared.map(\.address.description) == ["secret/api-token"])
        #expect(!bench.sandbox.calls.contains { $0.operation == "GenerateMac" })
    }

    @Test("a value that nobody supplies is not compared, and that is said")
    func notSupplied() async throws {
        let plan = try plan()
        try await bench.apply(plan, values: .apiToken("v1"))
        let changeset = try await bench.changeset(plan, values: .environment([:]))
        #expect(changeset.words == [])
        #expect(changeset.notCompared.map(\.reason) == ["API_TOKEN is not in the environment"])
    }

    @Test("who may not make tokens plans without comparing, and cannot write a value")
    func withoutGenerateMac() async throws {
        let plan = try plan()
        try await bench.apply(plan, values: .apiToken("v1"))
        bench.account.deny("kms:GenerateMac", for: "role/planner")
        let changeset = try await bench.changeset(
            plan, values: .apiToken("v2"), as: "role/planner")
        #expect(changeset.words == [])
        #expect(changeset.notCompared.map(\.address.description) == ["secret/api-token"])
    }

    @Test("without the right to make tokens a first apply says so and creates no secret")
    func firstWithoutGenerateMac() async throws {
        bench.account.deny("kms:GenerateMac", for: Bench.applier)
        let receipt = try await bench.apply(try plan(), values: .apiToken("v1"))
        #expect(receipt.failures.map(\.step.address.description) == ["secret/api-token"])
        #expect(
            receipt.failures.first?.error.hint == "allow kms:GenerateMac to these credentials")
        #expect(bench.account.secrets(in: Bench.region) == [])
        // The key was new, so the refusal might have been late truth.
        #expect(bench.events.slept == 360_000)
    }
}

@Suite("What is not ours")
struct OwnershipTests {
    private let bench = Bench()
    private let values = ValueSources.apiToken("v1")
    private let path = "gaara-store/staging/api-token"

    private func createByHand(tags: [AWS.Tag]) async throws {
        try await bench.byHand(
            SecretsManager.CreateSecret(
                name: path, clientRequestToken: String(repeating: "b", count: 32),
                value: .string(ProtectedBytes(Array("by hand".utf8))), tags: tags))
    }

    @Test("a secret of another identity is refused, also with --adopt")
    func foreignSecret() async throws {
        try await createByHand(tags: [AWS.Tag("gaara:environment", "production")])
        let writes = bench.sandbox.writes.count
        for scope in [Scope(), Scope(adopt: true)] {
            let codes = try await refusalCodes {
                try await bench.changeset(try PlanText.small(), values: values, scope: scope)
            }
            #expect(codes == ["foreign-owner"])
        }
        #expect(bench.sandbox.writes.count == writes)
    }

    @Test("a secret without our tags is adopted by its tags alone, then corrected")
    func adoptSecret() async throws {
        try await createByHand(tags: [])
        let plan = try PlanText.small()
        let codes = try await refusalCodes { try await bench.changeset(plan, values: values) }
        #expect(codes == ["not-ours"])
        let before = bench.sandbox.writes.count
        let scope = Scope(only: ["secret/api-token"], adopt: true)
        expectComplete(try await bench.apply(plan, values: values, scope: scope))
        #expect(bench.writes(since: before) == ["TagResource"])
        #expect(bench.secret("api-token")?.value == .text("by hand"))
        #expect(bench.secret("api-token")?.keyID == nil)

        expectComplete(try await bench.apply(plan, values: values))
        #expect(bench.secret("api-token")?.keyID == bench.key()?.arn)
        // The value stays until somebody says that it may be overwritten.
        #expect(
            try await bench.changeset(plan, values: values).words == ["! secret/api-token"])
    }

    @Test("a rotation is not touched in the apply that adopts its secret")
    func adoptWithoutRotating() async throws {
        let plan = try PlanText.small()
        try await bench.byHand(
            SecretsManager.CreateSecret(
                name: "gaara-store/staging/login",
                clientRequestToken: String(repeating: "b", count: 32),
                value: .string(ProtectedBytes(Array("{}".utf8))), tags: []))
        let scope = Scope(adopt: true)
        let adopting = try await bench.changeset(plan, values: values, scope: scope)
        #expect(adopting.words.contains("= secret/login"))
        #expect(!adopting.words.contains("+ rotation/login"))
        expectComplete(try await bench.apply(plan, values: values, scope: scope))
        let after = try await bench.changeset(plan, values: values)
        #expect(after.words.contains("+ rotation/login"))
    }

    @Test("a key and a policy without our tags are refused, and adopted by their tags alone")
    func adoptKeyAndPolicy() async throws {
        let key = try await bench.byHand(KMS.CreateKey(description: "by hand"))
        try await bench.byHand(
            KMS.CreateAlias(aliasName: "alias/gaara-store/staging", targetKeyID: key.keyID))
        try await bench.byHand(
            IAM.CreatePolicy(
                policyName: "gaara-store-staging-app",
                policyDocument:
                    #"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}"#,
                path: "/gaara-store/staging/"))
        let plan = try PlanText.small()
        let codes = try await refusalCodes { try await bench.changeset(plan, values: values) }
        #expect(codes == ["not-ours", "not-ours"])
        let before = bench.sandbox.writes.count
        let scope = Scope(only: ["key", "policy/*"], adopt: true)
        expectComplete(try await bench.apply(plan, values: values, scope: scope))
        #expect(bench.writes(since: before) == ["TagPolicy", "TagResource"])
        expectComplete(try await bench.apply(plan, values: values))
        #expect(try await bench.changeset(plan, values: values).words == [])
        #expect(bench.key()?.id == key.keyID)
        #expect(bench.key()?.description == "First description")
    }

    @Test("what is ours and not declared is looked at by itself: a list may be minutes old")
    func orphan() async throws {
        try await bench.apply(try PlanText.small(), values: values)
        let plan = try PlanText.read(PlanText.withSecret("value: { from: environment }"))
        let before = bench.sandbox.calls.count
        let changeset = try await bench.changeset(plan, values: values, scope: Scope(prune: true))
        #expect(changeset.words.contains("- secret/login"))
        let calls = bench.sandbox.calls.dropFirst(before).map(\.operation)
        #expect(calls.count { $0 == "DescribeSecret" } == 2)
    }

    @Test("a policy name that another path has is refused")
    func takenPolicyName() async throws {
        try await bench.byHand(
            IAM.CreatePolicy(
                policyName: "GAARA-store-staging-app",
                policyDocument:
                    #"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}"#,
                path: "/"))
        let codes = try await refusalCodes {
            try await bench.changeset(try PlanText.small(), values: values)
        }
        #expect(codes == ["policy-name-taken"])
    }
}
