import AWS
import AWSSandbox
import GaaraEngine
import GaaraPlan
import POSIX
import Testing

@Suite("When somebody else writes between plan and apply")
struct RaceTests {
    private let bench = Bench()
    private let values = ValueSources.apiToken("v1")

    /// Compares, lets `meanwhile` happen, then applies what was computed before.
    private func apply(
        _ plan: Plan, _ values: ValueSources, meanwhile: () async throws -> Void
    ) async throws -> Receipt {
        let comparison = try await bench.compare(plan, values: values)
        let changeset = try comparison.changeset(scope: Scope())
        try await meanwhile()
        return await Applier(comparison, bench.hooks()).apply(changeset)
    }

    @Test("a value, theirs stays in force, ours is kept under a label, and it is a conflict")
    func value() async throws {
        let plan = try PlanText.small()
        try await bench.apply(plan, values: values)
        let receipt = try await apply(plan, .apiToken("ours")) {
            try await bench.byHand(
                SecretsManager.PutSecretValue(
                    secretID: "gaara-store/staging/api-token",
                    clientRequestToken: String(repeating: "b", count: 32),
                    value: .string(ProtectedBytes(Array("theirs".utf8)))))
        }
        #expect(receipt.failures.map(\.error.code) == [.conflict])
        #expect(
            receipt.failureMessages == [
                "secret/api-token: somebody else wrote secret/api-token while this ran"
            ])
        let live = try #require(bench.secret("api-token"))
        #expect(live.value == .text("theirs"))
        #expect(live.stages.values.contains(["GAARA-STAGED"]))
        // Another plan sees what happened, and asks.
        let again = try await bench.changeset(plan, values: .apiToken("ours"))
        #expect(again.words == ["! secret/api-token"])
        let scope = Scope(overwrite: ["api-token"])
        expectComplete(try await bench.apply(plan, values: .apiToken("ours"), scope: scope))
        #expect(bench.secret("api-token")?.value == .text("ours"))
        #expect(bench.secret("api-token")?.stages.values.joined().contains("GAARA-STAGED") == false)
    }

    @Test("the same environment, everything converges on one of the keys and no value is lost")
    func twoApplies() async throws {
        let plan = try PlanText.small()
        let receipt = try await apply(plan, values) {
            let key = plan.keys[0]
            let made = try await bench.byHand(
                KMS.CreateKey(
                    description: key.description, policy: plan.keyPolicy(of: key).text,
                    tags: key.declaredTags(in: plan).map { AWS.Tag($0.key, $0.value) }))
            try await bench.byHand(
                KMS.CreateAlias(aliasName: "alias/\(key.alias)", targetKeyID: made.keyID))
        }
        expectComplete(receipt)
        let winner = try #require(bench.key())
        #expect(bench.keys.count { $0.spec == "SYMMETRIC_DEFAULT" } == 2)
        #expect(bench.keys.allSatisfy { $0.state == "Enabled" })
        #expect(bench.secret("api-token")?.keyID == winner.arn)
        #expect(bench.account.policies().allSatisfy { $0.document.contains(winner.arn) })
        #expect(bench.events.told.contains { $0.contains("another apply was faster") })
        // The winner lacks only what its own apply had not come to.
        expectComplete(try await bench.apply(plan, values: values))
        #expect(try await bench.changeset(plan, values: values).words == [])
        #expect(bench.key()?.id == winner.id)
    }

    @Test("our alias for a key that is not ours, it is a conflict and nothing is built on it")
    func foreignAlias() async throws {
        let receipt = try await apply(try PlanText.small(), values) {
            let made = try await bench.byHand(KMS.CreateKey(description: "theirs"))
            try await bench.byHand(
                KMS.CreateAlias(aliasName: "alias/gaara-store/staging", targetKeyID: made.keyID))
        }
        #expect(receipt.failures.map(\.error.code) == [.conflict])
        #expect(bench.account.secrets(in: Bench.region) == [])
        let codes = try await refusalCodes {
            try await bench.changeset(try PlanText.small(), values: values)
        }
        #expect(codes == ["not-ours"])
    }

    @Test("our secret, another value in it is a conflict and stays")
    func secret() async throws {
        let receipt = try await apply(try PlanText.small(), values) {
            try await bench.byHand(
                SecretsManager.CreateSecret(
                    name: "gaara-store/staging/api-token",
                    clientRequestToken: String(repeating: "b", count: 32),
                    value: .string(ProtectedBytes(Array("theirs".utf8)))))
        }
        #expect(receipt.failures.map(\.step.address.description) == ["secret/api-token"])
        #expect(receipt.failures.map(\.error.code) == [.conflict])
        #expect(bench.secret("api-token")?.value == .text("theirs"))
    }

    @Test("our policy, another document in it is a conflict and stays")
    func policy() async throws {
        let document =
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}"#
        let receipt = try await apply(try PlanText.small(), values) {
            try await bench.byHand(
                IAM.CreatePolicy(
                    policyName: "gaara-store-staging-app", policyDocument: document,
                    path: "/gaara-store/staging/"))
        }
        #expect(receipt.failures.map(\.error.code) == [.conflict])
        #expect(receipt.notTried.count == 1, "the attachment builds on it")
        #expect(bench.account.policies().map(\.document) == [document])
        #expect(bench.account.policies().map(\.attachedTo) == [[]])
    }

    @Test("a version of our policy, theirs stays in force")
    func policyVersion() async throws {
        try await bench.apply(try PlanText.small(), values: values)
        let document =
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}"#
        let changed = try PlanText.small(("[api-token]", "[login]"))
        let receipt = try await apply(changed, values) {
            try await bench.byHand(
                IAM.CreatePolicyVersion(
                    policyARN: "arn:aws:iam::123456789012:policy/gaara-store/staging/"
                        + "gaara-store-staging-app",
                    policyDocument: document, setAsDefault: true))
        }
        #expect(receipt.failures.map(\.error.code) == [.conflict])
        #expect(bench.account.policies().map(\.document) == [document])
    }

    @Test("our key's policy, theirs stays in force")
    func keyPolicy() async throws {
        try await bench.apply(try PlanText.small(), values: values)
        let changed = try PlanText.small(("key:\n", "key:\n  administrators: [role/ops]\n"))
        // An administrator whom IAM does not know is refused before anything is written.
        await #expect(throws: Refusals.self) { try await bench.apply(changed, values: values) }
        bench.account.addRole("ops")
        let key = try #require(bench.key())
        let theirs = try PlanText.small(
            ("key:\n", "key:\n  administrators: [role/others]\n"))
        let text = theirs.keyPolicy(of: theirs.keys[0]).text
        let receipt = try await apply(changed, values) {
            try await bench.byHand(
                KMS.PutKeyPolicy(keyID: key.id, policy: text))
        }
        #expect(receipt.failures.map(\.error.code) == [.conflict])
        #expect(bench.key()?.policy == text)
    }
}
