import Digest
import JSON

extension Scenario {
    static let kms: [Scenario] =
        [
            Scenario("TestKMS::test_get_key_in_different_region describe-key-diff-region-with-id") {
                try await $0.call("kms DescribeKey", ["KeyId": $0.key(in: "eu-west-1")])
            },
            Scenario(
                "TestKMS::test_get_key_in_different_region describe-key-diff-region-with-arn",
                without: ["eu-west-1"]
            ) {
                let made = try await $0.call("kms CreateKey", in: "eu-west-1")
                let arn = made.json?["KeyMetadata"]?["Arn"] ?? .null
                return try await $0.call("kms DescribeKey", ["KeyId": arn])
            },
            Scenario("TestKMS::test_get_key_does_not_exist describe-nonexistent-key-with-id") {
                try await $0.call("kms DescribeKey", ["KeyId": nobody])
            },
            Scenario("TestKMS::test_get_key_does_not_exist describe-nonexistent-with-arn") {
                try await $0.call(
                    "kms DescribeKey",
                    ["KeyId": .string("arn:aws:kms:us-east-1:\(Bench.accountID):key/\(nobodyID)")])
            },
            Scenario("TestKMS::test_get_key_does_not_exist describe-key-with-valid-id-mrk") {
                try await $0.call(
                    "kms DescribeKey", ["KeyId": "mrk-d3b95762d3b95762d3b95762d3b95762"])
            },
            Scenario("TestKMS::test_replicate_key describe-key-from-different-region") {
                try await $0.call(
                    "kms DescribeKey", ["KeyId": "mrk-0123456789abcdef0123456789abcdef"],
                    in: "ap-southeast-1")
            },
            Scenario("TestKMS::test_get_key_invalid_uuid describe-key-with-invalid-uuid") {
                try await $0.call("kms DescribeKey", ["KeyId": "fake-key-id"])
            },
            Scenario("TestKMS::test_get_key_invalid_uuid describe-key-with-invalid-uuid-2") {
                try await $0.call("kms DescribeKey", ["KeyId": "134f2428cec14b25a1ae9048164dba47"])
            },
            Scenario("TestKMS::test_get_key_invalid_uuid describe-key-with-invalid-uuid-mrk") {
                try await $0.call("kms DescribeKey", ["KeyId": "mrk-fake-key-id"])
            },
            Scenario("TestKMS::test_create_alias create_alias") {
                try await $0.call(
                    "kms CreateAlias", ["AliasName": "no-prefix", "TargetKeyId": $0.key()])
            },
            Scenario("TestKMS::test_derive_shared_secret response-invalid-key-spec") {
                try await $0.call(
                    "kms CreateKey", ["KeyUsage": "KEY_AGREEMENT", "KeySpec": "RSA_2048"])
            },
            Scenario(hmacKey + " create-hmac-key-without-key-usage") {
                try await $0.call("kms CreateKey", ["KeySpec": "HMAC_256"])
            },
            Scenario(hmacKey + " create-hmac-key-invalid-spec") {
                try await $0.call(
                    "kms CreateKey", ["KeySpec": "HMAC_random", "KeyUsage": "GENERATE_VERIFY_MAC"])
            },
            Scenario(hmacKey + " create-hmac-key-invalid-key-usage") {
                try await $0.call("kms CreateKey", ["KeySpec": "HMAC_256", "KeyUsage": "RANDOM"])
            },
            Scenario("TestKMS::test_invalid_generate_mac[HMAC_256-INVALID] generate-mac") {
                try await $0.call("kms GenerateMac", mac("INVALID", with: $0.key(forMac: true)))
            },
            Scenario("TestKMS::test_error_messaging_for_invalid_keys generate-mac-invalid-key-id") {
                try await $0.call("kms GenerateMac", mac("HMAC_SHA_224", with: $0.key()))
            },
        ]
        + ["224", "256", "384", "512"].map { bits in
            Scenario(
                "TestKMS::test_generate_and_verify_mac[HMAC_\(bits)-HMAC_SHA_\(bits)] "
                    + "generate-mac-invalid-key-id"
            ) { try await $0.call("kms GenerateMac", mac("HMAC_SHA_\(bits)", with: "key_id")) }
        }

