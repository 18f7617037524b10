internal import JSON

/// Secrets Manager in one region: dispatch, and how a secret is found.
enum SandboxSecretsManager {
    typealias Operation = @Sendable (Call, Input, inout Region) throws(Refused) -> JSON?

    /// Every operation that the sandbox knows.
    static let operations: [String: Operation] = [
        "CreateSecret": createSecret,
        "UpdateSecret": updateSecret,
        "DescribeSecret": describeSecret,
        "ListSecrets": listSecrets,
        "ListSecretVersionIds": listSecretVersionIDs,
        "GetSecretValue": getSecretValue,
        "BatchGetSecretValue": batchGetSecretValue,
        "PutSecretValue": putSecretValue,
        "UpdateSecretVersionStage": updateSecretVersionStage,
        "DeleteSecret": deleteSecret,
        "RestoreSecret": restoreSecret,
        "RotateSecret": rotateSecret,
        "CancelRotateSecret": cancelRotateSecret,
        "TagResource": tagResource,
        "UntagResource": untagResource,
        "GetResourcePolicy": getResourcePolicy,
        "PutResourcePolicy": putResourcePolicy,
        "DeleteResourcePolicy": deleteResourcePolicy,
        "ValidateResourcePolicy": validateResourcePolicy,
        "ReplicateSecretToRegions": replicateSecretToRegions,
        "RemoveRegionsFromReplication": removeRegionsFromReplication,
        "StopReplicationToReplica": stopReplicationToReplica,
        "GetRandomPassword": getRandomPassword,
    ]

    /// The secret that `id` names: its name, its ARN, or its ARN without the hyphen and the six
    /// characters at the end.
    ///
    /// Such a part of an ARN finds nothing where the name itself ends in a hyphen and six characters,
    /// which AWS takes for the end of an ARN
    /// (LS test_create_and_update_secret[Invalid/_+=.@-Name-a1b2c3]).
    static func secret(_ id: String, in region: Region) throws(Refused) -> StoredSecret {
        guard id.hasPrefix("arn:") else {
            guard let secret = region.secrets[id] else { throw Refused(.noSuchSecret) }
            return secret
        }
        let secret = region.secrets.values.first { secret in
            secret.arn == id || (secret.arn.dropLast(7) == id && !hasSuffixOfARN(secret.name))
        }
        guard let secret else { throw Refused(.noSuchSecret) }
        return secret
    }

    private static func hasSuffixOfARN(_ name: String) -> Bool {
        let end = name.unicodeScalars.suffix(7)
        return end.count == 7 && end.first == "-"
            && end.dropFirst().allSatisfy(\.isASCIIAlphanumeric)
    }

    /// The secret of the member `SecretId`, in any state.
    static func anySecret(
        of input: Input, in region: Region
    ) throws(Refused) -> StoredSecret {
        try secret(secretID(of: input), in: region)
    }

    /// The member `SecretId`, refused when it is neither an ARN nor a name.
    static func secretID(of input: Input) throws(Refused) -> String {
        let id = try input.required("SecretId", length: 1...2048)
        guard id.hasPrefix("arn:") || isName(id) else { throw Refused(.secretName) }
        return id
    }

    /// The secret of the member `SecretId`, unless it is scheduled for deletion.
    static func secret(of input: Input, in region: Region) throws(Refused) -> StoredSecret {
        let secret = try anySecret(of: input, in: region)
        guard secret.deletion == nil else { throw Refused(.markedForDeletion) }
        return secret
    }

    /// The secret of a call that changes it: a copy changes only with its primary.
    static func writableSecret(of input: Input, in region: Region) throws(Refused) -> StoredSecret {
        let secret = try secret(of: input, in: region)
        guard secret.primaryRegion == nil else { throw Refused(.replicaIsReadOnly) }
        return secret
    }

    /// What every write answers.
    static func identity(of secret: StoredSecret, version: String? = nil) -> JSONObject {
        var answer: JSONObject = ["ARN": .string(secret.arn), "Name": .string(secret.name)]
        answer.add("VersionId", version.map(JSON.string))
        return answer
    }

    /// The token of a request, which an SDK fills in and a raw call must bring.
    static func token(
        of input: Input, orElse refusal: Refusal = .tokenMissing
    ) throws(Refused) -> String {
        guard let token = try input.text("ClientRequestToken", length: 32...64) else {
            throw Refused(refusal)
        }
        return token
    }

    /// The value of a request; `nil` when it has none.
    ///
    /// Limits in bytes, from botocore's SecretStringType and SecretBinaryType.
    static func value(of input: Input) throws(Refused) -> SandboxValue? {
        let text = try input.text("SecretString", length: 1...65_536, isSecret: true)
        let bytes = try input.bytes("SecretBinary", length: 1...65_536)
        switch (text, bytes) {
        case (nil, nil): return nil
        case (_?, _?): throw Refused(.valueTwice)
        case (nil, let bytes?): return .binary(bytes)
        case (let text?, nil):
            guard text.utf8.count <= 65_536 else {
                throw Refused(
                    .constraint, "", "secretString",
                    "Member must have length less than or equal to 65536")
            }
            return .text(text)
        }
    }
}
