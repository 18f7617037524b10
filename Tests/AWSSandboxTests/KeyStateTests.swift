import AWSSandbox
import JSON
import Testing

/// The table "Key states of AWS KMS keys" of the KMS developer guide, as far as the sandbox knows
/// its operations and states.
@Suite struct KeyStateTests {
    /// What the guide says of one operation on a disabled key and on one pending deletion.
    struct Row: Sendable, CustomStringConvertible {
        let operation: String
        let disabled: Outcome
        let pending: Outcome
        var description: String { operation }

        init(_ operation: String, _ disabled: Outcome, _ pending: Outcome) {
            (self.operation, self.disabled, self.pending) = (operation, disabled, pending)
        }
    }

    /// With the numbers of the guide's notes.
    enum Outcome: Sendable {
        case done
        /// [1] DisabledException: is disabled.
        case disabled
        /// [3] KMSInvalidStateException: is pending deletion.
        case pending
        /// [4] KMSInvalidStateException: is not pending deletion.
        case notPending

        func refusal(_ arn: String) -> (String, String)? {
            switch self {
            case .done: nil
            case .disabled: ("DisabledException", "\(arn) is disabled.")
            case .pending: ("KMSInvalidStateException", "\(arn) is pending deletion.")
            case .notPending: ("KMSInvalidStateException", "\(arn) is not pending deletion.")
            }
        }
    }

    static let rows = [
        Row("CancelKeyDeletion", .notPending, .done), Row("CreateAlias", .done, .pending),
        Row("Decrypt", .disabled, .pending), Row("DescribeKey", .done, .done),
        Row("DisableKey", .done, .pending), Row("DisableKeyRotation", .disabled, .pending),
        Row("EnableKey", .done, .pending), Row("EnableKeyRotation", .disabled, .pending),
        Row("Encrypt", .disabled, .pending), Row("GenerateDataKey", .disabled, .pending),
        Row("GenerateDataKeyWithoutPlaintext", .disabled, .pending),
        Row("GenerateMac", .disabled, .pending), Row("GetKeyPolicy", .done, .done),
        Row("GetKeyRotationStatus", .done, .done), Row("ListAliases", .done, .done),
        Row("ListKeyPolicies", .done, .done), Row("ListKeyRotations", .done, .done),
        Row("ListResourceTags", .done, .done), Row("PutKeyPolicy", .done, .done),
        Row("ReEncrypt", .disabled, .pending), Row("RotateKeyOnDemand", .disabled, .pending),
        Row("ScheduleKeyDeletion", .done, .pending), Row("TagResource", .done, .pending),
        Row("UntagResource", .done, .pending), Row("UpdateAlias", .done, .pending),
        Row("UpdateKeyDescription", .done, .pending), Row("VerifyMac", .disabled, .pending),
        Row("DeleteAlias", .done, .done),
    ]

    private static let rootPolicy = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:*",\
        "Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Resource":"*"}]}
        """

    /// The input of an operation on `key`, which has an alias and a ciphertext.
    private func input(_ operation: String, _ key: JSON, _ other: JSON, _ blob: JSON) -> JSON {
        switch operation {
        case "CreateAlias": ["AliasName": "alias/new", "TargetKeyId": key]
        case "UpdateAlias": ["AliasName": "alias/other", "TargetKeyId": key]
        case "DeleteAlias": ["AliasName": "alias/mine"]
        case "Decrypt": ["CiphertextBlob": blob]
        case "ReEncrypt": ["CiphertextBlob": blob, "DestinationKeyId": other]
        case "Encrypt": ["KeyId": key, "Plaintext": "eA=="]
        case "GenerateDataKey", "GenerateDataKeyWithoutPlaintext":
            ["KeyId": key, "KeySpec": "AES_256"]
        case "GenerateMac": ["KeyId": key, "Message": "eA==", "MacAlgorithm": "HMAC_SHA_256"]
        case "VerifyMac":
            ["KeyId": key, "Message": "eA==", "MacAlgorithm": "HMAC_SHA_256", "Mac": "eA=="]
        case "PutKeyPolicy": ["KeyId": key, "Policy": .string(Self.rootPolicy)]
        case "TagResource": ["KeyId": key, "Tags": [["TagKey": "a", "TagValue": ""]]]
        case "UntagResource": ["KeyId": key, "TagKeys": ["a"]]
        case "UpdateKeyDescription": ["KeyId": key, "Description": "d"]
        default: ["KeyId": key]
        }
    }

    @Test(
        "a state of a key refuses what the guide's table says, in its words", arguments: rows)
    func row(_ row: Row) async throws {
        for (state, outcome) in [
            ("DisableKey", row.disabled), ("ScheduleKeyDeletion", row.pending),
        ] {
            let bench = try Bench()
            let isMac = row.operation.hasSuffix("Mac")
            let key =
                try await bench.done(
                    "KMS.CreateKey",
                    isMac ? ["KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"] : [:])[
                    "KeyMetadata"]?["Arn"] ?? ""
            let other = try await bench.done("KMS.CreateKey", [:])["KeyMetadata"]?["Arn"] ?? ""
            for (alias, target) in [("alias/mine", key), ("alias/other", other)] {
                try await bench.done(
                    "KMS.CreateAlias", ["AliasName": .string(alias), "TargetKeyId": target])
            }
            let blob =
                isMac
                ? ""
                : try await bench.done("KMS.Encrypt", ["KeyId": key, "Plaintext": "eA=="])[
                    "CiphertextBlob"] ?? ""
            try await bench.done("KMS.\(state)", ["KeyId": key])
            let input = input(row.operation, key, other, blob)
            if let (code, text) = outcome.refusal(key.string ?? "") {
                try await bench.refused("KMS.\(row.operation)", input, code, text)
            } else {
                try await bench.done("KMS.\(row.operation)", input)
            }
        }
    }

    @Test("a key comes back disabled, and with what was encrypted under it")
    func comesBack() async throws {
        let bench = try Bench()
        let key = try await bench.done("KMS.CreateKey", [:])["KeyMetadata"]?["Arn"] ?? ""
        let blob =
            try await bench.done("KMS.Encrypt", ["KeyId": key, "Plaintext": "eA=="])[
                "CiphertextBlob"] ?? ""
        try await bench.done("KMS.ScheduleKeyDeletion", ["KeyId": key])
        bench.sandbox.advance(by: 29 * 86_400)
        try await bench.done("KMS.CancelKeyDeletion", ["KeyId": key])
        try await bench.refused("KMS.Decrypt", ["CiphertextBlob": blob], "DisabledException")
        try await bench.done("KMS.EnableKey", ["KeyId": key])
        try await bench.done("KMS.Decrypt", ["CiphertextBlob": blob])
        try await bench.done("KMS.ScheduleKeyDeletion", ["KeyId": key])
        bench.sandbox.advance(by: 30 * 86_400)
        // aceew/aws-lambda-env-vars#7.
        try await bench.refused(
            "KMS.Decrypt", ["CiphertextBlob": blob], "AccessDeniedException",
            "The ciphertext refers to a customer master key that does not exist, does not exist "
                + "in this region, or you are not allowed to access.")
    }
}