    static let kmsTags: [Scenario] =
        [
            Scenario(
                "TestKMS::test_tag_key_with_duplicate_tag_keys_raises_error duplicate-tag-keys"
            ) {
                try await $0.call(
                    "kms TagResource",
                    ["KeyId": $0.key(), "Tags": tags([("tag1", "value1"), ("tag1", "another")])])
            },
            Scenario("TestKMS::test_create_key_with_too_many_tags_raises_error invalid-tag-key") {
                try await $0.call(
                    "kms CreateKey", ["Tags": tags((0...50).map { ("key\($0)", "value") })])
            },
            Scenario("TestKMS::test_tag_existing_key_with_invalid_tag_key invalid-tag-key") {
                try await $0.call(
                    "kms TagResource", ["KeyId": $0.key(), "Tags": tags([("aws:key1", "value1")])])
            },
            Scenario("TestKMS::test_key_with_long_tag_value_raises_error too-long-tag-value") {
                try await $0.call(
                    "kms CreateKey", ["Tags": tags([("tag1", String(repeating: "v", count: 257))])])
            },
        ]
        + [
            ("lowercase_prefix", "aws:key1"), ("uppercase_prefix", "AWS:key1"),
            ("too_long_key", String(repeating: "a", count: 129)),
        ].map { kind, key in
            Scenario("TestKMS::test_create_key_with_invalid_tag_key[\(kind)] invalid-tag-key") {
                try await $0.call("kms CreateKey", ["Tags": tags([(key, "value1")])])
            }
        }

    static let encryption: [Scenario] = [
        Scenario("TestKMS::test_plaintext_size_for_encrypt invalid-plaintext-size-encrypt") {
            try await $0.call(
                "kms Encrypt",
                [
                    "KeyId": $0.key(),
                    "Plaintext": .string(Base64.encode([UInt8](repeating: 65, count: 4268))),
                ])
        },
        Scenario("TestKMS::test_error_messaging_for_invalid_keys decrypt-invalid-key-id") {
            let sealed = try await encrypted($0, context: nil)
            return try await $0.call(
                "kms Decrypt", ["CiphertextBlob": sealed, "KeyId": $0.key(forMac: true)])
        },
        Scenario(context + " decrypt_response_without_encryption_context") {
            try await $0.call("kms Decrypt", ["CiphertextBlob": encrypted($0, context: ["a": "b"])])
        },
        Scenario(context + " decrypt_response_with_invalid_ciphertext") {
            try await $0.call(
                "kms Decrypt",
                [
                    "CiphertextBlob": .string(Base64.encode(Array("no ciphertext".utf8))),
                    "EncryptionContext": ["a": "b"],
                ])
        },
        Scenario(dataKey + "_without_plaintext decrypt-without-encryption-context") {
            let made = try await $0.made(
                "kms GenerateDataKeyWithoutPlaintext",
                ["KeyId": $0.key(), "KeySpec": "AES_256", "EncryptionContext": ["a": "b"]])
            let sealed = made.json?["CiphertextBlob"] ?? .null
            return try await $0.call("kms Decrypt", ["CiphertextBlob": sealed])
        },
        Scenario("TestKMS::test_re_encrypt_incorrect_source_key incorrect-source-key") {
            let sealed = try await encrypted($0, context: nil)
            return try await $0.call(
                "kms ReEncrypt",
                [
                    "CiphertextBlob": sealed, "SourceKeyId": $0.key(),
                    "DestinationKeyId": $0.key(),
                ])
        },
        Scenario(dataKey + " decrypt-without-encryption-context") {
            let made = try await $0.made(
                "kms GenerateDataKey",
                ["KeyId": $0.key(), "KeySpec": "AES_256", "EncryptionContext": ["a": "b"]])
            let sealed = made.json?["CiphertextBlob"] ?? .null
            return try await $0.call("kms Decrypt", ["CiphertextBlob": sealed])
        },
        Scenario("TestKMS::test_key_rotations_encryption_decryption bad-ciphertext") {
            try await $0.call(
                "kms Decrypt",
                ["CiphertextBlob": .string(Base64.encode(Array("bad ciphertext".utf8)))])
        },
    ]

    private static let hmacKey = "TestKMS::test_hmac_create_key_invalid_operations"
    private static let context = "TestKMS::test_encrypt_decrypt_encryption_context"
    private static let dataKey = "TestKMSGenerateKeys::test_encryption_context_generate_data_key"
    static let nobodyID = "134f2428-cec1-4b25-a1ae-9048164dba47"
    static let nobody = JSON.string(nobodyID)

    static func mac(_ algorithm: String, with key: JSON) -> JSON {
        ["KeyId": key, "MacAlgorithm": .string(algorithm), "Message": "bWVzc2FnZQ=="]
    }

    private static func tags(_ tags: [(String, String)]) -> JSON {
        .array(tags.map { ["TagKey": .string($0.0), "TagValue": .string($0.1)] })
    }

    private static func encrypted(_ wire: Wire, context: JSON?) async throws -> JSON {
        var input: JSONObject = ["KeyId": try await wire.key(), "Plaintext": "bWVzc2FnZQ=="]
        if let context { input["EncryptionContext"] = context }
        let made = try await wire.made("kms Encrypt", .object(input))
        return made.json?["CiphertextBlob"] ?? .null
    }
}
