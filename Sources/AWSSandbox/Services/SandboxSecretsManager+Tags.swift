internal import JSON

/// Tags of secrets.
extension SandboxSecretsManager {
    static func tagResource(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let secret = try writableSecret(of: input, in: region)
        guard let added = try tags(of: input) else {
            throw Refused(.constraint, " null", "tags", "Member must not be null")
        }
        var tags = secret.tags ?? Tags()
        tags.set(added)
        guard tags.all.count <= 50 else { throw Refused(.tagSecretQuota) }
        region.secrets[secret.name]?.tags = tags
        return nil
    }

    static func untagResource(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let secret = try writableSecret(of: input, in: region)
        guard let keys = try input.texts("TagKeys") else {
            throw Refused(.constraint, " null", "tagKeys", "Member must not be null")
        }
        region.secrets[secret.name]?.tags?.remove(keys: keys)
        return nil
    }

    static func tags(of input: Input) throws(Refused) -> [Tags.Tag]? {
        guard let tags = try input.tags(key: "Key", value: "Value") else { return nil }
        guard tags.count <= 50 else { throw Refused(.tagSecretQuota) }
        guard !tags.contains(where: { $0.key.lowercased().hasPrefix("aws:") }) else {
            throw Refused(.tagSecretReserved)
        }
        guard Set(tags.map(\.key)).count == tags.count else {
            throw Refused(.tagSecretDuplicate)
        }
        return tags
    }
}
