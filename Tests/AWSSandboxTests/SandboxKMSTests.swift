import AWS
import AWSSandbox
import JSON
import POSIX
import Testing

@Suite struct SandboxKMSTests {
    let bench: Bench
    var client: AWSClient { bench.client }

    init() throws { bench = try Bench() }

    private func hmacKey() async throws -> KMS.KeyMetadata {
        try await client.send(
            KMS.CreateKey(keySpec: .hmac256, keyUsage: .generateVerifyMAC))
    }

    @Test("CreateKey makes another key every time, and describes it as AWS does")
    func create() async throws {
        let first = try await client.send(KMS.CreateKey(description: "one"))
        let second = try await client.send(KMS.CreateKey(description: "one"))
        #expect(first.arn != second.arn)
        #expect(first.arn == "arn:aws:kms:us-east-1:123456789012:key/\(first.keyID)")
        #expect(first.isCustomerManaged && !first.isMultiRegion)
        // LS test_create_key.
        let described = try await bench.raw(
            "TrentService.DescribeKey", ["KeyId": .string(first.keyID)])
        let metadata = described.json?["KeyMetadata"]
        #expect(metadata?["EncryptionAlgorithms"] == ["SYMMETRIC_DEFAULT"])
        #expect(metadata?["KeyState"] == "Enabled")
        #expect(metadata?["Enabled"] == true)
        // Times have Java's exponent: KMS API reference, DescribeKey, examples.
        #expect(metadata?["CreationDate"] == .number("1.7672256E9"))
        #expect(first.creationDate == bench.sandbox.now)
    }

    // LS test_get_key_invalid_uuid, test_get_key_does_not_exist, test_get_key_in_different_region.
    @Test("a key that is not there is refused by what is wrong with its id")
    func notFound() async throws {
        let absent = "01234567-89ab-4cde-8f01-23456789abcd"
        let prefix = "arn:aws:kms:us-east-1:123456789012"
        for (id, text) in [
            ("fake-key-id", "Invalid keyId 'fake-key-id'"),
            (absent, "Key '\(prefix):key/\(absent)' does not exist"),
            ("arn:aws:kms:eu-west-1:123456789012:key/\(absent)", "Invalid arn eu-west-1"),
            ("alias/nobody", "Alias \(prefix):alias/nobody is not found."),
        ] {
            await expectRefusal("NotFoundException", text) {
                try await client.send(KMS.DescribeKey(keyID: id))
            }
        }
    }

