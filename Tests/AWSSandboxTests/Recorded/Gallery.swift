import AWSSandbox
import JSON

/// Successful answers of the sandbox, to be held against the members of AWS's.
struct Gallery: Sendable {
    /// Members that no recorded answer had, by operation, with their source.
    static let others: [String: [String: String]] = [
        "monitoring DescribeAlarms": ["LogAlarms": "botocore DescribeAlarmsOutput"],
        "kms GenerateDataKey": ["KeyMaterialId": "botocore GenerateDataKeyResponse"],
        "kms GenerateDataKeyWithoutPlaintext": [
            "KeyMaterialId": "botocore GenerateDataKeyWithoutPlaintextResponse"
        ],
        "kms ReEncrypt": [
            "SourceKeyMaterialId": "botocore ReEncryptResponse",
            "DestinationKeyMaterialId": "botocore ReEncryptResponse",
        ],
        "iam CreatePolicy": Dictionary(
            uniqueKeysWithValues: ["Policy.Tags", "Policy.Tags.Key", "Policy.Tags.Value"].map {
                ($0, "botocore Policy: no recorded policy had tags")
            }),
    ]

    /// Members that AWS's recorded answers always had and that ours cannot have, with the reason.
    static let absent: [String: [String: String]] = [
        "iam SimulatePrincipalPolicy": Dictionary(
            uniqueKeysWithValues: ["", ".AllowedByOrganizations"].map {
                (
                    "EvaluationResults.OrganizationsDecisionDetail\($0)",
                    "botocore OrganizationsDecisionDetail: only of an account in an organization"
                )
            })
    ]

    static let all: [String: @Sendable (Wire) async throws -> Wire.Reply] = keys.merging(
        secrets.merging(principals) { $1 }
    ) { $1 }

    private typealias Pictures = [String: @Sendable (Wire) async throws -> Wire.Reply]

    private static let keys: Pictures = [
        "kms DescribeKey": { try await $0.call("kms DescribeKey", ["KeyId": $0.key()]) },
        "kms GetKeyRotationStatus": {
            let key = try await $0.key()
            _ = try await $0.made(
                "kms EnableKeyRotation", ["KeyId": key, "RotationPeriodInDays": 90])
            return try await $0.call("kms GetKeyRotationStatus", ["KeyId": key])
        },
        "kms GenerateMac": {
            try await $0.call(
                "kms GenerateMac",
                [
                    "KeyId": $0.key(forMac: true), "MacAlgorithm": "HMAC_SHA_256",
                    "Message": "bWVzc2FnZQ==",
                ])
        },
        "kms Encrypt": {
            try await $0.call("kms Encrypt", ["KeyId": $0.key(), "Plaintext": "bWVzc2FnZQ=="])
        },
        "kms Decrypt": {
            let made = try await $0.made(
                "kms Encrypt", ["KeyId": $0.key(), "Plaintext": "bWVzc2FnZQ=="])
            return try await $0.call(
                "kms Decrypt", ["CiphertextBlob": made.json?["CiphertextBlob"] ?? .null])
        },
        "kms GenerateDataKey": {
            try await $0.call(
                "kms GenerateDataKey", ["KeyId": $0.key(), "KeySpec": "AES_256"])
        },
        "kms GenerateDataKeyWithoutPlaintext": {
            try await $0.call(
                "kms GenerateDataKeyWithoutPlaintext", ["KeyId": $0.key(), "KeySpec": "AES_256"])
        },
        "kms ReEncrypt": {
            let made = try await $0.made(
                "kms Encrypt", ["KeyId": $0.key(), "Plaintext": "bWVzc2FnZQ=="])
            return try await $0.call(
                "kms ReEncrypt",
                [
                    "CiphertextBlob": made.json?["CiphertextBlob"] ?? .null,
                    "DestinationKeyId": $0.key(),
                ])
        },
        "kms RotateKeyOnDemand": {
            try await $0.call("kms RotateKeyOnDemand", ["KeyId": $0.key()])
        },
        "kms VerifyMac": {
            let key = try await $0.key(forMac: true)
            var input: JSONObject = [
                "KeyId": key, "MacAlgorithm": "HMAC_SHA_256", "Message": "bWVzc2FnZQ==",
            ]
            let made = try await $0.made("kms GenerateMac", .object(input))
            input["Mac"] = made.json?["Mac"]
            return try await $0.call("kms VerifyMac", .object(input))
        },
    ]

