/// A service that the tool calls, with what the wire needs to know of it.
///
/// From the `metadata` of botocore 1.44.5's `service-2.json` files.
package enum ServiceID: String, Hashable, Sendable, CaseIterable {
    case kms
    case secretsManager
    case iam
    case sts

    /// How the service's requests and answers are written.
    package enum Form: Hashable, Sendable {
        /// JSON 1.1: the operation stands in `X-Amz-Target`, after this prefix.
        case json(targetPrefix: String)
        /// A form with `Action` and this `Version`; the answer is XML.
        case query(version: String)
    }

    package var form: Form {
        switch self {
        case .kms: .json(targetPrefix: "TrentService")
        // Lower case, unlike the names of all its peers.
        case .secretsManager: .json(targetPrefix: "secretsmanager")
        case .iam: .query(version: "2010-05-08")
        case .sts: .query(version: "2011-06-15")
        }
    }

    /// The first label of the service's host, which is its name in a signature as well.
    package var prefix: String {
        switch self {
        case .kms: "kms"
        case .secretsManager: "secretsmanager"
        case .iam: "iam"
        case .sts: "sts"
        }
    }

    /// What follows `AWS_ENDPOINT_URL_`; in lower case, the service's name in a `services` section.
    package var settingName: String {
        switch self {
        case .kms: "KMS"
        case .secretsManager: "SECRETS_MANAGER"
        case .iam: "IAM"
        case .sts: "STS"
        }
    }
}
