import AWSSandbox
import JSON
import Testing

/// The KMS key of a secret: which versions it encrypts, and what its state refuses.
@Suite struct SandboxSecretKeyTests {
    let bench: Bench

    init() throws { bench = try Bench() }

    private func key() async throws -> JSON {
        try await bench.done("KMS.CreateKey", [:])["KeyMetadata"]?["Arn"] ?? ""
    }

    /// The keys of the versions, by the character of their token.
    private func keys() async throws -> [String: String] {
        let answer = try await bench.done(
            "Secrets.ListSecretVersionIds", ["SecretId": "a", "IncludeDeprecated": true])
        let pairs = answer["Versions"]?.array?.map { version in
            (
                String(version["VersionId"]?.string?.prefix(1) ?? ""),
                version["KmsKeyIds"]?[0]?.string ?? ""
            )
        }
        return Dictionary(pairs ?? [], uniquingKeysWith: { $1 })
    }

    private func moveTo(_ key: JSON) async throws {
        try await bench.done("Secrets.UpdateSecret", ["SecretId": "a", "KmsKeyId": key])
    }

    // botocore UpdateSecretRequest.KmsKeyId.
    @Test("another key re-encrypts the versions with AWS's own labels, and leaves the others")
    func reEncrypted() async throws {
        try await bench.create("a")
        for mark: Character in ["2", "3"] { try await bench.put("a", mark, "x") }
        try await bench.done(
            "Secrets.PutSecretValue",
            [
                "SecretId": "a", "ClientRequestToken": .string(token("4")), "SecretString": "x",
                "VersionStages": ["AWSPENDING"],
            ])
        try await bench.done(
            "Secrets.PutSecretValue",
            [
                "SecretId": "a", "ClientRequestToken": .string(token("5")), "SecretString": "x",
                "VersionStages": ["MINE"],
            ])
        let key = try await key()
        try await moveTo(key)
        let (old, new) = ("DefaultEncryptionKey", key.string ?? "")
        #expect(try await keys() == ["1": old, "2": new, "3": new, "4": new, "5": old])
        try await moveTo("")
        #expect(Set(try await keys().values) == [old])
    }

    @Test("without kms:Encrypt the key changes for new versions only")
    func notReEncrypted() async throws {
        try await bench.create("a")
        let key = try await key()
        bench.account.deny("kms:Encrypt", for: "user/alice")
        try await moveTo(key)
        #expect(try await keys() == ["1": "DefaultEncryptionKey"])
        try await bench.put("a", "2", "two")
        #expect(try await keys()["2"] == key.string)
    }

    // design.md 5.6: a key that waits for deletion takes every value with it at once.
    @Test(
        "a key that is disabled or waits for deletion closes its secrets, and nothing else of them",
        arguments: ["DisableKey", "ScheduleKeyDeletion"])
    func closed(operation: String) async throws {
        let key = try await key()
        try await bench.create("a", [("KmsKeyId", key)])
        try await bench.done("KMS.\(operation)", ["KeyId": key])
        let state = operation == "DisableKey" ? "disabled" : "pending deletion"
        let text =
            "The operation failed because of an invalid KMS key: \(key.string ?? "") is \(state)."
        let value: JSON = [
            "ClientRequestToken": .string(token("2")), "SecretString": "two",
        ]
        for (operation, input) in [
            ("PutSecretValue", value.with("SecretId", "a")),
            ("UpdateSecret", value.with("SecretId", "a")),
            ("CreateSecret", value.with("Name", "b").with("KmsKeyId", key)),
        ] {
            try await bench.refused(
                "Secrets.\(operation)", input, "InvalidParameterException", text)
        }
        try await bench.refused("Secrets.GetSecretValue", ["SecretId": "a"], "DecryptionFailure")
        let batch = try await bench.done(
            "Secrets.BatchGetSecretValue", ["SecretIdList": ["a"]])
        #expect(batch["Errors"]?[0]?["ErrorCode"] == "DecryptionFailure")
        // To another key the values cannot be carried over.
        try await bench.refused(
            "Secrets.UpdateSecret", ["SecretId": "a", "KmsKeyId": ""], "DecryptionFailure")
        #expect(bench.account.secret("a", in: Bench.region)?.keyID == key.string)
        for operation in ["DescribeSecret", "ListSecretVersionIds", "DeleteSecret"] {
            try await bench.done("Secrets.\(operation)", ["SecretId": "a"])
        }
    }
}
