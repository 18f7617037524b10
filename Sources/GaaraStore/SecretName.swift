/// The name of one secret as people say it, such as `database-url`.
///
/// It stands without application and environment, which `path(application:environment:)` adds.
public struct SecretName: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The name as it was written.
    public let text: String

    /// Characters that the whole path may have in Secrets Manager (botocore's model, type
    /// NameType), application and environment included.
    public static let maximumPathLength = 512

    /// Refuses what Secrets Manager refuses, and a name that could leave its folder.
    ///
    /// Allowed are 1 to 512 of `A-Z a-z 0-9 / _ + = . @ -` (CreateSecret, parameter Name), without
    /// a leading, trailing or doubled slash and without a part that is `.` or `..`.
    public init(validating text: String) throws(SecretNameError) {
        guard !text.isEmpty else { throw SecretNameError(reason: "a secret name is empty") }
        guard text.utf8.count <= Self.maximumPathLength else {
            throw SecretNameError(
                reason: "a secret name has more than \(Self.maximumPathLength) characters")
        }
        if let odd = text.unicodeScalars.first(where: { !Self.isAllowed($0) }) {
            throw SecretNameError(
                reason: "the secret name \(Self.quoted(text)) holds \(Self.quoted(String(odd))); "
                    + "allowed are letters, digits and / _ + = . @ -")
        }
        for part in text.split(separator: "/", omittingEmptySubsequences: false) {
            guard !part.isEmpty else {
                throw SecretNameError(
                    reason: "the secret name \(Self.quoted(text)) begins or ends with a slash, "
                        + "or doubles one")
            }
            guard part != ".", part != ".." else {
                throw SecretNameError(
                    reason: "the secret name \(Self.quoted(text)) has the part '\(part)'")
            }
        }
        self.text = text
    }

    /// The environment variable that stands for this secret.
    ///
    /// It is upper case, every other character an underscore: `database-url` is `DATABASE_URL`.
    /// Names that differ only in such characters share a variable.
    public var variable: String {
        let bytes = text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 0x20
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
            default: UInt8(ascii: "_")
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The name in Secrets Manager: `gaara-store/production/database-url`.
    public func path(application: String, environment: DeploymentEnvironment) -> String {
        "\(application)/\(environment)/\(text)"
    }

    /// Whether the name ends in a hyphen and six characters, as `jwt-secret` does.
    ///
    /// Secrets Manager may then take it for an ARN whose own suffix of that form is left out
    /// (CreateSecret, parameter Name).
    public var looksLikePartialARN: Bool {
        let end = text.utf8.suffix(7)
        return end.count == 7 && end.first == UInt8(ascii: "-")
    }

    /// The name as it was written; it is no secret.
    public var description: String { text }

    /// The order of the names' bytes.
    public static func < (a: SecretName, b: SecretName) -> Bool { a.text < b.text }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "/", "_", "+", "=", ".", "@", "-": true
        default: false
        }
    }

    // Names come from files of others: no control character of theirs reaches a terminal.
    private static func quoted(_ text: String) -> String {
        "'" + text.unicodeScalars.map { $0.escaped(asASCII: true) }.joined() + "'"
    }
}

/// Why a text is no secret name.
public struct SecretNameError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One line for a person; it quotes the name, which is no secret.
    public let reason: String

    /// The reason.
    public var description: String { reason }
}
