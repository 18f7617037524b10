import AWSSandbox
import JSON
import Testing

/// The rows of reference/moto.md about making, changing and deleting secrets.
struct MotoRowsOfWriting {
    let bench: Bench

    private func create(_ more: [(String, JSON)]) -> JSON {
        var input: JSON = ["Name": "a", "ClientRequestToken": .string(token("1"))]
        for (key, value) in more { input = input.with(key, value) }
        return input
    }

    func createSecret() async throws {
        let text = "You must provide a ClientRequestToken value. We recommend a UUID-type value."
        let secret: JSON = ["SecretId": "a", "SecretString": "x"]
        // LS test_no_client_request_token, all four.
        try await bench.refused(
            "Secrets.CreateSecret", ["Name": "a"], "InvalidRequestException", text)
        try await bench.create("a")
        for operation in ["PutSecretValue", "UpdateSecret"] {
            try await bench.refused(
                "Secrets.\(operation)", secret, "InvalidRequestException", text)
        }
        try await bench.refused(
            "Secrets.RotateSecret", ["SecretId": "a"], "InvalidParameterException", text)
    }

    func name() async throws {
        for name in ["bad name!*", "ümlaut"] {
            // LS test_invalid_secret_name.
            try await bench.refused(
                "Secrets.CreateSecret", create([("Name", .string(name))]), "ValidationException",
                "Invalid name. Must be a valid name containing alphanumeric characters, or any "
                    + "of the following: -/_+=.@!")
        }
        for name: JSON in ["", .string(String(repeating: "n", count: 513)), .null] {
            try await bench.refused(
                "Secrets.CreateSecret", create([("Name", name)]), "ValidationException")
        }
    }

    func kmsKey() async throws {
        let text = "The operation failed because of an invalid KMS key: "
        // hashicorp/terraform-provider-aws#13303.
        try await bench.refused(
            "Secrets.CreateSecret", create([("KmsKeyId", "nope")]), "InvalidParameterException",
            text + "Invalid keyId 'nope'")
        try await bench.refused(
            "Secrets.CreateSecret", create([("KmsKeyId", "alias/nobody")]),
            "InvalidParameterException")
    }

    func value() async throws {
        let bytes = JSON.string(String(repeating: "x", count: 65_537))
        // 32,769 characters of two bytes: the limit is in bytes.
        let wide = JSON.string(String(repeating: "ü", count: 32_769))
        for value in [bytes, wide, ""] {
            try await bench.refused(
                "Secrets.CreateSecret", create([("SecretString", value)]), "ValidationException")
        }
        try await bench.refused(
            "Secrets.CreateSecret", create([("SecretString", "x"), ("SecretBinary", "eA==")]),
            "InvalidParameterException")
        let many = (1...51).map { JSON.object(["Key": .string("t\($0)"), "Value": ""]) }
        for tags: JSON in [.array(many), [["Key": "aws:mine", "Value": ""]]] {
            try await bench.refused(
                "Secrets.CreateSecret", create([("Tags", tags)]), "InvalidParameterException")
        }
        #expect(bench.account.secrets(in: Bench.region).isEmpty)
    }

    func tokenReuse() async throws {
        let first = try await bench.create("a")
        #expect(try await bench.create("a") == first)
        try await bench.refused(
            "Secrets.CreateSecret", create([("SecretString", "two")]), "ResourceExistsException")
        // LS test_secret_exists_snapshots.
        try await bench.refused(
            "Secrets.CreateSecret",
            create([("ClientRequestToken", .string(token("2"))), ("SecretString", "one")]),
            "ResourceExistsException",
            "The operation failed because the secret a already exists.")
        for size in [31, 65] {
            let token = JSON.string(String(repeating: "t", count: size))
            try await bench.refused(
                "Secrets.CreateSecret", create([("ClientRequestToken", token)]),
                "ValidationException")
        }
    }

