import AWS
import AWSSandbox
import GaaraEngine
import GaaraPlan
import Testing

@Suite("One change after an apply")
struct ChangesTests {
    private let bench = Bench()
    private let values = ValueSources.apiToken("v1")

    /// Applies the small plan, then `changed`, which must make exactly `writes` and converge.
    private func converge(
        to changed: Plan, values: ValueSources? = nil, writes: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await bench.apply(try PlanText.small(), values: self.values)
        try await bench.convergeFurther(
            to: changed, values: values ?? self.values, writes: writes,
            sourceLocation: sourceLocation)
    }

    @Test("of the key's description reaches KMS")
    func keyDescription() async throws {
        try await converge(
            to: try PlanText.small(("First description", "Second")),
            writes: ["UpdateKeyDescription"])
        #expect(bench.key()?.description == "Second")
    }

    @Test("of the key's rotation period, to none and back, reaches KMS")
    func keyRotation() async throws {
        try await converge(
            to: try PlanText.small(("365 days", "90 days")), writes: ["EnableKeyRotation"])
        #expect(bench.key()?.rotationPeriod == 90)
        try await bench.convergeFurther(
            to: try PlanText.small(("365 days", "none")), values: values,
            writes: ["DisableKeyRotation"])
        #expect(bench.key()?.rotationPeriod == nil)
        try await bench.convergeFurther(
            to: try PlanText.small(("365 days", "2560 days")), values: values,
            writes: ["EnableKeyRotation"])
        #expect(bench.key()?.rotationPeriod == 2560)
    }

    @Test("of the operators reaches the policies of both keys")
    func keyPolicy() async throws {
        let operators = "operators:\n  applier: [role/applier]\nkey:\n"
        let plan = try PlanText.small(("key:\n", operators))
        try await converge(to: plan, writes: ["PutKeyPolicy", "PutKeyPolicy"])
        #expect(bench.key()?.policy == plan.keyPolicy(of: plan.keys[0]).text)
        #expect(bench.key()?.policy.contains("role/applier") == true)
    }

    @Test("of a tag reaches keys, secrets and policies, and leaves foreign tags alone")
    func tags() async throws {
        try await bench.apply(try PlanText.small(), values: values)
        try await bench.byHand(
            SecretsManager.TagResource(
                secretID: "gaara-store/staging/login", tags: [AWS.Tag("cost", "7")]))
        try await bench.convergeFurther(
            to: try PlanText.small(("team: platform", "team: store")), values: values,
            writes: ["TagPolicy", "TagResource", "TagResource", "TagResource", "TagResource"])
        #expect(bench.key()?.tags["team"] == "store")
        #expect(bench.secret("login")?.tags["team"] == "store")
        #expect(bench.secret("login")?.tags["cost"] == "7")
        #expect(bench.account.policies().map { $0.tags["team"] } == ["store"])
    }

    @Test("of a secret's protection puts its tag and the keys', and takes them off again")
    func protection() async throws {
        try await converge(
            to: try PlanText.small(
                ("    description: Opens", "    protect: true\n    description: Opens")),
            writes: ["TagResource", "TagResource", "TagResource"])
        #expect(bench.secret("api-token")?.tags["gaara:protect"] == "true")
        #expect(bench.key()?.tags["gaara:protect"] == "true")
        try await bench.convergeFurther(
            to: try PlanText.small(), values: values,
            writes: ["UntagResource", "UntagResource", "UntagResource"])
        #expect(bench.secret("api-token")?.tags["gaara:protect"] == nil)
    }

    @Test("of a secret's description keeps its value")
    func secretDescription() async throws {
        try await converge(
            to: try PlanText.small(("Opens the door", "Closes it")), writes: ["UpdateSecret"])
        #expect(bench.secret("api-token")?.description == "Closes it")
        #expect(bench.secret("api-token")?.value == .text("v1"))
    }

    @Test("of a secret's key outside is put right")
    func secretKey() async throws {
        try await bench.apply(try PlanText.small(), values: values)
        let other = try await bench.byHand(KMS.CreateKey(description: "other"))
        try await bench.byHand(
            SecretsManager.UpdateSecret(
                secretID: "gaara-store/staging/api-token",
                clientRequestToken: String(repeating: "x", count: 32), kmsKeyID: other.arn))
        try await bench.convergeFurther(
            to: try PlanText.small(), values: values, writes: ["UpdateSecret"])
        #expect(bench.secret("api-token")?.keyID == bench.key()?.arn)
    }

    @Test("of the alias gives the same key a second one: its claim tells that it is ours")
    func otherAlias() async throws {
        try await bench.apply(try PlanText.small(), values: values)
        let old = try #require(bench.key())
        let changed = try PlanText.small(("key:\n", "key:\n  alias: gaara-store/second\n"))
        expectComplete(try await bench.apply(changed, values: values))
        #expect(try await bench.changeset(changed, values: values).words == [])
        #expect(bench.key("alias/gaara-store/second")?.id == old.id)
    }

