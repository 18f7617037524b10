import AWSSandbox
import JSON
import Testing

/// One test for each row of the table of KMS in reference/moto.md: where moto is wrong, the sandbox
/// does as AWS does.
@Suite struct MotoRowsKMSTests {
    /// The rows, by their first cell; a new one does not compile until it has its test.
    enum Row: String, CaseIterable {
        case createKey = "CreateKey (+tags, policy, MRK)"
        case aliases = "CreateAlias/UpdateAlias/DeleteAlias"
        case describeKey = "DescribeKey by id/ARN/alias, NotFound"
        case tags = "TagResource / ListResourceTags / Untag"
        case policy = "PutKeyPolicy / GetKeyPolicy"
        case rotation = "EnableKeyRotation(RotationPeriodInDays)"
        case onDemand = "RotateKeyOnDemand, ListKeyRotations"
        case deletion = "ScheduleKeyDeletion"
        case states = "EnableKey/Encrypt on disabled/pending"
        case context = "CreateGrant, Encrypt/Decrypt with context"
        case lists = "ListKeys / ListAliases"
    }

    let bench: Bench

    init() throws { bench = try Bench() }

    @Test("a row of KMS where moto differs: the sandbox does as AWS does", arguments: Row.allCases)
    func row(_ row: Row) async throws {
        switch row {
        case .createKey: try await createKey()
        case .aliases: try await aliases()
        case .describeKey: try await describeKey()
        case .tags: try await tags()
        case .policy: try await policy()
        case .rotation: try await rotation()
        case .onDemand: try await onDemand()
        case .deletion: try await deletion()
        case .states: try await states()
        case .context: try await context()
        case .lists: try await lists()
        }
    }

    private func key(_ input: JSON = [:]) async throws -> JSON {
        try await bench.done("KMS.CreateKey", input)["KeyMetadata"]?["Arn"] ?? ""
    }

    private func createKey() async throws {
        try await bench.refused(
            "KMS.CreateKey", ["Policy": "{"], "MalformedPolicyDocumentException")
        try await bench.refused("KMS.CreateKey", ["KeyUsage": "RANDOM"], "ValidationException")
        let long = JSON.string(String(repeating: "d", count: 8193))
        try await bench.refused("KMS.CreateKey", ["Description": long], "ValidationException")
        let tag: JSON = ["TagKey": "a", "TagValue": "b"]
        // LS test_tag_key_with_duplicate_tag_keys_raises_error.
        try await bench.refused(
            "KMS.CreateKey", ["Tags": [tag, tag]], "TagException", "Duplicate tag keys")
        // LS test_create_key_with_too_many_tags_raises_error.
        let many = (1...51).map { JSON.object(["TagKey": .string("t\($0)"), "TagValue": ""]) }
        try await bench.refused(
            "KMS.CreateKey", ["Tags": .array(many)], "TagException", "Too many tags")
        // LS test_create_key.
        let made = try await bench.done("KMS.CreateKey", [:])["KeyMetadata"]
        #expect(made?["CurrentKeyMaterialId"]?.string?.count == 64)
    }

    private func aliases() async throws {
        let key = try await key()
        func alias(_ name: JSON) -> JSON { ["AliasName": name, "TargetKeyId": key] }
        try await bench.refused(
            "KMS.CreateAlias", alias("alias/aws/mine"), "NotAuthorizedException")
        // LS test_create_alias.
        try await bench.refused(
            "KMS.CreateAlias", alias("mine"), "ValidationException",
            "Alias must start with the prefix \"alias/\". Please see "
                + "https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html")
        try await bench.done("KMS.CreateAlias", alias("alias/mine"))
        try await bench.refused(
            "KMS.CreateAlias", alias("alias/mine"), "AlreadyExistsException")
        let mac = try await self.key(["KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"])
        try await bench.refused(
            "KMS.UpdateAlias", ["AliasName": "alias/mine", "TargetKeyId": mac],
            "ValidationException")
        try await bench.done("KMS.DeleteAlias", ["AliasName": "alias/mine"])
        try await bench.refused(
            "KMS.DeleteAlias", ["AliasName": "alias/mine"], "NotFoundException")
        // KMS resource quotas: 50 aliases a key.
        for number in 1...50 {
            try await bench.done("KMS.CreateAlias", alias(.string("alias/\(number)")))
        }
        try await bench.refused("KMS.CreateAlias", alias("alias/51"), "LimitExceededException")
    }

