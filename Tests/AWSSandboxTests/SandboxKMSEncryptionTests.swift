import AWS
import AWSSandbox
import JSON
import POSIX
import Testing

@Suite struct SandboxKMSEncryptionTests {
    let bench: Bench

    init() throws { bench = try Bench() }

    private func key(_ input: JSON = [:]) async throws -> JSON {
        try await bench.done("KMS.CreateKey", input)["KeyMetadata"]?["Arn"] ?? ""
    }

    private var macKey: JSON { ["KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"] }

    @Test("a data key comes in plain and hidden, and the hidden one opens under its context only")
    func dataKeys() async throws {
        let key = try await bench.client.send(KMS.CreateKey())
        let made = try await bench.done(
            "KMS.GenerateDataKey",
            [
                "KeyId": .string(key.keyID), "KeySpec": "AES_256",
                "EncryptionContext": ["a": "b"],
            ])
        #expect(made["KeyId"] == .string(key.arn))
        let opened = try await bench.done(
            "KMS.Decrypt",
            ["CiphertextBlob": made["CiphertextBlob"] ?? "", "EncryptionContext": ["a": "b"]])
        #expect(opened["Plaintext"] == made["Plaintext"])
        #expect(opened["KeyMaterialId"] == made["KeyMaterialId"])
        // LS test_encryption_context_generate_data_key.
        try await bench.refused(
            "KMS.Decrypt", ["CiphertextBlob": made["CiphertextBlob"] ?? ""],
            "InvalidCiphertextException", "")
        let hidden = try await bench.done(
            "KMS.GenerateDataKeyWithoutPlaintext",
            ["KeyId": .string(key.keyID), "NumberOfBytes": 64])
        #expect(hidden["Plaintext"] == nil && hidden["CiphertextBlob"] != nil)
    }

    @Test("what is wrong with a request for a data key, random bytes or a plaintext is refused")
    func wrong() async throws {
        let key = try await key()
        let mac = try await self.key(macKey)
        for (operation, input, code, text): (String, JSON, String, String?) in [
            (
                "GenerateDataKey", ["KeyId": key], "ValidationException",
                "Please specify either number of bytes or key spec."
            ),
            (
                "GenerateDataKey", ["KeyId": key, "KeySpec": "AES_256", "NumberOfBytes": 32],
                "ValidationException", nil
            ),
            (
                "GenerateDataKey", ["KeyId": key, "KeySpec": "AES-256"], "ValidationException", nil
            ),
            (
                "GenerateDataKey", ["KeyId": key, "NumberOfBytes": 1025], "ValidationException", nil
            ),
            // LS test_error_messaging_for_invalid_keys.
            (
                "GenerateDataKey", ["KeyId": mac, "KeySpec": "AES_256"], "InvalidKeyUsageException",
                "\(mac.string ?? "") key usage is GENERATE_VERIFY_MAC which is not valid for "
                    + "GenerateDataKey."
            ),
            (
                "Encrypt", ["KeyId": mac, "Plaintext": "eA=="], "InvalidKeyUsageException", nil
            ),
            (
                "GenerateDataKey", ["KeyId": key, "KeySpec": "AES_256", "DryRun": true],
                "DryRunOperationException",
                "The request would have succeeded, but the DryRun option is set."
            ),
            // LS test_generate_random_invalid_number_of_bytes.
            ("GenerateRandom", [:], "ValidationException", "NumberOfBytes is required."),
            (
                "GenerateRandom", ["NumberOfBytes": 1025], "ValidationException",
                "1 validation error detected: Value '1025' at 'numberOfBytes' failed to satisfy "
                    + "constraint: Member must have value less than or equal to 1024"
            ),
            // LS test_plaintext_size_for_encrypt.
            (
                "Encrypt",
                ["KeyId": key, "Plaintext": .string(String(repeating: "AAAA", count: 1366))],
                "ValidationException",
                "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: "
                    + "Member must have length less than or equal to 4096"
            ),
            ("Decrypt", ["CiphertextBlob": "eA=="], "InvalidCiphertextException", ""),
            (
                "VerifyMac",
                [
                    "KeyId": mac, "Message": "eA==", "MacAlgorithm": "HMAC_SHA_256",
                    "Mac": "eA==",
                ], "KMSInvalidMacException", ""
            ),
        ] {
            try await bench.refused("KMS.\(operation)", input, code, text)
        }
    }

