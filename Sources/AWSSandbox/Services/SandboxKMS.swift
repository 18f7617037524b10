internal import JSON

/// KMS in one region: dispatch, and how a key is found.
enum SandboxKMS {
    typealias Operation = @Sendable (Call, Input, inout Region) throws(Refused) -> JSON?

    /// Every operation that the sandbox knows.
    static let operations: [String: Operation] = [
        "CreateKey": createKey,
        "DescribeKey": describeKey,
        "ListKeys": listKeys,
        "UpdateKeyDescription": updateKeyDescription,
        "EnableKey": enableKey,
        "DisableKey": disableKey,
        "ScheduleKeyDeletion": scheduleKeyDeletion,
        "CancelKeyDeletion": cancelKeyDeletion,
        "CreateAlias": createAlias,
        "UpdateAlias": updateAlias,
        "DeleteAlias": deleteAlias,
        "ListAliases": listAliases,
        "GetKeyPolicy": getKeyPolicy,
        "PutKeyPolicy": putKeyPolicy,
        "EnableKeyRotation": enableKeyRotation,
        "DisableKeyRotation": disableKeyRotation,
        "GetKeyRotationStatus": getKeyRotationStatus,
        "TagResource": tagResource,
        "UntagResource": untagResource,
        "ListResourceTags": listResourceTags,
        "GenerateMac": generateMac,
        "VerifyMac": verifyMac,
        "Encrypt": encrypt,
        "Decrypt": decrypt,
        "ReEncrypt": reEncrypt,
        "GenerateDataKey": generateDataKey,
        "GenerateDataKeyWithoutPlaintext": generateDataKeyWithoutPlaintext,
        "GenerateRandom": generateRandom,
        "RotateKeyOnDemand": rotateKeyOnDemand,
        "ListKeyRotations": listKeyRotations,
        "ListKeyPolicies": listKeyPolicies,
    ]

    /// The key that `id` names: an id, a key ARN and, where the operation takes one, an alias or
    /// its ARN.
    static func key(
        _ id: String, in region: Region, allowsAlias: Bool = false
    ) throws(Refused) -> KMSKey {
        let resource = try self.resource(id, in: region)
        if resource.hasPrefix("alias/") {
            guard allowsAlias else { throw Refused(.invalidKeyID, id) }
            guard let alias = region.aliases[resource], let key = region.keys[alias.keyID] else {
                throw Refused(.noSuchAlias, region.arn("kms", resource))
            }
            return key
        }
        guard isKeyID(resource) else { throw Refused(.invalidKeyID, id) }
        guard let key = region.keys[resource] else {
            throw Refused(.noSuchKey, region.arn("kms", "key/\(resource)"))
        }
        return key
    }

    /// The key of the member `KeyId`, by id or ARN.
    static func key(
        of input: Input, in region: Region, allowsAlias: Bool = false
    ) throws(Refused) -> KMSKey {
        try key(
            input.required("KeyId", length: 1...2048), in: region, allowsAlias: allowsAlias)
    }

    /// Refuses a key in any state but `Enabled`.
    static func checkEnabled(_ key: KMSKey) throws(Refused) {
        try checkNotPendingDeletion(key)
        if key.state == .disabled { throw Refused(.keyDisabled, key.arn) }
    }

    /// Most changes are refused on a key that waits for deletion (KMS guide, "Key states").
    static func checkNotPendingDeletion(_ key: KMSKey) throws(Refused) {
        if case .pendingDeletion = key.state { throw Refused(.keyPendingDeletion, key.arn) }
    }

    /// `alias/...` or a key id, from any of the four forms.
    private static func resource(_ id: String, in region: Region) throws(Refused) -> String {
        guard id.hasPrefix("arn:") else { return id }
        let parts = id.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[2] == "kms" else { throw Refused(.invalidKeyID, id) }
        guard parts[3] == region.name else { throw Refused(.keyElsewhere, String(parts[3])) }
        guard parts[4] == region.account else { throw Refused(.noSuchKey, id) }
        return parts[5].hasPrefix("key/") ? String(parts[5].dropFirst(4)) : String(parts[5])
    }

    /// A UUID in its dashed form, or a multi-Region key's id; AWS tells other texts apart from ids
    /// that nothing has (LS test_get_key_does_not_exist).
    private static func isKeyID(_ text: String) -> Bool {
        if text.hasPrefix("mrk-") {
            return text.utf8.count == 36 && text.dropFirst(4).allSatisfy(\.isHexDigit)
        }
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && groups.allSatisfy { $0.allSatisfy(\.isHexDigit) }
    }
}