    private func describeKey() async throws {
        let key = try await key()
        try await bench.done("KMS.CreateAlias", ["AliasName": "alias/a", "TargetKeyId": key])
        for id in [key, "alias/a"] {
            #expect(
                try await bench.done("KMS.DescribeKey", ["KeyId": id])["KeyMetadata"]?["Arn"]
                    == key)
        }
        // LS test_get_key_invalid_uuid.
        try await bench.refused(
            "KMS.DescribeKey", ["KeyId": "nope"], "NotFoundException", "Invalid keyId 'nope'")
    }

    private func tags() async throws {
        let key = try await key()
        func tag(_ name: String, _ value: String = "") -> JSON {
            ["KeyId": key, "Tags": [["TagKey": .string(name), "TagValue": .string(value)]]]
        }
        // LS test_create_key_with_invalid_tag_key.
        for name in ["aws:mine", "AWS:mine"] {
            try await bench.refused(
                "KMS.TagResource", tag(name), "TagException",
                "Tags beginning with aws: are reserved")
        }
        // LS test_key_with_long_tag_value_raises_error.
        try await bench.refused(
            "KMS.TagResource", tag("a", String(repeating: "v", count: 257)),
            "ValidationException")
        for name in ["b", "a", "c"] { try await bench.done("KMS.TagResource", tag(name)) }
        let page = try await bench.done("KMS.ListResourceTags", ["KeyId": key, "Limit": 2])
        #expect(page["Truncated"] == true && page["Tags"]?.array?.count == 2)
        let rest = try await bench.done(
            "KMS.ListResourceTags",
            ["KeyId": key, "Limit": 2, "Marker": page["NextMarker"] ?? ""])
        #expect(rest["Tags"] == [["TagKey": "c", "TagValue": ""]])
        try await bench.done("KMS.ScheduleKeyDeletion", ["KeyId": key])
        for (operation, input) in [
            ("KMS.TagResource", tag("d")),
            ("KMS.UntagResource", ["KeyId": key, "TagKeys": ["a"]]),
        ] {
            try await bench.refused(operation, input, "KMSInvalidStateException")
        }
    }

    private func policy() async throws {
        let key = try await key()
        func put(_ text: String) -> JSON { ["KeyId": key, "Policy": .string(text)] }
        try await bench.refused(
            "KMS.PutKeyPolicy", put("no JSON"), "MalformedPolicyDocumentException")
        let other = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:*",\
            "Principal":{"AWS":"arn:aws:iam::210987654321:root"},"Resource":"*"}]}
            """
        // trussworks/terraform-aws-cloudtrail#178.
        try await bench.refused(
            "KMS.PutKeyPolicy", put(other), "MalformedPolicyDocumentException",
            "The new key policy will not allow you to update the key policy in the future.")
        try await bench.done(
            "KMS.PutKeyPolicy", put(other).with("BypassPolicyLockoutSafetyCheck", true))
        let answer = try await bench.done("KMS.GetKeyPolicy", ["KeyId": key])
        #expect(answer["Policy"] == .string(other))
        let names = try await bench.done("KMS.ListKeyPolicies", ["KeyId": key])
        #expect(names["PolicyNames"] == ["default"])
    }

    private func rotation() async throws {
        let key = try await key()
        func enable(_ days: Int) -> JSON {
            ["KeyId": key, "RotationPeriodInDays": JSON(days)]
        }
        for days in [89, 2561] {
            try await bench.refused("KMS.EnableKeyRotation", enable(days), "ValidationException")
        }
        let mac = try await self.key(["KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"])
        try await bench.refused(
            "KMS.EnableKeyRotation", ["KeyId": mac], "UnsupportedOperationException")
        try await bench.done("KMS.EnableKeyRotation", enable(90))
        // LS test_key_enable_rotation_status[90].
        let status = try await bench.done("KMS.GetKeyRotationStatus", ["KeyId": key])
        #expect(status["RotationPeriodInDays"] == 90)
        #expect(key.string?.hasSuffix(status["KeyId"]?.string ?? "?") ?? false)
        let next = status["NextRotationDate"]?.double
        #expect(next == Double(bench.sandbox.now + 90 * 86_400))
    }

    private func onDemand() async throws {
        let key = try await key()
        try await bench.done(
            "KMS.EnableKeyRotation", ["KeyId": key, "RotationPeriodInDays": 90])
        bench.sandbox.advance(by: 91 * 86_400)
        for _ in 1...10 { try await bench.done("KMS.RotateKeyOnDemand", ["KeyId": key]) }
        // LS test_key_rotations_limits.
        try await bench.refused(
            "KMS.RotateKeyOnDemand", ["KeyId": key], "LimitExceededException",
            "The on-demand rotations limit has been reached for the given keyId. "
                + "No more on-demand rotations can be performed for this key: \(key.string ?? "")")
        let first = try await bench.done("KMS.ListKeyRotations", ["KeyId": key, "Limit": 4])
        #expect(first["Rotations"]?.array?.count == 4 && first["Truncated"] == true)
        #expect(first["Rotations"]?[0]?["RotationType"] == "AUTOMATIC")
        #expect(first["Rotations"]?[1]?["RotationType"] == "ON_DEMAND")
        let rest = try await bench.done(
            "KMS.ListKeyRotations", ["KeyId": key, "Marker": first["NextMarker"] ?? ""])
        #expect(rest["Rotations"]?.array?.count == 7 && rest["Truncated"] == false)
    }

    private func deletion() async throws {
        let key = try await key()
        for days in [0, 6, 31] {
            try await bench.refused(
                "KMS.ScheduleKeyDeletion", ["KeyId": key, "PendingWindowInDays": JSON(days)],
                "ValidationException")
        }
        let answer = try await bench.done("KMS.ScheduleKeyDeletion", ["KeyId": key])
        #expect(
            answer["DeletionDate"]?.double == Double(bench.sandbox.now + 30 * 86_400))
        try await bench.refused(
            "KMS.ScheduleKeyDeletion", ["KeyId": key], "KMSInvalidStateException",
            "\(key.string ?? "") is pending deletion.")
    }

    private func states() async throws {
        let key = try await key()
        let encrypt: JSON = ["KeyId": key, "Plaintext": "eA=="]
        try await bench.done("KMS.DisableKey", ["KeyId": key])
        // LS test_rotate_key_on_demand_raises_error_given_key_is_disabled.
        try await bench.refused(
            "KMS.Encrypt", encrypt, "DisabledException", "\(key.string ?? "") is disabled.")
        try await bench.done("KMS.EnableKey", ["KeyId": key])
        try await bench.done("KMS.Encrypt", encrypt)
        try await bench.done("KMS.ScheduleKeyDeletion", ["KeyId": key])
        for (operation, input) in [("Encrypt", encrypt), ("EnableKey", ["KeyId": key])] {
            try await bench.refused("KMS.\(operation)", input, "KMSInvalidStateException")
        }
    }

    private func context() async throws {
        let key = try await key()
        let sealed = try await bench.done(
            "KMS.Encrypt",
            ["KeyId": key, "Plaintext": "aGVsbG8=", "EncryptionContext": ["app": "one"]])
        let blob = sealed["CiphertextBlob"] ?? ""
        let opened = try await bench.done(
            "KMS.Decrypt", ["CiphertextBlob": blob, "EncryptionContext": ["app": "one"]])
        #expect(opened["Plaintext"] == "aGVsbG8=" && opened["KeyId"] == key)
        // LS test_encrypt_decrypt_encryption_context.
        for context: JSON in [[:], ["app": "two"], ["app": "one", "b": "c"]] {
            try await bench.refused(
                "KMS.Decrypt", ["CiphertextBlob": blob, "EncryptionContext": context],
                "InvalidCiphertextException", "")
        }
    }

    private func lists() async throws {
        for _ in 1...3 { _ = try await key() }
        let keys = try await bench.done("KMS.ListKeys", ["Limit": 2])
        #expect(keys["Keys"]?.array?.count == 2 && keys["Truncated"] == true)
        let rest = try await bench.done("KMS.ListKeys", ["Marker": keys["NextMarker"] ?? ""])
        #expect(rest["Keys"]?.array?.count == 1 && rest["Truncated"] == false)
        try await bench.refused("KMS.ListKeys", ["Marker": "?"], "InvalidMarkerException")
        try await bench.refused("KMS.ListAliases", ["Limit": 101], "ValidationException")
        let key = try await key()
        try await bench.done("KMS.CreateAlias", ["AliasName": "alias/a", "TargetKeyId": key])
        let aliases = try await bench.done("KMS.ListAliases", ["Limit": 1])
        #expect(aliases["Truncated"] == true)
        #expect(
            aliases["Aliases"]?[0]?["CreationDate"]?.double == Double(bench.sandbox.now))
    }
}
