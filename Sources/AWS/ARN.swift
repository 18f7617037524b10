/// The name of a thing across all of AWS: `arn:partition:service:region:account:resource`.
package struct ARN: Hashable, Sendable {
    package let partition: String
    package let service: String
    /// Empty for global services.
    package let region: String
    /// Twelve digits, `aws` for what AWS owns, or empty.
    package let account: String
    /// All that follows the fifth colon, colons and slashes included.
    package let resource: String

    /// `nil` when `text` is not an ARN with a plausible partition, region and account.
    package init?(_ text: String) {
        guard text.utf8.count <= 2048 else { return nil }
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
            .map(String.init)
        guard parts.count == 6, parts[0] == "arn" else { return nil }
        guard parts[1].hasPrefix("aws"), Self.isWord(parts[1]), Self.isWord(parts[2]),
            parts[3].isEmpty || Region.isValid(parts[3]), Self.isAccount(parts[4])
        else { return nil }
        guard !parts[5].isEmpty, parts[5].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            return nil
        }
        (partition, service, region) = (parts[1], parts[2], parts[3])
        (account, resource) = (parts[4], parts[5])
    }

    private static func isWord(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    private static func isAccount(_ text: String) -> Bool {
        text.isEmpty || text == "aws"
            || text.utf8.count == 12
                && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

extension ARN: CustomStringConvertible {
    package var description: String {
        "arn:\(partition):\(service):\(region):\(account):\(resource)"
    }
}
