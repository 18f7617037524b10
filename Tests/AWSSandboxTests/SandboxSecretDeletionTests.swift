import AWS
import AWSSandbox
import HTTP
import JSON
import Testing

@Suite struct SandboxSecretDeletionTests {
    let bench: Bench
    var client: AWSClient { bench.client }

    init() throws { bench = try Bench() }

    private func create(_ name: String) async throws -> String {
        try await client.send(
            SecretsManager.CreateSecret(
                name: name, clientRequestToken: token("1"), value: .text("one"))
        ).arn
    }

    private func delete(_ name: String, days: Int = 7) async throws {
        _ = try await client.send(
            SecretsManager.DeleteSecret(secretID: name, recoveryWindowInDays: days))
    }

    // LS test_exp_raised_on_creation_of_secret_scheduled_for_deletion; moto: ResourceExists.
    @Test("a name stays taken while its secret can be recovered")
    func nameIsTaken() async throws {
        let arn = try await create("a")
        let deleted = try await client.send(
            SecretsManager.DeleteSecret(secretID: "a", recoveryWindowInDays: 30))
        #expect(deleted.deletionDate == bench.sandbox.now + 30 * 86_400)
        await expectRefusal(
            "InvalidRequestException",
            "You can't create this secret because a secret with this name is already scheduled "
                + "for deletion."
        ) { try await create("a") }
        bench.sandbox.advance(by: 30 * 86_400)
        #expect(bench.account.secret("a", in: Bench.region) == nil)
        // The new one has another ARN: aws/aws-cdk#24130.
        #expect(try await create("a") != arn)
    }

    // LS test_tag_untag_resource_on_deleted_secret; reference/aws-semantics.md section 2.
    @Test("while it is scheduled for deletion, a secret can be described and restored only")
    func markedForDeletion() async throws {
        _ = try await create("a")
        try await delete("a")
        let text =
            "You can't perform this operation on the secret because it was marked for "
            + "deletion."
        let refused: [(String, JSON)] = [
            ("GetSecretValue", [:]), ("GetResourcePolicy", [:]), ("ListSecretVersionIds", [:]),
            (
                "PutSecretValue",
                ["ClientRequestToken": .string(token("2")), "SecretString": "two"]
            ),
            ("UpdateSecret", ["Description": "d"]),
            ("TagResource", ["Tags": [["Key": "a", "Value": "b"]]]),
            ("UntagResource", ["TagKeys": ["a"]]),
            (
                "UpdateSecretVersionStage",
                ["VersionStage": "X", "MoveToVersionId": .string(token("1"))]
            ),
            ("RotateSecret", ["ClientRequestToken": .string(token("2"))]),
            ("CancelRotateSecret", [:]), ("DeleteSecret", [:]),
        ]
        for (operation, input) in refused {
            var object = input.object ?? [:]
            object["SecretId"] = "a"
            let answer = try await bench.raw("secretsmanager.\(operation)", .object(object))
            #expect(answer.refusal == ["InvalidRequestException", text], "\(operation)")
        }
        let described = try await client.send(SecretsManager.DescribeSecret(secretID: "a"))
        #expect(described.deletedDate == bench.sandbox.now + 7 * 86_400)

        _ = try await client.send(SecretsManager.RestoreSecret(secretID: "a"))
        _ = try await client.send(SecretsManager.GetSecretValue(secretID: "a"))
        #expect(bench.account.secret("a", in: Bench.region)?.deletionDate == nil)
    }

    // botocore DeleteSecret; reference/moto.md row DeleteSecret for the texts.
    @Test("the window is 7 to 30 days, or nothing by force, never both")
    func window() async throws {
        _ = try await create("a")
        for days in [0, 6, 31] {
            await expectRefusal(
                "InvalidParameterException",
                "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive)."
            ) { try await delete("a", days: days) }
        }
        let both = try await bench.raw(
            "secretsmanager.DeleteSecret",
            ["SecretId": "a", "RecoveryWindowInDays": 7, "ForceDeleteWithoutRecovery": true])
        #expect(
            both.refusal.last == "You can't use ForceDeleteWithoutRecovery in conjunction with "
                + "RecoveryWindowInDays.")
        #expect(bench.account.secret("a", in: Bench.region)?.deletionDate == nil)
        let byDefault = try await bench.raw("secretsmanager.DeleteSecret", ["SecretId": "a"])
        #expect(byDefault.status == 200)
        #expect(
            bench.account.secret("a", in: Bench.region)?.deletionDate
                == bench.sandbox.now + 30 * 86_400)
    }

    // LS test_force_delete_deleted_secret; botocore DeleteSecret.
    @Test("force deletes at once, also what is scheduled, and succeeds where nothing is")
    func force() async throws {
        _ = try await create("a")
        try await delete("a")
        for name in ["a", "a", "nobody"] {
            let answer = try await bench.raw(
                "secretsmanager.DeleteSecret",
                ["SecretId": .string(name), "ForceDeleteWithoutRecovery": true])
            #expect(answer.status == 200)
        }
        _ = try await create("a")
        await expectRefusal("ResourceNotFoundException") { try await delete("nobody") }
    }

    // botocore ListSecrets, Filter: a prefix, case-sensitive.
    @Test("lists leave out what is scheduled for deletion, and filter names by their beginning")
    func list() async throws {
        for name in ["app/staging/b", "app/staging/a", "App/staging/c", "other"] {
            _ = try await create(name)
        }
        try await delete("app/staging/b")
        let names = { (list: SecretsManager.ListSecrets) async throws in
            try await client.all(list).map(\.name)
        }
        #expect(
            try await names(.init()) == ["app/staging/a", "App/staging/c", "other"])
        #expect(
            try await names(.init(namePrefix: "app/staging/", includePlannedDeletion: true))
                == ["app/staging/b", "app/staging/a"])
        let raw = try await bench.raw(
            "secretsmanager.ListSecrets",
            ["Filters": [["Key": "name", "Values": ["!app"]]]])
        #expect(
            raw.json?["SecretList"]?.array?.map { $0["Name"]?.string }
                == ["App/staging/c", "other"])
        let listed = try await client.all(
            SecretsManager.ListSecrets(includePlannedDeletion: true))
        #expect(listed.first?.deletedDate == bench.sandbox.now + 7 * 86_400)
        #expect(listed.first?.versionIDsToStages == [token("1"): ["AWSCURRENT"]])
    }

    // reference/moto.md row ListSecrets: 0 and 101 accepted there, NextToken an offset.
    @Test("pages hold 1 to 100, and what goes between two pages moves nothing else")
    func pages() async throws {
        for number in 0..<205 { _ = try await create("s\(1000 + number)") }
        let all = try await client.all(SecretsManager.ListSecrets())
        #expect(all.map(\.name) == (0..<205).map { "s\(1000 + $0)" })
        for limit in [0, 101] {
            let answer = try await bench.raw(
                "secretsmanager.ListSecrets", ["MaxResults": JSON(limit)])
            #expect(answer.refusal.first == "ValidationException")
        }
        let first = try await bench.raw("secretsmanager.ListSecrets", ["MaxResults": 10])
        try await delete("s1003")
        let next = try await bench.raw(
            "secretsmanager.ListSecrets",
            ["MaxResults": 10, "NextToken": first.json?["NextToken"] ?? nil])
        #expect(next.json?["SecretList"]?[0]?["Name"] == "s1010")
        let bad = try await bench.raw("secretsmanager.ListSecrets", ["NextToken": "nonsense"])
        #expect(bad.refusal.first == "InvalidNextTokenException")
    }
}
