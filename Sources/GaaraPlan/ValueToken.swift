package import GaaraStore
internal import Digest

/// The key under which value tokens are made: 32 bytes that only those who may use the
/// environment's HMAC key can get (design 5.2).
package struct Pepper: Sendable {
    private let bytes: SecretValue
    /// Eight hex digits that name the pepper and tell nothing about it.
    package let id: String

    package init(_ bytes: [UInt8]) {
        id = Hex.encode(Array(HMACSHA256.code(key: bytes, message: Array("id".utf8)).prefix(4)))
        self.bytes = SecretValue(binary: bytes)
    }

    /// What KMS is asked to authenticate to get the pepper; the same message gives the same bytes
    /// every time (KMS API, GenerateMac).
    package static let message = Array("gaara-infra value-tokens 1".utf8)

    /// The token of `value` as the value of the secret called `name`: it becomes the id of the
    /// version that holds the value.
    ///
    /// - Parameter name: the whole name, `gaara-store/production/database-url`, so that one value
    ///   under two names has two tokens.
    package func token(of value: SecretValue, name: String) -> String {
        var message = Array("gaara1".utf8) + [0] + Array(name.utf8) + [0]
        message.append(UInt8(ascii: value.kind == .binary ? "b" : "s"))
        value.withBytes { message.append(contentsOf: $0) }
        let code = bytes.withBytes { HMACSHA256.code(key: $0, message: message) }
        return "gaara1-\(id)-\(Hex.encode(Array(code.prefix(24))))"
    }
}

/// Who made a version of a secret, as its id tells.
package enum VersionOrigin: Hashable, Sendable {
    /// We did, under the pepper of that id.
    case keyed(pepperID: String)
    /// We did, without value tokens.
    case unkeyed
    /// Somebody else.
    case foreign

    package init(versionID: String) {
        let parts = versionID.split(separator: "-", omittingEmptySubsequences: false)
        if parts.count == 3, parts[0] == "gaara1", parts[1].count == 8, parts[2].count == 48 {
            self = .keyed(pepperID: String(parts[1]))
        } else if versionID.hasPrefix("gaara0-") {
            self = .unkeyed
        } else {
            self = .foreign
        }
    }
}

/// What is at hand of a declared value when the steps are computed.
package enum Supply: Hashable, Sendable {
    /// The value, and this is its token.
    case token(String)
    /// The value, but no pepper to make its token with.
    case unkeyed
    /// The value, and whether the one in force is the same, which somebody has read; the token as
    /// above.
    case read(isSame: Bool, token: String?)
    /// Nothing yet: it is drawn in apply.
    case drawn
    /// Nothing, and why: names the source and what would supply it.
    case missing(String)
}
