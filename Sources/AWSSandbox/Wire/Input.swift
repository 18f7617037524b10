internal import Digest
internal import JSON

/// The members of a JSON request, read under the constraints that the service's model states.
struct Input {
    private let members: JSONObject

    init(_ body: [UInt8]) throws(Refused) {
        do {
            let value = body.isEmpty ? .object(JSONObject()) : try JSON(parsing: body)
            guard case .object(let object) = value else { throw Refused(.unreadable) }
            members = object
        } catch {
            throw Refused(.unreadable)
        }
    }

    init(_ members: JSONObject) { self.members = members }

    /// A REST request, whose members stand in the body and, as texts, in `parameters`.
    init(_ body: [UInt8], with parameters: [String: String]) throws(Refused) {
        var members = try Input(body).members
        for (name, text) in parameters { members[name] = .string(text) }
        self.members = members
    }

    /// The member, where `null` is no member.
    private func member(_ key: String) -> JSON? {
        guard let value = members[key], !value.isNull else { return nil }
        return value
    }

    func has(_ key: String) -> Bool { member(key) != nil }

    /// - Parameters:
    ///   - length: in characters.
    ///   - isSecret: the value stays out of the refusal, as AWS does for sensitive members.
    func text(
        _ key: String, length: ClosedRange<Int>? = nil, isSecret: Bool = false
    ) throws(Refused) -> String? {
        guard let value = member(key) else { return nil }
        guard let text = value.string else { throw Refused(.unreadable) }
        if let length {
            try check(length: text.unicodeScalars.count, in: length, of: key, isSecret ? nil : text)
        }
        return text
    }

    func required(_ key: String, length: ClosedRange<Int>? = nil) throws(Refused) -> String {
        guard let text = try text(key, length: length) else {
            throw Refused(.constraint, " null", key.memberName, "Member must not be null")
        }
        return text
    }

    /// Bytes, sent as base64.
    func bytes(_ key: String, length: ClosedRange<Int>) throws(Refused) -> [UInt8]? {
        guard let text = try text(key) else { return nil }
        guard let bytes = Base64.decode(text) else { throw Refused(.unreadable) }
        try check(length: bytes.count, in: length, of: key, nil)
        return bytes
    }

    func number(_ key: String, in range: ClosedRange<Int>? = nil) throws(Refused) -> Int? {
        guard let value = member(key) else { return nil }
        guard let number = value.int else { throw Refused(.unreadable) }
        if let range, !range.contains(number) {
            let bound =
                number < range.lowerBound
                ? "greater than or equal to \(range.lowerBound)"
                : "less than or equal to \(range.upperBound)"
            throw Refused(
                .constraint, " '\(number)'", key.memberName, "Member must have value \(bound)")
        }
        return number
    }

    /// A finite number.
    func double(_ key: String) throws(Refused) -> Double? {
        guard let value = member(key) else { return nil }
        guard let number = value.double, number.isFinite else { throw Refused(.unreadable) }
        return number
    }

    func doubles(_ key: String) throws(Refused) -> [Double]? {
        guard let value = member(key) else { return nil }
        guard let elements = value.array else { throw Refused(.unreadable) }
        var numbers: [Double] = []
        for element in elements {
            guard let number = element.double, number.isFinite else { throw Refused(.unreadable) }
            numbers.append(number)
        }
        return numbers
    }

    /// A time in whole seconds since 1970.
    func time(_ key: String) throws(Refused) -> Int? {
        guard let seconds = try double(key) else { return nil }
        guard let time = Int(exactly: seconds.rounded(.down)) else { throw Refused(.unreadable) }
        return time
    }

    /// One of `choices`, which a refusal names in this order.
    func choice(_ key: String, of choices: [String]) throws(Refused) -> String? {
        guard let text = try text(key) else { return nil }
        guard choices.contains(text) else {
            throw Refused(
                .constraint, " '\(text)'", key.memberName,
                "Member must satisfy enum value set: [\(choices.joined(separator: ", "))]")
        }
        return text
    }

    /// The member must satisfy the model's `pattern`, as `isAllowed` decides.
    func check(
        _ key: String, against pattern: String, _ isAllowed: (String) -> Bool
    ) throws(Refused) {
        guard let text = try text(key), !isAllowed(text) else { return }
        throw Refused(
            .constraint, " '\(text)'", key.memberName,
            "Member must satisfy regular expression pattern: \(pattern)")
    }

    /// How many elements the list may have.
    func check(count range: ClosedRange<Int>, of key: String) throws(Refused) {
        guard let count = member(key)?.array?.count else { return }
        try check(length: count, in: range, of: key, nil)
    }

    func flag(_ key: String) throws(Refused) -> Bool? {
        guard let value = member(key) else { return nil }
        guard let flag = value.bool else { throw Refused(.unreadable) }
        return flag
    }

    func object(_ key: String) throws(Refused) -> Input? {
        guard let value = member(key) else { return nil }
        guard let object = value.object else { throw Refused(.unreadable) }
        return Input(object)
    }

    func objects(_ key: String) throws(Refused) -> [Input]? {
        guard let value = member(key) else { return nil }
        guard let elements = value.array else { throw Refused(.unreadable) }
        var objects: [Input] = []
        for element in elements {
            guard let object = element.object else { throw Refused(.unreadable) }
            objects.append(Input(object))
        }
        return objects
    }

    /// The texts of a map, such as an encryption context; none without the member.
    func texts(in key: String) throws(Refused) -> [String: String] {
        guard let value = member(key) else { return [:] }
        guard let object = value.object else { throw Refused(.unreadable) }
        var texts: [String: String] = [:]
        for (name, value) in object.members {
            guard let text = value.string else { throw Refused(.unreadable) }
            texts[name] = text
        }
        return texts
    }

    func texts(_ key: String) throws(Refused) -> [String]? {
        guard let value = member(key) else { return nil }
        guard let elements = value.array else { throw Refused(.unreadable) }
        var texts: [String] = []
        for element in elements {
            guard let text = element.string else { throw Refused(.unreadable) }
            texts.append(text)
        }
        return texts
    }

    /// The tags under `Tags`, with the length limits that all services share; `nil` without any.
    func tags(key: String, value: String) throws(Refused) -> [Tags.Tag]? {
        guard let entries = try objects("Tags") else { return nil }
        var tags: [Tags.Tag] = []
        for (position, entry) in entries.enumerated() {
            let path = "tags.\(position + 1).member."
            let tag = Tags.Tag(
                key: try entry.required(key), value: try entry.text(value) ?? "")
            try check(
                length: tag.key.unicodeScalars.count, in: 1...128, of: path + key.memberName,
                tag.key)
            try check(
                length: tag.value.unicodeScalars.count, in: 0...256, of: path + value.memberName,
                tag.value)
            tags.append(tag)
        }
        return tags
    }

    private func check(
        length: Int, in range: ClosedRange<Int>, of key: String, _ value: String?
    ) throws(Refused) {
        guard !range.contains(length) else { return }
        let bound =
            length < range.lowerBound
            ? "greater than or equal to \(range.lowerBound)"
            : "less than or equal to \(range.upperBound)"
        throw Refused(
            .constraint, value.map { " '\($0)'" } ?? "", key.memberName,
            "Member must have length \(bound)")
    }
}

extension String {
    /// The name as a refusal writes it: `KeyId` is `keyId`.
    var memberName: String { prefix(1).lowercased() + dropFirst() }
}
