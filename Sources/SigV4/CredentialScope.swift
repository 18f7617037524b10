internal import Digest

/// What a signature is good for: one day, one region, one service.
package struct CredentialScope: Hashable, Sendable, CustomStringConvertible {
    /// `20150830`, in UTC.
    package let day: String
    package let region: String
    package let service: String

    package init(day: String, region: String, service: String) {
        self.day = day
        self.region = region
        self.service = service
    }

    static let terminator = "aws4_request"

    package var description: String { "\(day)/\(region)/\(service)/\(Self.terminator)" }

    /// The 32 bytes that sign within this scope (AWS General Reference, "Derive a signing key").
    package func signingKey(secretAccessKey: String) -> [UInt8] {
        [day, region, service, Self.terminator].reduce(Array("AWS4\(secretAccessKey)".utf8)) {
            HMACSHA256.code(key: $0, message: Array($1.utf8))
        }
    }
}