    func nameScheduled() async throws {
        try await bench.create("a")
        try await bench.done("Secrets.DeleteSecret", ["SecretId": "a"])
        // LS test_exp_raised_on_creation_of_secret_scheduled_for_deletion.
        try await bench.refused(
            "Secrets.CreateSecret", create([]), "InvalidRequestException",
            "You can't create this secret because a secret with this name is already scheduled "
                + "for deletion.")
    }

    func values() async throws {
        try await bench.create("a", [("Description", "words")])
        try await bench.put("a", "2", "two")
        #expect(
            bench.account.secret("a", in: Bench.region)?.stages
                == [token("1"): ["AWSPREVIOUS"], token("2"): ["AWSCURRENT"]])
        try await bench.done("Secrets.UpdateSecret", ["SecretId": "a", "Description": ""])
        let described = try await bench.done("Secrets.DescribeSecret", ["SecretId": "a"])
        #expect(described["Description"] == nil)
        try await bench.refused(
            "Secrets.UpdateSecret", ["SecretId": "a", "KmsKeyId": "nope"],
            "InvalidParameterException")
        // botocore UpdateSecret: a token of a version is an error, whatever the value.
        try await bench.refused(
            "Secrets.UpdateSecret",
            [
                "SecretId": "a", "ClientRequestToken": .string(token("2")),
                "SecretString": "two",
            ], "ResourceExistsException")
        for number in 1000..<1105 {
            let mark = JSON.string("version-0123456789-0123456789-\(number)")
            try await bench.done(
                "Secrets.PutSecretValue",
                ["SecretId": "a", "ClientRequestToken": mark, "SecretString": "x"])
        }
        bench.sandbox.advance(by: 86_400)
        try await bench.put("a", "3", "three")
        #expect(bench.account.secret("a", in: Bench.region)?.stages.count == 100)

        try await bench.done("Secrets.DeleteSecret", ["SecretId": "a"])
        // LS test_tag_untag_resource_on_deleted_secret.
        let text =
            "You can't perform this operation on the secret because it was marked for deletion."
        for (operation, more) in [
            (
                "PutSecretValue",
                ["ClientRequestToken": .string(token("4")), "SecretString": "four"]
            ), ("TagResource", ["Tags": [["Key": "a", "Value": ""]]] as JSON),
        ] {
            try await bench.refused(
                "Secrets.\(operation)", more.with("SecretId", "a"), "InvalidRequestException", text)
        }
    }

    func stages() async throws {
        try await bench.create("a")
        try await bench.put("a", "2", "two")
        func move(_ more: [(String, JSON)]) -> JSON {
            more.reduce(["SecretId": "a", "VersionStage": "AWSCURRENT"]) { $0.with($1.0, $1.1) }
        }
        try await bench.done(
            "Secrets.UpdateSecretVersionStage",
            move([
                ("MoveToVersionId", .string(token("1"))),
                ("RemoveFromVersionId", .string(token("2"))),
            ]))
        let value = try await bench.done("Secrets.GetSecretValue", ["SecretId": "a"])
        #expect(value["SecretString"] == "one")
        try await bench.refused(
            "Secrets.UpdateSecretVersionStage",
            move([("RemoveFromVersionId", .string(token("1")))]), "InvalidParameterException")
    }

    func deletion() async throws {
        let gone = try await bench.done(
            "Secrets.DeleteSecret", ["SecretId": "a", "ForceDeleteWithoutRecovery": true])
        #expect(gone["Name"] == "a")
        try await bench.create("a")
        for days in [6, 31] {
            try await bench.refused(
                "Secrets.DeleteSecret", ["SecretId": "a", "RecoveryWindowInDays": JSON(days)],
                "InvalidParameterException",
                "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).")
        }
        try await bench.refused(
            "Secrets.DeleteSecret",
            [
                "SecretId": "a", "RecoveryWindowInDays": 7,
                "ForceDeleteWithoutRecovery": true,
            ], "InvalidParameterException",
            "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.")
        try await bench.done("Secrets.DeleteSecret", ["SecretId": "a"])
        try await bench.done("Secrets.RestoreSecret", ["SecretId": "a"])
        try await bench.done("Secrets.GetSecretValue", ["SecretId": "a"])
    }
}
