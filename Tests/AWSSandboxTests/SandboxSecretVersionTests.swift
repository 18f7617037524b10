import AWS
import AWSSandbox
import JSON
import POSIX
import Testing

@Suite struct SandboxSecretVersionTests {
    let bench: Bench
    var client: AWSClient { bench.client }

    /// A secret `a` with the value `one` under the token of ones.
    init() async throws {
        bench = try Bench()
        _ = try await bench.client.send(
            SecretsManager.CreateSecret(
                name: "a", clientRequestToken: token("1"), value: .text("one")))
    }

    private var stages: [String: [String]] {
        bench.account.secret("a", in: Bench.region)?.stages ?? [:]
    }

    private func put(_ mark: Character, _ value: String, _ labels: [String]? = nil) async throws {
        _ = try await client.send(
            SecretsManager.PutSecretValue(
                secretID: "a", clientRequestToken: token(mark), value: .text(value),
                versionStages: labels))
    }

    private func move(
        _ stage: String, from source: Character? = nil, to target: Character? = nil
    ) async throws {
        _ = try await client.send(
            SecretsManager.UpdateSecretVersionStage(
                secretID: "a", versionStage: stage,
                removeFromVersionID: source.map { token($0) },
                moveToVersionID: target.map { token($0) }))
    }

    private func value(id: String? = nil, stage: String? = nil) async throws -> String {
        let output = try await client.send(
            SecretsManager.GetSecretValue(secretID: "a", versionID: id, versionStage: stage))
        return output.value.bytes.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    // LS test_update_secret_description, test_deprecated_secret_version_stage.
    @Test("a new value becomes current, the old previous, and the one before that deprecated")
    func succession() async throws {
        try await put("2", "two")
        try await put("3", "three")
        #expect(
            stages == [token("1"): [], token("2"): ["AWSPREVIOUS"], token("3"): ["AWSCURRENT"]])
        let described = try await client.send(SecretsManager.DescribeSecret(secretID: "a"))
        #expect(Set(described.versionIDsToStages.keys) == [token("2"), token("3")])
        let listed = try await client.all(SecretsManager.ListSecretVersionIds(secretID: "a"))
        #expect(listed.map(\.versionID) == [token("2"), token("3")])
        let all = try await client.all(
            SecretsManager.ListSecretVersionIds(secretID: "a", includeDeprecated: true))
        #expect(all.map(\.versionID) == [token("1"), token("2"), token("3")])
        // Deprecated is not deleted: it can be read by its id.
        #expect(try await value(id: token("1")) == "one")
    }

    // botocore PutSecretValue; reference/aws-semantics.md section 3 row 5.
    @Test("the same token with the same value moves nothing; with another value it is refused")
    func sameToken() async throws {
        try await put("2", "two")
        let before = stages
        try await put("1", "one")
        #expect(stages == before)
        #expect(try await value() == "two")
        let arn = bench.account.secret("a", in: Bench.region)?.arn ?? ""
        await expectRefusal(
            "ResourceExistsException",
            "You can't use ClientRequestToken \(token("1")) because that value is already in use "
                + "for a version of secret \(arn)."
        ) { try await put("1", "other") }
        // A text and bytes that read alike are two values.
        await expectRefusal("ResourceExistsException") {
            try await client.send(
                SecretsManager.PutSecretValue(
                    secretID: "a", clientRequestToken: token("1"),
                    value: .binary(ProtectedBytes(Array("one".utf8)))))
        }
    }