    @Test("of a value there and back is put, moved by compare-and-set, and ends at the first")
    func valueThereAndBack() async throws {
        let move = [
            "PutSecretValue", "UpdateSecretVersionStage", "UpdateSecretVersionStage",
        ]
        let plan = try PlanText.small()
        try await converge(to: plan, values: .apiToken("v2"), writes: move)
        let second = try #require(bench.secret("api-token"))
        #expect(second.value == .text("v2"))
        // The version is still there under AWSPREVIOUS and unlabelled, so the last call is refused.
        try await bench.convergeFurther(
            to: plan, values: .apiToken("v1"), writes: Array(move.dropLast()))
        let back = try #require(bench.secret("api-token"))
        #expect(back.value == .text("v1"))
        #expect(back.versionID != second.versionID)
        #expect(back.stages.values.flatMap { $0 }.sorted() == ["AWSCURRENT", "AWSPREVIOUS"])
        try await bench.convergeFurther(to: plan, values: .apiToken("v3"), writes: move)
        #expect(bench.secret("api-token")?.value == .text("v3"))
    }

    @Test("of a policy's readers makes a version, and the sixth prunes the oldest")
    func policyVersions() async throws {
        let lists = ["[login]", "[api-token, login]", "[login]", "[api-token]"]
        try await bench.apply(try PlanText.small(), values: values)
        for list in lists {
            try await bench.convergeFurther(
                to: try PlanText.small(("[api-token]", list)), values: values,
                writes: ["CreatePolicyVersion"])
        }
        let name = "gaara-store-staging-app"
        #expect(bench.account.policy(name)?.versions == ["v1", "v2", "v3", "v4", "v5"])
        let last = try PlanText.small(("[api-token]", "[login]"))
        try await bench.convergeFurther(
            to: last, values: values, writes: ["CreatePolicyVersion", "DeletePolicyVersion"])
        #expect(bench.account.policy(name)?.versions == ["v2", "v3", "v4", "v5", "v6"])
        #expect(bench.account.policy(name)?.defaultVersion == "v6")
        #expect(bench.account.policy(name)?.document.contains("login-??????") == true)
    }

    @Test("outside, an attachment that the plan does not declare, is detached")
    func undeclaredAttachment() async throws {
        try await bench.apply(try PlanText.small(), values: values)
        bench.account.addUser("eve")
        let arn = "arn:aws:iam::123456789012:policy/gaara-store/staging/gaara-store-staging-app"
        try await bench.byHand(IAM.AttachUserPolicy(userName: "eve", policyARN: arn))
        try await bench.convergeFurther(
            to: try PlanText.small(), values: values, writes: ["DetachUserPolicy"])
        #expect(bench.account.policies().map(\.attachedTo) == [["role/app"]])
    }

    @Test("outside, an attachment of a policy that is not exclusive stays, and every plan says so")
    func foreignAttachment() async throws {
        let plan = try PlanText.small(
            ("read: [api-token]", "read: [api-token]\n    exclusive: false"))
        try await bench.apply(plan, values: values)
        bench.account.addUser("eve")
        let arn = "arn:aws:iam::123456789012:policy/gaara-store/staging/gaara-store-staging-app"
        try await bench.byHand(IAM.AttachUserPolicy(userName: "eve", policyARN: arn))
        let changeset = try await bench.changeset(plan, values: values)
        #expect(changeset.words == [])
        #expect(
            changeset.notes.map(\.message) == [
                "attachment/gaara-store-staging-app/user/eve is not declared and stays, since"
                    + " `exclusive` is false"
            ])
        let elsewhere = try await bench.changeset(
            plan, values: values, scope: Scope(only: ["secret/*"]))
        #expect(elsewhere.notes == [])
    }

    @Test("of the attached roles attaches the one and detaches the other")
    func otherRole() async throws {
        try await converge(
            to: try PlanText.small(("[app]", "[worker]")),
            writes: ["AttachRolePolicy", "DetachRolePolicy", "PutKeyPolicy"])
        #expect(bench.account.policies().map(\.attachedTo) == [["role/worker"]])
    }

    @Test("of a secret's name makes the new one, and lists the old one as an orphan")
    func renamedSecret() async throws {
        let renamed = try PlanText.small(
            ("  api-token:", "  door-token:\n    variable: API_TOKEN"),
            ("[api-token]", "[door-token]"))
        try await converge(
            to: renamed, writes: ["CreatePolicyVersion", "CreateSecret", "PutKeyPolicy"])
        #expect(
            try await bench.changeset(renamed, values: values).orphans == ["secret/api-token"])
        expectComplete(
            try await bench.apply(renamed, values: values, scope: Scope(prune: true)))
        #expect(bench.secret("api-token")?.deletionDate != nil)
    }
}

extension Bench {
    /// Applies `plan`, which must make exactly `writes`, sorted, and then plan to nothing.
    func convergeFurther(
        to plan: Plan, values: ValueSources, writes: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let before = sandbox.writes.count
        let receipt = try await apply(plan, values: values)
        expectComplete(receipt, sourceLocation: sourceLocation)
        #expect(self.writes(since: before) == writes, sourceLocation: sourceLocation)
        let after = try await changeset(plan, values: values)
        #expect(after.words == [], sourceLocation: sourceLocation)
    }
}
