internal import JSON

/// Aliases, and the pages of KMS's lists.
extension SandboxKMS {
    static func createAlias(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let name = try aliasName(of: input)
        let key = try target(of: input, in: region)
        try checkNotPendingDeletion(key)
        guard region.aliases[name] == nil else {
            throw Refused(.aliasExists, region.arn("kms", name))
        }
        let siblings = region.aliases.values.count { $0.keyID == key.id }
        guard siblings < 50 else { throw Refused(.aliasQuota, key.arn) }
        region.aliases[name] = KMSAlias(
            name: name, keyID: key.id, created: call.now, updated: call.now)
        return nil
    }

    static func updateAlias(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let name = try aliasName(of: input)
        guard let alias = region.aliases[name], let old = region.keys[alias.keyID] else {
            throw Refused(.noSuchAlias, region.arn("kms", name))
        }
        let key = try target(of: input, in: region)
        try checkNotPendingDeletion(key)
        guard key.spec == old.spec else { throw Refused(.aliasBetweenKinds, name, key.arn) }
        region.aliases[name]?.keyID = key.id
        region.aliases[name]?.updated = call.now
        return nil
    }

    static func deleteAlias(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let name = try aliasName(of: input)
        guard region.aliases.removeValue(forKey: name) != nil else {
            throw Refused(.noSuchAlias, region.arn("kms", name))
        }
        return nil
    }

    /// AWS's own aliases are listed too, without a target until their key is made.
    static func listAliases(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let limit = try input.number("Limit", in: 1...100) ?? 50
        var aliases = Array(region.aliases.values)
        if input.has("KeyId") {
            let key = try key(of: input, in: region)
            aliases.removeAll { $0.keyID != key.id }
        } else {
            aliases += predefined.map { KMSAlias(name: $0, keyID: "", created: 0, updated: 0) }
        }
        aliases.sort { $0.name < $1.name }
        let prefix = region.arn("kms", "")
        return try page(of: aliases, limit: limit, after: input, called: "Aliases", by: \.name) {
            alias in
            var entry: JSONObject = [
                "AliasName": .string(alias.name), "AliasArn": .string(prefix + alias.name),
            ]
            if !alias.keyID.isEmpty {
                entry["TargetKeyId"] = .string(alias.keyID)
                entry["CreationDate"] = .time(alias.created)
                entry["LastUpdatedDate"] = .time(alias.updated)
            }
            return .object(entry)
        }
    }

    private static let predefined = ["alias/aws/ebs", "alias/aws/s3", "alias/aws/secretsmanager"]

    private static func aliasName(of input: Input) throws(Refused) -> String {
        let name = try input.required("AliasName", length: 1...256)
        guard name.hasPrefix("alias/"), name.count > 6 else { throw Refused(.aliasPrefix) }
        // The pattern of the model, botocore AliasNameType.
        let isAllowed = name.unicodeScalars.allSatisfy { scalar in
            scalar.isASCIIAlphanumeric || ":/_-".unicodeScalars.contains(scalar)
        }
        guard isAllowed else {
            throw Refused(
                .constraint, " '\(name)'", "aliasName",
                "Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$")
        }
        guard !name.hasPrefix("alias/aws/") else { throw Refused(.aliasReserved) }
        return name
    }

    private static func target(of input: Input, in region: Region) throws(Refused) -> KMSKey {
        let id = try input.required("TargetKeyId", length: 1...2048)
        guard !id.hasPrefix("alias/"), !id.contains(":alias/") else {
            throw Refused(.aliasOfAlias)
        }
        return try key(id, in: region)
    }

    /// One page of `items`, which are sorted by `name`.
    ///
    /// The marker is the last name of the page, so that what comes and goes between two pages moves
    /// nothing else.
    static func page<Item>(
        of items: [Item], limit: Int, after input: Input, called name: String,
        by key: (Item) -> String, _ entry: (Item) -> JSON
    ) throws(Refused) -> JSON {
        var rest = items[...]
        if let marker = try input.text("Marker", length: 1...1024) {
            guard marker.hasPrefix("m:") else { throw Refused(.invalidMarker) }
            rest = rest.drop { key($0) <= marker.dropFirst(2) }
        }
        let page = rest.prefix(limit)
        var answer = JSONObject()
        answer[name] = .array(page.map(entry))
        answer["Truncated"] = .bool(page.count < rest.count)
        if page.count < rest.count, let last = page.last {
            answer["NextMarker"] = .string("m:\(key(last))")
        }
        return .object(answer)
    }
}

extension Unicode.Scalar {
    var isASCIIAlphanumeric: Bool {
        switch self {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: false
        }
    }
}
