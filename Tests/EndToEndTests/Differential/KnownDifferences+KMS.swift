import JSON

extension KnownDifference {
    static let ofKMS: [KnownDifference] = [
        members(
            "key-metadata", "LS DescribeKey: members of every recorded answer",
            of: ["kms CreateKey", "kms DescribeKey"],
            [
                "CurrentKeyMaterialId", "KeyUsage", "MultiRegion", "SigningAlgorithms",
                "EncryptionAlgorithms",
                "MacAlgorithms",
            ]),
        members(
            "deletion-members", "botocore ScheduleKeyDeletionResponse",
            of: ["kms ScheduleKeyDeletion"], ["KeyState", "PendingWindowInDays"]),
        values(
            "deletion-key", "botocore ScheduleKeyDeletionResponse: KeyId is the ARN",
            of: ["kms ScheduleKeyDeletion", "kms CancelKeyDeletion"], ["KeyId"]),
        members(
            "policy-name", "botocore GetKeyPolicyResponse", of: ["kms GetKeyPolicy"],
            ["PolicyName"]),
        refusal("key-arn-crash", "botocore: these take a key's id or ARN; moto knows ids only") {
            step, ours, motos in
            step.operation.hasPrefix("kms ")
                && step["KeyId"]?.string?.hasPrefix("<key ARN") == true
                && motos == .nonsense(status: 500)
        },
        refusal("key-disabled", "moto.md, KMS row EnableKey; KMS guide, Key states") {
            step, ours, motos in
            step.operation.hasPrefix("kms ") && ours.code == "DisabledException" && motos.isDone
        },
        members(
            "encryption-algorithm", "botocore EncryptResponse, DecryptResponse",
            of: ["kms Encrypt", "kms Decrypt"], ["EncryptionAlgorithm", "KeyMaterialId"]),
        refusal("mac-key-encrypts", "botocore Encrypt: InvalidKeyUsageException") {
            step, ours, motos in
            step.operation == "kms Encrypt" && ours.code == "InvalidKeyUsageException"
                && motos.isDone
        },
        refusal("no-blob", "moto.md, wire level: what is no base64 cannot be read") {
            step, ours, motos in
            step.operation == "kms Decrypt" && ours.code == "SerializationException"
                && motos.code != nil
        },
        refusal("alias-between-kinds", "botocore UpdateAlias: same type and usage") {
            step, ours, motos in
            step.operation == "kms UpdateAlias" && ours.code == "ValidationException"
                && motos.isDone
        },
        values(
            "mac-key", "botocore GenerateMacResponse; LS test_generate_and_verify_mac: the ARN",
            of: ["kms GenerateMac"], ["KeyId"]),
        refusal("alias-aws", "moto.md, KMS row CreateAlias") { step, ours, _ in
            step["AliasName"]?.string?.hasPrefix("alias/aws/") == true
                && ours.code == "NotAuthorizedException"
        },
        refusal("deletion-window", "moto.md, KMS row ScheduleKeyDeletion") { step, ours, motos in
            step["PendingWindowInDays"] == 6 && ours.code == "ValidationException" && motos.isDone
        },
        refusal("reserved-key-tag", "moto.md, KMS row TagResource") { _, ours, motos in
            ours.code == "TagException" && motos.isDone
        },
        refusal("key-pending-deletion", "moto.md, KMS row EnableKey; KMS guide, Key states") {
            step, ours, motos in
            step.operation.hasPrefix("kms ") && ours.code == "KMSInvalidStateException"
                && motos.isDone
        },
        members(
            "rotation-status", "moto.md, KMS row EnableKeyRotation",
            of: ["kms GetKeyRotationStatus"],
            ["KeyId", "RotationPeriodInDays", "NextRotationDate"]),
        refusal("rotation-of-mac-key", "moto.md, KMS row EnableKeyRotation") { _, ours, motos in
            ours.code == "UnsupportedOperationException" && motos.isDone
        },
        members(
            "alias-dates", "moto.md, KMS row ListAliases", of: ["kms ListAliases"],
            ["CreationDate", "LastUpdatedDate"]),
    ]
}