    // LS test_hmac_create_key_invalid_operations.
    @Test("spec and usage must be known and fit")
    func specs() async throws {
        let noUsage = try await bench.raw("TrentService.CreateKey", ["KeySpec": "HMAC_256"])
        #expect(
            noUsage.refusal == [
                "ValidationException",
                "You must specify a KeyUsage value for all KMS keys except for symmetric "
                    + "encryption keys.",
            ])
        let usage = try await bench.raw("TrentService.CreateKey", ["KeyUsage": "RANDOM"])
        #expect(
            usage.refusal.last
                == "1 validation error detected: Value 'RANDOM' at 'keyUsage' failed to satisfy "
                + "constraint: Member must satisfy enum value set: [ENCRYPT_DECRYPT, SIGN_VERIFY, "
                + "GENERATE_VERIFY_MAC]")
        await expectRefusal(
            "ValidationException",
            "KeyUsage ENCRYPT_DECRYPT is not compatible with KeySpec HMAC_256"
        ) { try await client.send(KMS.CreateKey(keySpec: .hmac256)) }
        #expect(bench.account.keys(in: Bench.region).isEmpty)
    }

    // KMS guide, "Key states"; LS test_rotate_key_on_demand_raises_error_given_key_is_disabled.
    @Test("a disabled key refuses use, and rotation is no change that it takes")
    func disabled() async throws {
        let key = try await hmacKey()
        let symmetric = try await client.send(KMS.CreateKey())
        for id in [key.keyID, symmetric.keyID] {
            _ = try await bench.raw("TrentService.DisableKey", ["KeyId": .string(id)])
        }
        await expectRefusal("DisabledException", "\(key.arn) is disabled.") {
            try await client.send(KMS.GenerateMac(keyID: key.keyID, message: [1]))
        }
        await expectRefusal("DisabledException", "\(symmetric.arn) is disabled.") {
            try await client.send(KMS.EnableKeyRotation(keyID: symmetric.keyID))
        }
        _ = try await client.send(KMS.EnableKey(keyID: key.keyID))
        #expect(
            try await client.send(KMS.GenerateMac(keyID: key.keyID, message: [1])).count == 32)
    }

    // hashicorp/terraform-provider-aws#17889; botocore ScheduleKeyDeletion, CancelKeyDeletion.
    @Test("a key pending deletion is useless at once, comes back disabled, and goes with its time")
    func deletion() async throws {
        let key = try await client.send(KMS.CreateKey())
        _ = try await client.send(
            KMS.CreateAlias(aliasName: "alias/a", targetKeyID: key.keyID))
        let scheduled = try await client.send(
            KMS.ScheduleKeyDeletion(keyID: key.keyID, pendingWindowInDays: 7))
        #expect(scheduled.deletionDate == bench.sandbox.now + 7 * 86_400)
        let pending = "\(key.arn) is pending deletion."
        await expectRefusal("KMSInvalidStateException", pending) {
            try await client.send(
                KMS.ScheduleKeyDeletion(keyID: key.keyID, pendingWindowInDays: 7))
        }
        await expectRefusal("KMSInvalidStateException", pending) {
            try await client.send(KMS.TagResource(keyID: key.keyID, tags: [Tag("a", "b")]))
        }
        await expectRefusal("KMSInvalidStateException", pending) {
            try await client.send(KMS.EnableKey(keyID: key.keyID))
        }
        // The alias goes on blocking its name.
        let other = try await client.send(KMS.CreateKey())
        await expectRefusal("AlreadyExistsException") {
            try await client.send(
                KMS.CreateAlias(aliasName: "alias/a", targetKeyID: other.keyID))
        }
        _ = try await client.send(KMS.CancelKeyDeletion(keyID: key.keyID))
        #expect(bench.account.key(key.keyID, in: Bench.region)?.state == "Disabled")
        await expectRefusal(
            "KMSInvalidStateException", "\(key.arn) is not pending deletion."
        ) { try await client.send(KMS.CancelKeyDeletion(keyID: key.keyID)) }

        _ = try await client.send(
            KMS.ScheduleKeyDeletion(keyID: key.keyID, pendingWindowInDays: 7))
        bench.sandbox.advance(by: 7 * 86_400 - 1)
        #expect(bench.account.key("alias/a", in: Bench.region)?.id == key.keyID)
        bench.sandbox.advance(by: 1)
        #expect(bench.account.key("alias/a", in: Bench.region) == nil)
        #expect(bench.account.key(key.keyID, in: Bench.region) == nil)
    }

    // reference/moto.md row ScheduleKeyDeletion: moto takes 0, 6 and 31.
    @Test("the deletion window is 7 to 30 days", arguments: [0, 6, 31])
    func window(days: Int) async throws {
        let key = try await client.send(KMS.CreateKey())
        await expectRefusal("ValidationException") {
            try await client.send(
                KMS.ScheduleKeyDeletion(keyID: key.keyID, pendingWindowInDays: days))
        }
        #expect(bench.account.key(key.keyID, in: Bench.region)?.state == "Enabled")
    }

    // reference/moto.md row EnableKeyRotation; LS test_key_enable_rotation_status.
    @Test("rotation keeps its period, 90 to 2560 days, 365 without one")
    func rotation() async throws {
        let key = try await client.send(KMS.CreateKey())
        let off = try await bench.raw(
            "TrentService.GetKeyRotationStatus", ["KeyId": .string(key.keyID)])
        #expect(off.json == ["KeyId": .string(key.keyID), "KeyRotationEnabled": false])
        for days in [89, 2561] {
            await expectRefusal("ValidationException") {
                try await client.send(
                    KMS.EnableKeyRotation(keyID: key.keyID, rotationPeriodInDays: days))
            }
        }
        _ = try await client.send(KMS.EnableKeyRotation(keyID: key.keyID))
        #expect(bench.account.key(key.keyID, in: Bench.region)?.rotationPeriod == 365)
        _ = try await client.send(
            KMS.EnableKeyRotation(keyID: key.keyID, rotationPeriodInDays: 180))
        let status = try await client.send(KMS.GetKeyRotationStatus(keyID: key.keyID))
        #expect(status.isEnabled && status.periodInDays == 180)
        #expect(status.nextRotationDate == bench.sandbox.now + 180 * 86_400)
        _ = try await client.send(KMS.DisableKeyRotation(keyID: key.keyID))
        #expect(bench.account.key(key.keyID, in: Bench.region)?.rotationPeriod == nil)
    }

    // LS test_rotate_key_on_demand_raises_error_given_non_symmetric_key.
    @Test("an HMAC key does not rotate")
    func rotationOfMAC() async throws {
        let key = try await hmacKey()
        await expectRefusal("UnsupportedOperationException", "") {
            try await client.send(KMS.EnableKeyRotation(keyID: key.keyID))
        }
        await expectRefusal("UnsupportedOperationException", "") {
            try await client.send(KMS.GetKeyRotationStatus(keyID: key.keyID))
        }
    }

    @Test("a code is the same for one message and key, and another for any other")
    func mac() async throws {
        let (first, second) = (try await hmacKey(), try await hmacKey())
        let code = try await client.send(KMS.GenerateMac(keyID: first.keyID, message: [1, 2]))
        let again = try await client.send(KMS.GenerateMac(keyID: first.arn, message: [1, 2]))
        let otherMessage = try await client.send(KMS.GenerateMac(keyID: first.arn, message: [2]))
        let otherKey = try await client.send(KMS.GenerateMac(keyID: second.arn, message: [1, 2]))
        code.withBytes { code in
            again.withBytes { #expect($0 == code) }
            otherMessage.withBytes { #expect($0 != code) }
            otherKey.withBytes { #expect($0 != code) }
        }
    }

    // LS test_error_messaging_for_invalid_keys, test_invalid_generate_mac.
    @Test("GenerateMac refuses an encryption key and an algorithm that does not fit")
    func macRefusals() async throws {
        let symmetric = try await client.send(KMS.CreateKey())
        await expectRefusal(
            "InvalidKeyUsageException",
            "\(symmetric.arn) key usage is ENCRYPT_DECRYPT which is not valid for GenerateMac."
        ) { try await client.send(KMS.GenerateMac(keyID: symmetric.keyID, message: [1])) }
        let key = try await hmacKey()
        let answer = try await bench.raw(
            "TrentService.GenerateMac",
            ["KeyId": .string(key.keyID), "Message": "AQ==", "MacAlgorithm": "HMAC_SHA_512"])
        #expect(
            answer.refusal == [
                "InvalidKeyUsageException",
                "Algorithm HMAC_SHA_512 is incompatible with key spec HMAC_256.",
            ])
    }

    // LS test_tag_key_with_duplicate_tag_keys_raises_error and its neighbours.
    @Test("tags are refused twice, too many, or AWS's own; others are replaced by key")
    func tags() async throws {
        let key = try await client.send(KMS.CreateKey(tags: [Tag("a", "1"), Tag("A", "2")]))
        for (tags, text) in [
            ([Tag("x", "1"), Tag("x", "2")], "Duplicate tag keys"),
            ([Tag("AWS:x", "1")], "Tags beginning with aws: are reserved"),
            ((1...51).map { Tag("t\($0)", "") }, "Too many tags"),
        ] {
            await expectRefusal("TagException", text) {
                try await client.send(KMS.TagResource(keyID: key.keyID, tags: tags))
            }
            await expectRefusal("TagException", text) {
                try await client.send(KMS.CreateKey(tags: tags))
            }
        }
        _ = try await client.send(
            KMS.TagResource(keyID: key.keyID, tags: [Tag("a", "3"), Tag("b", "4")]))
        _ = try await client.send(KMS.UntagResource(keyID: key.keyID, tagKeys: ["A"]))
        let listed = try await client.all(KMS.ListResourceTags(keyID: key.keyID))
        #expect(Set(listed) == [Tag("a", "3"), Tag("b", "4")])
        // reference/moto.md row TagResource: an alias is no key here.
        await expectRefusal("NotFoundException", "Invalid keyId 'alias/a'") {
            try await client.send(KMS.TagResource(keyID: "alias/a", tags: [Tag("a", "b")]))
        }
    }
}
