/// A service that the tool calls, with what the wire needs to know of it.
///
/// From the `metadata` of botocore 1.44.5's `service-2.json` files.
package enum ServiceID: String, Hashable, Sendable, CaseIterable {
    case kms
    case secretsManager
    case iam
    case sts
    case cloudWatch
    case tagging
    case lambda
    /// The portal that gives role credentials for a token of IAM Identity Center.
    case sso
    /// Where such a token is renewed.
    case ssoOIDC

    /// How the service's requests and answers are written.
    package enum Form: Hashable, Sendable {
        /// JSON 1.1: the operation stands in `X-Amz-Target`, after this prefix.
        case json(targetPrefix: String)
        /// JSON 1.0, which only differs in name, of a service whose errors keep the codes of its
        /// query protocol when asked to by `x-amzn-query-mode`.
        case queryCompatibleJSON(targetPrefix: String)
        /// JSON, with the operation in method and path.
        case rest
        /// A form with `Action` and this `Version`; the answer is XML.
        case query(version: String)

        /// The media types that successful answers have.
        var answerTypes: Set<String> {
            switch self {
            case .json, .queryCompatibleJSON, .rest:
                ["application/x-amz-json-1.1", "application/x-amz-json-1.0", "application/json"]
            case .query: ["text/xml", "application/xml"]
            }
        }
    }

    package var form: Form {
        switch self {
        case .kms: .json(targetPrefix: "TrentService")
        // Lower case, unlike the names of all its peers.
        case .secretsManager: .json(targetPrefix: "secretsmanager")
        case .iam: .query(version: "2010-05-08")
        case .sts: .query(version: "2011-06-15")
        // Its own FAQ on protocols; XML is then needed for IAM and STS only.
        case .cloudWatch: .queryCompatibleJSON(targetPrefix: "GraniteServiceVersion20100801")
        case .tagging: .json(targetPrefix: "ResourceGroupsTaggingAPI_20170126")
        case .lambda, .sso, .ssoOIDC: .rest
        }
    }

    /// The first label of the service's host, which is its name in a signature as well.
    package var prefix: String {
        switch self {
        case .kms: "kms"
        case .secretsManager: "secretsmanager"
        case .iam: "iam"
        case .sts: "sts"
        case .cloudWatch: "monitoring"
        case .tagging: "tagging"
        case .lambda: "lambda"
        case .sso: "portal.sso"
        case .ssoOIDC: "oidc"
        }
    }

    /// What the names of the service's permissions begin with (Service Authorization Reference).
    package var actionPrefix: String {
        switch self {
        case .cloudWatch: "cloudwatch"
        case .tagging: "tag"
        case .kms, .secretsManager, .iam, .sts, .lambda, .sso, .ssoOIDC: prefix
        }
    }

    /// What follows `AWS_ENDPOINT_URL_`; in lower case, the service's name in a `services` section.
    package var settingName: String {
        switch self {
        case .kms: "KMS"
        case .secretsManager: "SECRETS_MANAGER"
        case .iam: "IAM"
        case .sts: "STS"
        case .cloudWatch: "CLOUDWATCH"
        case .tagging: "RESOURCE_GROUPS_TAGGING_API"
        case .lambda: "LAMBDA"
        case .sso: "SSO"
        case .ssoOIDC: "SSO_OIDC"
        }
    }
}
