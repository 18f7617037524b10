package import POSIX

/// A secret's bytes, which nothing shows by accident.
///
/// It prints, mirrors, interpolates and encodes as `<redacted>`, and cannot be decoded, compared
/// with `==` or hashed. Its storage is wiped when the last copy goes. `revealed()` is the one word
/// to look for in a review.
public struct SecretValue: Sendable {
    /// How Secrets Manager holds the value: `SecretString` or `SecretBinary`.
    public enum Kind: String, Sendable { case string, binary }

    /// Which of the two this value is.
    public let kind: Kind
    package let bytes: ProtectedBytes

    /// A text; the string itself stays in the caller's memory until Swift frees it.
    public init(string: String) { self.init(.string, Array(string.utf8)) }

    /// Any bytes; the array is wiped when the caller gives its only copy.
    public init(binary: consuming [UInt8]) { self.init(.binary, binary) }

    /// Takes the bytes over, and wipes the array when it is the only copy.
    package init(_ kind: Kind, _ bytes: consuming [UInt8]) {
        self.kind = kind
        self.bytes = ProtectedBytes(bytes)
    }

    package init(_ kind: Kind, sharing bytes: ProtectedBytes) {
        self.kind = kind
        self.bytes = bytes
    }

    /// Bytes, not characters.
    public var byteCount: Int { bytes.count }

    /// The value as an ordinary Swift string, a copy that nothing wipes.
    ///
    /// - Returns: `nil` where the bytes are not UTF-8.
    public func revealed() -> String? {
        bytes.withBytes { String(validating: $0, as: UTF8.self) }
    }

    /// Whether both hold the same bytes, of whatever kind; the time taken tells only their number.
    public func constantTimeEquals(_ other: SecretValue) -> Bool {
        bytes.isEqual(to: other.bytes)
    }
}

extension SecretValue: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always `<redacted>`.
    public var description: String { "<redacted>" }
    /// Always `<redacted>`.
    public var debugDescription: String { "<redacted>" }
    /// Without children, so that `dump` and test failures show nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension SecretValue: Encodable {
    /// Writes the text `<redacted>`, so that a type which holds a value may be encoded.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
