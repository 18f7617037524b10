/// One filter of ListSecrets and BatchGetSecretValue: any of its values must fit.
///
/// A `!` before a value turns it around (botocore Filter).
struct SecretFilter {
    enum Key: String, CaseIterable {
        case description, name
        case tagKey = "tag-key"
        case tagValue = "tag-value"
        case primaryRegion = "primary-region"
        case owningService = "owning-service"
        case all
    }

    let key: Key
    let values: [String]

    /// The filters of a request: at most ten of at most ten values.
    static func all(of input: Input) throws(Refused) -> [SecretFilter] {
        guard let entries = try input.objects("Filters") else { return [] }
        try input.check(count: 0...10, of: "Filters")
        var filters: [SecretFilter] = []
        for (position, entry) in entries.enumerated() {
            let place = "filters.\(position + 1).member"
            let name = try entry.required("Key")
            guard let key = Key(rawValue: name) else {
                let names = Key.allCases.map(\.rawValue).joined(separator: ", ")
                throw Refused(
                    .constraint, " '\(name)'", "\(place).key",
                    "Member must satisfy enum value set: [\(names)]")
            }
            guard let values = try entry.texts("Values") else {
                throw Refused(
                    .constraint, " null", "\(place).values", "Member must not be null")
            }
            try entry.check(count: 1...10, of: "Values")
            for value in values where !isValue(value) {
                throw Refused(
                    .constraint, " '\(value)'", "\(place).values",
                    "Member must satisfy regular expression pattern: "
                        + "^\\!?[a-zA-Z0-9 :_@\\/\\+\\=\\.\\-\\!]*$")
            }
            filters.append(SecretFilter(key: key, values: values))
        }
        return filters
    }

    func accepts(_ secret: StoredSecret) -> Bool {
        values.contains { value in
            let isNegated = value.hasPrefix("!")
            return fits(secret, isNegated ? value.dropFirst() : value[...]) != isNegated
        }
    }

    private func fits(_ secret: StoredSecret, _ value: Substring) -> Bool {
        switch key {
        case .name: secret.name.hasPrefix(value)
        case .description: (secret.description ?? "").lowercased().hasPrefix(value.lowercased())
        case .tagKey: secret.tags?.all.contains { $0.key.hasPrefix(value) } ?? false
        case .tagValue: secret.tags?.all.contains { $0.value.hasPrefix(value) } ?? false
        case .primaryRegion: secret.primaryRegion?.hasPrefix(value) ?? false
        // No secret of the sandbox belongs to another service.
        case .owningService: false
        case .all: Self.holds(secret, value)
        }
    }

    /// Whether each word is somewhere in the secret, in any case.
    private static func holds(_ secret: StoredSecret, _ value: Substring) -> Bool {
        let tags = secret.tags?.all.flatMap { [$0.key, $0.value] } ?? []
        let texts = ([secret.name, secret.description ?? "", secret.primaryRegion ?? ""] + tags)
            .map { $0.lowercased() }
        return value.lowercased().split(separator: " ").allSatisfy { word in
            texts.contains { $0.contains(word) }
        }
    }

    private static func isValue(_ text: String) -> Bool {
        text.unicodeScalars.count <= 512
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.isASCIIAlphanumeric || " :_@/+=.-!".unicodeScalars.contains(scalar)
            }
    }
}
