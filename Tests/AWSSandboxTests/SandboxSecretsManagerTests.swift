import AWS
import AWSSandbox
import JSON
import POSIX
import Testing

@Suite struct SandboxSecretsManagerTests {
    let bench: Bench
    var client: AWSClient { bench.client }

    init() throws { bench = try Bench() }

    private func create(
        _ name: String, _ value: String? = "one", token mark: Character = "1",
        key: String? = nil, tags: [Tag] = []
    ) async throws -> String {
        try await client.send(
            SecretsManager.CreateSecret(
                name: name, clientRequestToken: token(mark), kmsKeyID: key,
                value: value.map { .text($0) }, tags: tags)
        ).arn
    }

    // LS test_create_and_update_secret, test_secret_tags.
    @Test("a created secret has a random suffix, its token as version, and no empty members")
    func create() async throws {
        let arn = try await create("Valid/_+=.@-!Name")
        let prefix = "arn:aws:secretsmanager:us-east-1:123456789012:secret:Valid/_+=.@-!Name-"
        #expect(arn.hasPrefix(prefix) && arn.count == prefix.count + 6)
        let described = try await bench.raw(
            "secretsmanager.DescribeSecret", ["SecretId": .string(arn)])
        #expect(
            described.json?.object?.members.map(\.key) == [
                "ARN", "Name", "LastChangedDate", "CreatedDate", "VersionIdsToStages",
            ])
        #expect(
            described.json?["VersionIdsToStages"] == .object([token("1"): ["AWSCURRENT"]]))
    }

    // LS test_invalid_secret_name; botocore NameType; reference/moto.md row name.
    @Test(
        "names have their letters",
        arguments: ["Inv Name", " Inv Name", " Inv*Name? ", " Inv *?!]Name\\-", "ümlaut"])
    func name(name: String) async throws {
        await expectRefusal(
            "ValidationException",
            "Invalid name. Must be a valid name containing alphanumeric characters, "
                + "or any of the following: -/_+=.@!"
        ) { try await create(name) }
        #expect(bench.account.secrets(in: Bench.region).isEmpty)
    }

    @Test("names are 1 to 512 characters long")
    func nameLength() async throws {
        await expectRefusal("ValidationException") { try await create("") }
        await expectRefusal("ValidationException") {
            try await create(String(repeating: "n", count: 513))
        }
        _ = try await create(String(repeating: "n", count: 512))
    }

    // LS test_no_client_request_token.
    @Test("a raw call must bring its token")
    func tokenMissing() async throws {
        let text = "You must provide a ClientRequestToken value. We recommend a UUID-type value."
        for (operation, code) in [
            ("CreateSecret", "InvalidRequestException"),
            ("UpdateSecret", "InvalidRequestException"),
            ("PutSecretValue", "InvalidRequestException"),
            ("RotateSecret", "InvalidParameterException"),
        ] {
            let answer = try await bench.raw(
                "secretsmanager.\(operation)",
                ["Name": "a", "SecretId": "a", "SecretString": "x", "Description": "d"])
            #expect(answer.refusal == [code, text], "\(operation)")
            #expect(answer.json?["Message"] != nil)
        }
    }

    // botocore ClientRequestTokenType.
    @Test("a token has 32 to 64 characters", arguments: [31, 65])
    func tokenLength(count: Int) async throws {
        await expectRefusal("ValidationException") {
            try await client.send(
                SecretsManager.CreateSecret(
                    name: "a", clientRequestToken: String(repeating: "t", count: count),
                    value: .text("x")))
        }
    }

    // getmoto/moto test_create_duplicate_secret_with_same_token and its neighbours, verified
    // against AWS; LS test_secret_exists_snapshots.
    @Test("creating again with the same token and value is nothing new; otherwise it exists")
    func createAgain() async throws {
        let arn = try await create("a")
        #expect(try await create("a") == arn)
        await expectRefusal(
            "ResourceExistsException",
            "You can't use ClientRequestToken \(token("1")) because that value is already in use "
                + "for a version of secret \(arn)."
        ) { try await create("a", "two") }
        await expectRefusal(
            "ResourceExistsException", "The operation failed because the secret a already exists."
        ) { try await create("a", token: "2") }
        #expect(bench.account.secret("a", in: Bench.region)?.value == .text("one"))
    }

    // botocore SecretStringType, SecretBinaryType; reference/moto.md row value.
    @Test("a value is 1 to 65,536 bytes, text or binary")
    func values() async throws {
        await expectRefusal(
            "ValidationException",
            "1 validation error detected: Value at 'secretString' failed to satisfy constraint: "
                + "Member must have length greater than or equal to 1"
        ) { try await create("a", "") }
        await expectRefusal("ValidationException") {
            try await create("a", String(repeating: "v", count: 65_537))
        }
        // 32,769 characters of two bytes.
        await expectRefusal("ValidationException") {
            try await create("a", String(repeating: "ü", count: 32_769))
        }
        _ = try await create("a", String(repeating: "v", count: 65_536))
        let both = try await bench.raw(
            "secretsmanager.CreateSecret",
            [
                "Name": "b", "ClientRequestToken": .string(token("1")), "SecretString": "x",
                "SecretBinary": "AQ==",
            ])
        #expect(both.refusal.first == "InvalidParameterException")
        _ = try await client.send(
            SecretsManager.CreateSecret(
                name: "b", clientRequestToken: token("1"),
                value: .binary(ProtectedBytes([0, 1, 255]))))
        #expect(bench.account.secret("b", in: Bench.region)?.value == .binary([0, 1, 255]))
    }

    // botocore DescriptionType.
    @Test("a description has 2,048 characters at most, and an empty one is none")
    func description() async throws {
        await expectRefusal("ValidationException") {
            try await client.send(
                SecretsManager.CreateSecret(
                    name: "a", clientRequestToken: token("1"),
                    description: String(repeating: "d", count: 2049)))
        }
        _ = try await create("a")
        _ = try await client.send(
            SecretsManager.UpdateSecret(
                secretID: "a", clientRequestToken: "update-0123456789-0123456789-01234567",
                description: "what it is"))
        #expect(bench.account.secret("a", in: Bench.region)?.description == "what it is")
        _ = try await client.send(
            SecretsManager.UpdateSecret(
                secretID: "a", clientRequestToken: "update-0123456789-0123456789-01234567",
                description: ""))
        #expect(bench.account.secret("a", in: Bench.region)?.description == nil)
        #expect(bench.account.secret("a", in: Bench.region)?.versionID == token("1"))
    }

    // reference/moto.md row value (51 tags, aws: accepted); LS test_secret_tags.
    @Test("tags are refused twice, too many, or AWS's own; untagging leaves an empty list")
    func tags() async throws {
        for tags in [
            [Tag("x", "1"), Tag("x", "2")], [Tag("aws:x", "1")], (1...51).map { Tag("t\($0)", "") },
        ] {
            await expectRefusal("InvalidParameterException") {
                try await create("a", tags: tags)
            }
        }
        _ = try await create("a", tags: [Tag("a", "1")])
        _ = try await client.send(
            SecretsManager.TagResource(secretID: "a", tags: [Tag("b", "2"), Tag("a", "3")]))
        #expect(bench.account.secret("a", in: Bench.region)?.tags == ["a": "3", "b": "2"])
        _ = try await client.send(
            SecretsManager.UntagResource(secretID: "a", tagKeys: ["a", "b"]))
        let described = try await bench.raw("secretsmanager.DescribeSecret", ["SecretId": "a"])
        #expect(described.json?["Tags"] == [])
        await expectRefusal("InvalidParameterException") {
            try await client.send(
                SecretsManager.TagResource(
                    secretID: "a", tags: (1...51).map { Tag("t\($0)", "") }))
        }
    }

    // hashicorp/terraform-provider-aws#13303; reference/moto.md row KMS key.
    @Test("the key of a secret must be there, enabled, and for encryption")
    func keys() async throws {
        let failed = "The operation failed because of an invalid KMS key: "
        let key = try await client.send(KMS.CreateKey())
        let mac = try await client.send(
            KMS.CreateKey(keySpec: .hmac256, keyUsage: .generateVerifyMAC))
        await expectRefusal("InvalidParameterException", failed + "Invalid keyId 'nope'") {
            try await create("a", key: "nope")
        }
        await expectRefusal("InvalidParameterException") {
            try await create("a", key: "alias/nobody")
        }
        await expectRefusal("InvalidParameterException") {
            try await create("a", key: mac.arn)
        }
        _ = try await create("a", key: key.arn)
        _ = try await client.send(
            KMS.ScheduleKeyDeletion(keyID: key.keyID, pendingWindowInDays: 7))
        await expectRefusal(
            "InvalidParameterException", failed + "\(key.arn) is pending deletion."
        ) { try await create("b", key: key.arn) }
        await expectRefusal("InvalidParameterException") {
            try await client.send(
                SecretsManager.PutSecretValue(
                    secretID: "a", clientRequestToken: token("2"), value: .text("two")))
        }
        // A key pending deletion takes the values with it at once: design.md 5.6.
        await expectRefusal("DecryptionFailure") {
            try await client.send(SecretsManager.GetSecretValue(secretID: "a"))
        }
        #expect(bench.account.secret("b", in: Bench.region) == nil)
    }

    // external-secrets/kubernetes-external-secrets#838.
    @Test("who may not use the key may not read or write the value")
    func keyDenied() async throws {
        let key = try await client.send(KMS.CreateKey())
        _ = try await create("a", key: key.arn)
        bench.account.deny("kms:Decrypt", for: "user/alice")
        await expectRefusal("AccessDeniedException", "Access to KMS is not allowed") {
            try await client.send(SecretsManager.GetSecretValue(secretID: "a"))
        }
        await expectRefusal("AccessDeniedException", "Access to KMS is not allowed") {
            try await create("b", key: key.arn)
        }
    }

    // botocore UpdateSecret.KmsKeyId; reference/aws-semantics.md section 3 rows 13 to 15.
    @Test("the default key is left out, and an empty id brings it back")
    func defaultKey() async throws {
        let key = try await client.send(KMS.CreateKey())
        _ = try await client.send(
            KMS.CreateAlias(aliasName: "alias/app", targetKeyID: key.keyID))
        _ = try await create("a", key: "alias/app")
        _ = try await create("b", key: key.keyID)
        _ = try await create("c", key: "alias/aws/secretsmanager")
        func described(_ name: String) async throws -> String? {
            try await client.send(SecretsManager.DescribeSecret(secretID: name)).kmsKeyID
        }
        #expect(try await described("a") == "alias/app")
        #expect(try await described("b") == key.keyID)
        #expect(try await described("c") == nil)
        let listed = try await client.all(SecretsManager.ListSecrets())
        #expect(
            listed.map(\.kmsKeyID) == [
                "arn:aws:kms:us-east-1:123456789012:alias/app", key.arn, nil,
            ])
        _ = try await client.send(
            SecretsManager.UpdateSecret(
                secretID: "a", clientRequestToken: "update-0123456789-0123456789-01234567",
                kmsKeyID: ""))
        #expect(try await described("a") == nil)
    }

    // LS test_create_and_update_secret: with names that end in -a1b2, -a1b2c3- and -a1b2c3.
    @Test("a secret is found by name, by ARN, and by an ARN without its end unless that misleads")
    func lookUp() async throws {
        let arn = try await create("a")
        let misleading = try await create("name-a1b2c3")
        for id in ["a", arn, String(arn.dropLast(7))] {
            #expect(
                try await client.send(SecretsManager.DescribeSecret(secretID: id)).name == "a")
        }
        let text = "Secrets Manager can't find the specified secret."
        for id in ["b", String(misleading.dropLast(7)), "arn:aws:secretsmanager"] {
            await expectRefusal("ResourceNotFoundException", text) {
                try await client.send(SecretsManager.DescribeSecret(secretID: id))
            }
        }
    }
}
