internal import AWS

/// How a value of the request is held against one of the policy (IAM User Guide, "IAM JSON policy
/// elements: Condition operators").
enum AccessComparison: String, Hashable, Sendable {
    case stringEquals = "StringEquals"
    case stringEqualsIgnoreCase = "StringEqualsIgnoreCase"
    case stringLike = "StringLike"
    case numericEquals = "NumericEquals"
    case numericLessThan = "NumericLessThan"
    case numericLessThanEquals = "NumericLessThanEquals"
    case numericGreaterThan = "NumericGreaterThan"
    case numericGreaterThanEquals = "NumericGreaterThanEquals"
    case dateEquals = "DateEquals"
    case dateLessThan = "DateLessThan"
    case dateLessThanEquals = "DateLessThanEquals"
    case dateGreaterThan = "DateGreaterThan"
    case dateGreaterThanEquals = "DateGreaterThanEquals"
    case bool = "Bool"
    case binaryEquals = "BinaryEquals"
    case ipAddress = "IpAddress"
    case arnEquals = "ArnEquals"
    case arnLike = "ArnLike"

    /// The operators that are the opposite of one of these.
    static let negated = [
        "StringNotEquals": "StringEquals",
        "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase", "StringNotLike": "StringLike",
        "NumericNotEquals": "NumericEquals", "DateNotEquals": "DateEquals",
        "NotIpAddress": "IpAddress", "ArnNotEquals": "ArnEquals", "ArnNotLike": "ArnLike",
    ]

    /// Whether the policy's value may hold `${...}`.
    var hasVariables: Bool {
        switch self {
        case .stringEquals, .stringEqualsIgnoreCase, .stringLike, .arnEquals, .arnLike: true
        default: false
        }
    }

    func holds(_ value: String, _ expected: String) -> Bool {
        switch self {
        case .stringEquals, .binaryEquals: value == expected
        case .stringEqualsIgnoreCase, .bool: value.lowercased() == expected.lowercased()
        case .stringLike: AccessPattern(expected).matches(value)
        // The two are the same.
        case .arnEquals, .arnLike: AccessPattern.matches(arn: value, expected)
        case .numericEquals: Self.compare(value, expected, Double.init, ==)
        case .numericLessThan: Self.compare(value, expected, Double.init, <)
        case .numericLessThanEquals: Self.compare(value, expected, Double.init, <=)
        case .numericGreaterThan: Self.compare(value, expected, Double.init, >)
        case .numericGreaterThanEquals: Self.compare(value, expected, Double.init, >=)
        case .dateEquals: Self.compare(value, expected, Self.date, ==)
        case .dateLessThan: Self.compare(value, expected, Self.date, <)
        case .dateLessThanEquals: Self.compare(value, expected, Self.date, <=)
        case .dateGreaterThan: Self.compare(value, expected, Self.date, >)
        case .dateGreaterThanEquals: Self.compare(value, expected, Self.date, >=)
        case .ipAddress: Self.isAddress(value, in: expected)
        }
    }

    private static func compare<Value>(
        _ value: String, _ expected: String, _ read: (String) -> Value?,
        _ holds: (Value, Value) -> Bool
    ) -> Bool {
        guard let value = read(value), let expected = read(expected) else { return false }
        return holds(value, expected)
    }

    /// ISO 8601 or seconds since 1970.
    private static func date(_ text: String) -> Int? { Int(text) ?? AWS.ISO8601.seconds(text) }

    /// IPv4; the sandbox has no caller with another.
    private static func isAddress(_ address: String, in block: String) -> Bool {
        let parts = block.split(separator: "/")
        guard let address = number(address[...]), let first = parts.first.flatMap(number) else {
            return false
        }
        let bits = parts.count == 2 ? Int(parts[1]) : 32
        guard let bits, (0...32).contains(bits) else { return false }
        let mask = bits == 0 ? 0 : ~UInt32(0) << UInt32(32 - bits)
        return address & mask == first & mask
    }

    private static func number(_ address: Substring) -> UInt32? {
        let parts = address.split(separator: ".").compactMap { UInt8($0) }
        guard parts.count == 4 else { return nil }
        return parts.reduce(0) { $0 << 8 | UInt32($1) }
    }
}