    // LS test_error_messaging_for_invalid_keys, test_re_encrypt_incorrect_source_key.
    @Test("a ciphertext opens under its own key only, and can be moved to another")
    func otherKey() async throws {
        let (first, second) = (try await key(), try await key())
        let sealed = try await bench.done("KMS.Encrypt", ["KeyId": first, "Plaintext": "eA=="])
        let blob = sealed["CiphertextBlob"] ?? ""
        let text =
            "The key ID in the request does not identify a CMK that can perform this operation."
        try await bench.refused(
            "KMS.Decrypt", ["CiphertextBlob": blob, "KeyId": second], "IncorrectKeyException", text)
        try await bench.refused(
            "KMS.ReEncrypt",
            ["CiphertextBlob": blob, "SourceKeyId": second, "DestinationKeyId": second],
            "IncorrectKeyException", text)
        let moved = try await bench.done(
            "KMS.ReEncrypt",
            [
                "CiphertextBlob": blob, "DestinationKeyId": second,
                "DestinationEncryptionContext": ["a": "b"],
            ])
        #expect(moved["SourceKeyId"] == first && moved["KeyId"] == second)
        let opened = try await bench.done(
            "KMS.Decrypt",
            [
                "CiphertextBlob": moved["CiphertextBlob"] ?? "",
                "EncryptionContext": ["a": "b"], "KeyId": second,
            ])
        #expect(opened["Plaintext"] == "eA==")
    }

    @Test("a code is verified by the key that made it")
    func mac() async throws {
        let key = try await key(macKey)
        let input: JSON = ["KeyId": key, "Message": "eA==", "MacAlgorithm": "HMAC_SHA_256"]
        let mac = try await bench.done("KMS.GenerateMac", input)["Mac"] ?? ""
        let verified = try await bench.done("KMS.VerifyMac", input.with("Mac", mac))
        #expect(verified["MacValid"] == true)
        try await bench.refused(
            "KMS.VerifyMac", input.with("Mac", mac).with("Message", "eQ=="),
            "KMSInvalidMacException")
    }

    // KMS guide, "Rotate AWS KMS keys": a disabled key is not rotated, and late when enabled again.
    @Test("material rotates by the clock while the key is enabled, and old ciphertexts open")
    func rotation() async throws {
        let key = try await key()
        let blob =
            try await bench.done("KMS.Encrypt", ["KeyId": key, "Plaintext": "eA=="])[
                "CiphertextBlob"] ?? ""
        try await bench.done(
            "KMS.EnableKeyRotation", ["KeyId": key, "RotationPeriodInDays": 100])
        bench.sandbox.advance(by: 250 * 86_400)
        func rotations() async throws -> Int {
            try await bench.done("KMS.ListKeyRotations", ["KeyId": key])["Rotations"]?.array?
                .count ?? 0
        }
        #expect(try await rotations() == 2)
        try await bench.done("KMS.DisableKey", ["KeyId": key])
        bench.sandbox.advance(by: 100 * 86_400)
        #expect(try await rotations() == 2)
        try await bench.done("KMS.EnableKey", ["KeyId": key])
        bench.sandbox.advance(by: 1)
        #expect(try await rotations() == 3)
        try await bench.done("KMS.Decrypt", ["CiphertextBlob": blob])
        let all = try await bench.done(
            "KMS.ListKeyRotations", ["KeyId": key, "IncludeKeyMaterial": "ALL_KEY_MATERIAL"])
        #expect(all["Rotations"]?.array?.count == 4)
        #expect(all["Rotations"]?[3]?["KeyMaterialState"] == "CURRENT")
    }
}
