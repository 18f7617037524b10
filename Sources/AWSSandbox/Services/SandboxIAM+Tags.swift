/// Tags of policies, roles and users: fifty at most, with keys that differ in more than case.
extension SandboxIAM {
    /// The tags of the request.
    static func tags(of form: Form) throws(Refused) -> [Tags.Tag] {
        let tags = try form.tags()
        guard tags.count <= 50 else {
            throw Refused(
                .constraintQuery, "", "tags", "Member must have length less than or equal to 50")
        }
        for (index, tag) in tags.enumerated() {
            try check(tag.key, "key", of: index + 1, length: 1...128)
            try check(tag.value, "value", of: index + 1, length: 0...256)
        }
        guard !tags.contains(where: { $0.key.lowercased().hasPrefix("aws:") }) else {
            throw Refused(.iamReservedTag)
        }
        guard Set(tags.map { $0.key.lowercased() }).count == tags.count else {
            throw Refused(.iamDuplicateTags)
        }
        return tags
    }

    /// `known` with `tags` in it; a key that is there in another case is replaced.
    static func merged(_ tags: [Tags.Tag], into known: Tags) throws(Refused) -> Tags {
        let keys = Set(tags.map { $0.key.lowercased() })
        var merged = known
        merged.remove(
            keys: known.all.map(\.key).filter { key in
                keys.contains(key.lowercased()) && !tags.contains { $0.key == key }
            })
        merged.set(tags)
        guard merged.all.count <= 50 else { throw Refused(.tagQuota) }
        return merged
    }

    static func listTags(_ tags: Tags, _ form: Form) throws(Refused) -> [XML] {
        try page(of: tags.all.sorted { $0.key < $1.key }, form, called: "Tags", by: \.key) {
            [XML("Key", $0.key), XML("Value", $0.value)]
        }
    }

    /// The `Tags` of a thing; nothing when it has none.
    static func elements(of tags: Tags) -> [XML] {
        guard !tags.all.isEmpty else { return [] }
        return [
            XML(list: "Tags", of: tags.all.map { [XML("Key", $0.key), XML("Value", $0.value)] })
        ]
    }

    /// `[\p{L}\p{Z}\p{N}_.:/=+\-@]` (botocore tagKeyType).
    private static func check(
        _ text: String, _ member: String, of index: Int, length: ClosedRange<Int>
    ) throws(Refused) {
        let place = "tags.\(index).member.\(member)"
        let count = text.unicodeScalars.count
        guard length.contains(count) else {
            let bound =
                count < length.lowerBound
                ? "greater than or equal to \(length.lowerBound)"
                : "less than or equal to \(length.upperBound)"
            throw Refused(
                .constraintQuery, " '\(text)'", place, "Member must have length \(bound)")
        }
        guard text.unicodeScalars.allSatisfy(isAllowed) else {
            throw Refused(
                .constraintQuery, " '\(text)'", place,
                #"Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]+"#)
        }
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .spaceSeparator, .lineSeparator, .paragraphSeparator, .decimalNumber, .letterNumber,
            .otherNumber:
            true
        default: "_.:/=+-@".unicodeScalars.contains(scalar)
        }
    }
}
