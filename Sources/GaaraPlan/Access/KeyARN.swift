/// The ARN of the plan's data key, which AWS chooses when the key is made.
package enum KeyARN: Hashable, Sendable, CustomStringConvertible {
    case known(String)
    /// The key is made by the changeset that needs its ARN.
    case later

    /// The ARN, or the reference `key#arn` that stands for it in changesets and fingerprints.
    package var description: String {
        switch self {
        case .known(let arn): arn
        case .later: "key#arn"
        }
    }

    /// An ARN of the length that every key's ARN has in that account and region, for sizes: a key
    /// id is a UUID, or `mrk-` and 32 digits, which is as long (KMS API Reference, KeyMetadata).
    static func standIn(for identity: Identity) -> String {
        "arn:\(identity.partition):kms:\(identity.region):\(identity.account):key/"
            + "00000000-0000-0000-0000-000000000000"
    }
}