    private static let secrets: Pictures = [
        "secretsmanager CreateSecret": {
            try await $0.call(
                "secretsmanager CreateSecret",
                ["Name": "a", "SecretString": "x", "ClientRequestToken": .string(token("1"))])
        },
        "secretsmanager DeleteSecret": {
            try await $0.secret()
            return try await $0.call("secretsmanager DeleteSecret", ["SecretId": "secret"])
        },
        "secretsmanager RestoreSecret": {
            try await $0.secret()
            _ = try await $0.made("secretsmanager DeleteSecret", ["SecretId": "secret"])
            return try await $0.call("secretsmanager RestoreSecret", ["SecretId": "secret"])
        },
        "secretsmanager DescribeSecret": {
            try await rotating($0)
            _ = try await $0.made(
                "secretsmanager TagResource",
                ["SecretId": "secret", "Tags": [["Key": "a", "Value": "b"]]])
            return try await $0.call("secretsmanager DescribeSecret", ["SecretId": "secret"])
        },
        "secretsmanager RotateSecret": { try await rotating($0) },
        "secretsmanager GetSecretValue": {
            try await $0.secret()
            return try await $0.call("secretsmanager GetSecretValue", ["SecretId": "secret"])
        },
        "secretsmanager ListSecretVersionIds": {
            try await $0.secret()
            return try await $0.call("secretsmanager ListSecretVersionIds", ["SecretId": "secret"])
        },
        "secretsmanager PutSecretValue": {
            try await $0.secret()
            return try await $0.call("secretsmanager PutSecretValue", second)
        },
        "secretsmanager UpdateSecret": {
            try await $0.secret()
            return try await $0.call("secretsmanager UpdateSecret", second)
        },
        "secretsmanager UpdateSecretVersionStage": {
            try await $0.secret()
            return try await $0.call(
                "secretsmanager UpdateSecretVersionStage",
                [
                    "SecretId": "secret", "VersionStage": "extra",
                    "MoveToVersionId": .string(token("1")),
                ])
        },
        "secretsmanager PutResourcePolicy": { try await guarded($0) },
        "secretsmanager GetResourcePolicy": {
            _ = try await guarded($0)
            return try await $0.call("secretsmanager GetResourcePolicy", ["SecretId": "secret"])
        },
    ]

    private static let second: JSON = [
        "SecretId": "secret", "SecretString": "y", "ClientRequestToken": .string(token("2")),
    ]

    @discardableResult
    private static func rotating(_ wire: Wire) async throws -> Wire.Reply {
        let function = "arn:aws:lambda:us-east-1:123456789012:function:rotate"
        wire.bench.account.addFunction(function)
        try await wire.secret()
        return try await wire.call(
            "secretsmanager RotateSecret",
            [
                "SecretId": "secret", "ClientRequestToken": .string(token("2")),
                "RotationLambdaARN": .string(function),
                "RotationRules": ["AutomaticallyAfterDays": 1],
            ])
    }

    private static func guarded(_ wire: Wire) async throws -> Wire.Reply {
        try await wire.secret()
        let policy =
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","#
            + #""Principal":{"AWS":"arn:aws:iam::123456789012:root"},"#
            + #""Action":"secretsmanager:GetSecretValue","Resource":"*"}]}"#
        return try await wire.call(
            "secretsmanager PutResourcePolicy",
            ["SecretId": "secret", "ResourcePolicy": .string(policy)])
    }
}
