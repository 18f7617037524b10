/// How long AWS lets a policy be; it refuses a longer one.
package enum PolicyLimit: Hashable, Sendable {
    /// A customer managed policy (IAM User Guide, "IAM and AWS STS quotas").
    case managedPolicy
    /// A key's policy (KMS Developer Guide, "Resource quotas": 32 KB).
    case keyPolicy

    package var maximum: Int {
        switch self {
        case .managedPolicy: 6144
        case .keyPolicy: 32_768
        }
    }

    /// How long the document is, as this limit counts.
    package func size(of document: PolicyDocument) -> Int {
        switch self {
        case .managedPolicy: document.nonSpaceCount
        case .keyPolicy: document.text.utf8.count
        }
    }

    /// The error that says that `document` is too long, or `nil` when it is not.
    func fault(of document: PolicyDocument, address: String, at place: Place) -> Diagnostic? {
        let size = size(of: document)
        guard size > maximum else { return nil }
        switch self {
        case .managedPolicy:
            return .error(
                .policyTooLong,
                "\(address) would have \(size) characters, and a managed policy has at most "
                    + "\(maximum), white space not counted",
                hint: "share its secrets out over two access entries", at: place)
        case .keyPolicy:
            return .error(
                .policyTooLong,
                "the policy of \(address) would have \(size) bytes, and a key policy has at most "
                    + "\(maximum)",
                hint: "name fewer roles and users: let them assume a role that reads",
                at: place)
        }
    }
}