    // LS test_put_secret_value_with_version_stages, test_non_versioning_version_stages_*.
    @Test("a label of one's own leaves AWSCURRENT alone and moves from version to version")
    func ownLabels() async throws {
        try await put("2", "two", ["one", "three", "two"])
        #expect(try await value() == "one")
        #expect(try await value(stage: "three") == "two")
        try await put("3", "three", ["four", "one", "two"])
        #expect(
            stages == [
                token("1"): ["AWSCURRENT"], token("2"): ["three"],
                token("3"): ["four", "one", "two"],
            ])
    }

    // design.md 5.5: put under GAARA-STAGED, move AWSCURRENT, take the label away.
    @Test("the compare-and-set of three calls ends with one current and one previous version")
    func compareAndSet() async throws {
        try await put("2", "two", ["GAARA-STAGED"])
        try await move("AWSCURRENT", from: "1", to: "2")
        #expect(
            stages == [token("1"): ["AWSPREVIOUS"], token("2"): ["AWSCURRENT", "GAARA-STAGED"]])
        try await move("GAARA-STAGED", from: "2")
        #expect(stages == [token("1"): ["AWSPREVIOUS"], token("2"): ["AWSCURRENT"]])
        // A, B, A: the put does nothing, the move does it.
        try await put("1", "one", ["GAARA-STAGED"])
        try await move("AWSCURRENT", from: "2", to: "1")
        #expect(stages == [token("1"): ["AWSCURRENT"], token("2"): ["AWSPREVIOUS"]])
        #expect(try await value() == "one")
    }

    // botocore UpdateSecretVersionStage; floci-io/floci#3247 for the texts.
    @Test("a label moves only from the version that has it")
    func moveRefusals() async throws {
        try await put("2", "two", ["OTHER"])
        let before = stages
        await expectRefusal(
            "InvalidParameterException",
            "The parameter RemoveFromVersionId can't be empty. Staging label AWSCURRENT is "
                + "currently attached to version \(token("1")), so you must explicitly reference "
                + "that version in RemoveFromVersionId."
        ) { try await move("AWSCURRENT", to: "2") }
        await expectRefusal("InvalidParameterException") {
            try await move("AWSCURRENT", from: "2", to: "2")
        }
        await expectRefusal("InvalidParameterException") {
            try await move("NEW", from: "1", to: "2")
        }
        await expectRefusal(
            "ResourceNotFoundException",
            "Secrets Manager can't find the specified secret value for VersionId: \(token("9"))"
        ) { try await move("AWSCURRENT", from: "1", to: "9") }
        await expectRefusal("InvalidParameterException") { try await move("OTHER", from: "1") }
        await expectRefusal("InvalidParameterException") { try await move("OTHER") }
        #expect(stages == before)
        try await move("NEW", to: "2")
        #expect(stages[token("2")] == ["NEW", "OTHER"])
    }

    // reference/aws-semantics.md section 3 row 9; reference/moto.md: moto detaches it.
    @Test("AWSCURRENT cannot be removed, only moved")
    func currentStays() async throws {
        await expectRefusal(
            "InvalidParameterException",
            "You can only move staging label AWSCURRENT to a different secret version. "
                + "It can't be completely removed."
        ) { try await move("AWSCURRENT", from: "1") }
        #expect(try await value() == "one")
    }

    // LS test_secret_version_not_found, test_get_secret_value_errors; reference/moto.md: 404 there.
    @Test("a value that is not there is refused by what was asked for")
    func notFound() async throws {
        let prefix = "Secrets Manager can't find the specified secret value for "
        await expectRefusal(
            "ResourceNotFoundException", prefix + "staging label: AWSPREVIOUS"
        ) { try await value(stage: "AWSPREVIOUS") }
        await expectRefusal(
            "ResourceNotFoundException", prefix + "VersionId: \(token("9"))"
        ) { try await value(id: token("9")) }
        try await put("2", "two")
        await expectRefusal(
            "InvalidRequestException",
            "You provided a VersionStage that is not associated to the provided VersionId."
        ) { try await value(id: token("1"), stage: "AWSCURRENT") }
    }

    // LS test_create_secret_version_from_empty_secret, test_secret_version_not_found.
    @Test("a secret may have no value, and its first is current whatever its labels")
    func empty() async throws {
        let made = try await client.send(
            SecretsManager.CreateSecret(name: "empty", clientRequestToken: token("1")))
        #expect(made.versionID == nil)
        await expectRefusal(
            "ResourceNotFoundException",
            "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT"
        ) { try await client.send(SecretsManager.GetSecretValue(secretID: "empty")) }
        _ = try await client.send(
            SecretsManager.PutSecretValue(
                secretID: "empty", clientRequestToken: token("1"), value: .text("x"),
                versionStages: ["GAARA-STAGED"]))
        #expect(
            bench.account.secret("empty", in: Bench.region)?.stages
                == [token("1"): ["AWSCURRENT", "GAARA-STAGED"]])
    }

    // botocore PutSecretValue: versions beyond 100 are kept for 24 hours.
    @Test("deprecated versions beyond a hundred go after a day")
    func deprecated() async throws {
        func many(_ range: ClosedRange<Int>) async throws {
            for number in range {
                _ = try await client.send(
                    SecretsManager.PutSecretValue(
                        secretID: "a",
                        clientRequestToken: token("v").dropLast(4) + String(1000 + number),
                        value: .text("value \(number)")))
            }
        }
        try await many(1...105)
        #expect(stages.count == 106)
        bench.sandbox.advance(by: 86_400)
        try await many(106...106)
        #expect(stages.count == 100)
        #expect(stages.values.flatMap(\.self).sorted() == ["AWSCURRENT", "AWSPREVIOUS"])
    }

    // botocore BatchGetSecretValue: 20 ids, errors one by one within an answer of 200.
    @Test("a batch names what it cannot read and reads the rest")
    func batch() async throws {
        let answer = try await bench.raw(
            "secretsmanager.BatchGetSecretValue", ["SecretIdList": ["a", "nobody"]])
        #expect(answer.json?["SecretValues"]?[0]?["SecretString"] == "one")
        #expect(answer.json?["Errors"]?[0]?["ErrorCode"] == "ResourceNotFoundException")
        let many = try await bench.raw(
            "secretsmanager.BatchGetSecretValue",
            ["SecretIdList": .array((1...21).map { .string("s\($0)") })])
        #expect(many.refusal.first == "ValidationException")
    }

    // botocore DescribeSecretResponse.LastAccessedDate: the day only.
    @Test("reading a value leaves the day of the reading")
    func lastAccessed() async throws {
        bench.sandbox.advance(by: 86_400 + 3600)
        _ = try await value()
        let described = try await client.send(SecretsManager.DescribeSecret(secretID: "a"))
        #expect(described.lastAccessedDate == bench.sandbox.now - 3600)
    }
}
