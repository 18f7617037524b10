internal import JSON

/// Tags of keys: `TagKey` and `TagValue` here, `Key` and `Value` everywhere else.
extension SandboxKMS {
    static func tagResource(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let key = try key(of: input, in: region)
        guard let tags = try tags(of: input) else {
            throw Refused(.constraint, " null", "tags", "Member must not be null")
        }
        try checkNotPendingDeletion(key)
        var all = key.tags
        all.set(tags)
        guard all.all.count <= 50 else { throw Refused(.tooManyTags) }
        region.keys[key.id]?.tags = all
        return nil
    }

    static func untagResource(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let key = try key(of: input, in: region)
        guard let names = try input.texts("TagKeys") else {
            throw Refused(.constraint, " null", "tagKeys", "Member must not be null")
        }
        try checkNotPendingDeletion(key)
        region.keys[key.id]?.tags.remove(keys: names)
        return nil
    }

    static func listResourceTags(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let limit = try input.number("Limit", in: 1...50) ?? 50
        let key = try key(of: input, in: region)
        let tags = key.tags.all.sorted { $0.key < $1.key }
        return try page(of: tags, limit: limit, after: input, called: "Tags", by: \.key) {
            ["TagKey": .string($0.key), "TagValue": .string($0.value)]
        }
    }

    static func tags(of input: Input) throws(Refused) -> [Tags.Tag]? {
        guard let tags = try input.tags(key: "TagKey", value: "TagValue") else { return nil }
        guard tags.count <= 50 else { throw Refused(.tooManyTags) }
        guard !tags.contains(where: { $0.key.lowercased().hasPrefix("aws:") }) else {
            throw Refused(.reservedTag)
        }
        guard Set(tags.map(\.key)).count == tags.count else { throw Refused(.duplicateTags) }
        return tags
    }
}
