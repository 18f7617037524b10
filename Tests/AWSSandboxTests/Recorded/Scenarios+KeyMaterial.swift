import JSON

extension Scenario {
    /// Verifying codes.
    static let macs: [Scenario] =
        [
            Scenario(verification + "HMAC_SHA_256-some different important message] verify-mac") {
                try await verify($0, "HMAC_SHA_256", message: "b3RoZXI=")
            },
            Scenario(verification + "HMAC_SHA_512-some important message] verify-mac") {
                try await verify($0, "HMAC_SHA_512", message: "bWVzc2FnZQ==")
            },
            Scenario(verification + "INVALID-some important message] verify-mac") {
                try await verify($0, "INVALID", message: "bWVzc2FnZQ==")
            },
        ]
        + ["224", "256", "384", "512"].map { bits in
            Scenario(
                "TestKMS::test_generate_and_verify_mac[HMAC_\(bits)-HMAC_SHA_\(bits)] "
                    + "verify-mac-invalid-key-id"
            ) {
                try await $0.call(
                    "kms VerifyMac",
                    [
                        "KeyId": "key_id", "MacAlgorithm": .string("HMAC_SHA_\(bits)"),
                        "Message": "bWVzc2FnZQ==", "Mac": "bWFj",
                    ])
            }
        }

    private static let verification = "TestKMS::test_invalid_verify_mac[HMAC_256-"

    /// A code of `message`, verified under another algorithm or for another message.
    private static func verify(
        _ wire: Wire, _ algorithm: String, message: JSON
    ) async throws -> Wire.Reply {
        let key = try await wire.key(forMac: true)
        let code = try await wire.made("kms GenerateMac", mac("HMAC_SHA_256", with: key))
        return try await wire.call(
            "kms VerifyMac",
            [
                "KeyId": key, "MacAlgorithm": .string(algorithm), "Message": message,
                "Mac": code.json?["Mac"] ?? .null,
            ])
    }

    /// Rotations on demand, and random bytes.
    static let keyMaterial: [Scenario] =
        [
            Scenario(rotation + "raises_error_given_key_is_disabled error-response") {
                let key = try await $0.key()
                _ = try await $0.made("kms DisableKey", ["KeyId": key])
                return try await $0.call("kms RotateKeyOnDemand", ["KeyId": key])
            },
            Scenario(rotation + "raises_error_given_key_that_does_not_exist error-response") {
                try await $0.call("kms RotateKeyOnDemand", ["KeyId": nobody])
            },
            Scenario(rotation + "raises_error_given_non_symmetric_key error-response") {
                try await $0.call("kms RotateKeyOnDemand", ["KeyId": $0.key(forMac: true)])
            },
            Scenario("TestKMS::test_key_rotations_limits error-response") {
                let key = try await $0.key()
                for _ in 1...10 {
                    _ = try await $0.made("kms RotateKeyOnDemand", ["KeyId": key])
                }
                return try await $0.call("kms RotateKeyOnDemand", ["KeyId": key])
            },
        ]
        + [("None", [:] as JSON), ("0", ["NumberOfBytes": 0]), ("1025", ["NumberOfBytes": 1025])]
        .map { count, input in
            Scenario(
                "TestKMS::test_generate_random_invalid_number_of_bytes[\(count)] "
                    + "generate-random-exc"
            ) { try await $0.call("kms GenerateRandom", input) }
        }

    private static let rotation = "TestKMS::test_rotate_key_on_demand_"
}
