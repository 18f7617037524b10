/// The fields of a query request (`application/x-www-form-urlencoded`), lists flattened as AWS
/// has them: `Tags.member.1.Key`.
struct Form {
    private let fields: [String: String]

    /// `nil` when the body is no such form or says a field twice.
    init?(_ body: [UInt8]) {
        var fields: [String: String] = [:]
        for pair in body.split(separator: UInt8(ascii: "&")) {
            let halves = pair.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let key = Self.decoded(halves.first ?? []),
                let value = Self.decoded(halves.count == 2 ? halves[1] : []),
                fields.updateValue(value, forKey: key) == nil
            else { return nil }
        }
        self.fields = fields
    }

    /// The field; an empty one is there.
    subscript(name: String) -> String? { fields[name] }

    func required(_ name: String) throws(Refused) -> String {
        guard let text = fields[name] else {
            throw Refused(.constraintQuery, " null", name.memberName, "Member must not be null")
        }
        return text
    }

    func number(
        _ name: String, in range: ClosedRange<Int>, default absent: Int
    ) throws(Refused) -> Int {
        guard let text = fields[name] else { return absent }
        guard let number = Int(text), range.contains(number) else {
            let isLow = (Int(text) ?? 0) < range.lowerBound
            throw Refused(
                .constraintQuery, " '\(text)'", name.memberName,
                "Member must have value "
                    + (isLow
                        ? "greater than or equal to \(range.lowerBound)"
                        : "less than or equal to \(range.upperBound)"))
        }
        return number
    }

    /// The field within the limits of the service's model; `nil` when it is not there.
    ///
    /// - Parameters:
    ///   - length: in characters.
    ///   - pattern: what the model says that `isAllowed` decides, letter by letter.
    func text(
        _ name: String, length: ClosedRange<Int>, pattern: String = "",
        isAllowed: (Unicode.Scalar) -> Bool = { _ in true }
    ) throws(Refused) -> String? {
        guard let text = fields[name] else { return nil }
        func refused(_ rule: String) -> Refused {
            Refused(.constraintQuery, " '\(text)'", name.memberName, "Member must \(rule)")
        }
        let count = text.unicodeScalars.count
        if count < length.lowerBound {
            throw refused("have length greater than or equal to \(length.lowerBound)")
        }
        if count > length.upperBound {
            throw refused("have length less than or equal to \(length.upperBound)")
        }
        guard text.unicodeScalars.allSatisfy(isAllowed) else {
            throw refused("satisfy regular expression pattern: \(pattern)")
        }
        return text
    }

    func flag(_ name: String) throws(Refused) -> Bool {
        switch fields[name] {
        case nil, "false": return false
        case "true": return true
        case let text?:
            throw Refused(
                .constraintQuery, " '\(text)'", name.memberName, "Member must be a boolean")
        }
    }

    /// The elements of a list, in order; `NAME.member.1` and on.
    func texts(_ name: String) -> [String] {
        var texts: [String] = []
        while let text = fields["\(name).member.\(texts.count + 1)"] { texts.append(text) }
        return texts
    }

    /// The tags of the request.
    func tags() throws(Refused) -> [Tags.Tag] {
        var tags: [Tags.Tag] = []
        while let key = fields["Tags.member.\(tags.count + 1).Key"] {
            let place = "Tags.member.\(tags.count + 1)"
            tags.append(Tags.Tag(key: key, value: try required("\(place).Value")))
        }
        return tags
    }

    private static func decoded(_ text: some Collection<UInt8>) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst(), let low = rest.popFirst(),
                    let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
                else { return nil }
                bytes.append(value)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
