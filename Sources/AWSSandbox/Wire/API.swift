internal import JSON

/// How a service speaks: JSON 1.1 or a form with XML answers, and its names on the wire.
///
/// Written down here a second time, apart from the client's own table, so that a wrong name there
/// is refused and not agreed with. From botocore 1.43.11, `metadata` of each `service-2.json`.
enum API: String, CaseIterable, Sendable {
    case kms
    case secretsmanager
    case iam
    case sts
    case monitoring
    case tagging
    case lambda
    case portal = "portal.sso"
    case oidc

    enum Form: Hashable, Sendable {
        case json(target: String)
        /// JSON 1.0, with the codes of the query protocol beside in `x-amzn-query-error`.
        case queryCompatibleJSON(target: String)
        /// JSON, with the operation in method and path: see `Route`.
        case rest
        case query(version: String, namespace: String)
    }

    var form: Form {
        switch self {
        case .kms: .json(target: "TrentService")
        case .secretsmanager: .json(target: "secretsmanager")
        case .iam:
            .query(version: "2010-05-08", namespace: "https://iam.amazonaws.com/doc/2010-05-08/")
        case .sts:
            .query(version: "2011-06-15", namespace: "https://sts.amazonaws.com/doc/2011-06-15/")
        case .monitoring: .queryCompatibleJSON(target: "GraniteServiceVersion20100801")
        case .tagging: .json(target: "ResourceGroupsTaggingAPI_20170126")
        case .lambda, .portal, .oidc: .rest
        }
    }

    /// What stands before the colon in the service's actions.
    var actionPrefix: String {
        switch self {
        case .monitoring: "cloudwatch"
        case .tagging: "tag"
        case .portal: "sso"
        case .oidc: "sso-oauth"
        case .kms, .secretsmanager, .iam, .sts, .lambda: rawValue
        }
    }

    var isJSON: Bool {
        if case .query = form { false } else { true }
    }

    /// The service that an `X-Amz-Target` names, and its operation.
    static func named(byTarget target: String) -> (service: API, operation: String)? {
        let parts = target.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let name = String(parts[0])
        let service = allCases.first {
            $0.form == .json(target: name) || $0.form == .queryCompatibleJSON(target: name)
        }
        return service.map { ($0, String(parts[1])) }
    }

    /// The service of a form's API version; versions differ between those that are known here.
    static func named(byVersion version: String) -> API? {
        allCases.first { service in
            guard case .query(let known, _) = service.form else { return false }
            return known == version
        }
    }
}

extension JSON {
    /// A time as these services write it: seconds since 1970 as Java prints a double,
    /// `1.75E9` (examples of the Secrets Manager and KMS API references).
    static func time(_ seconds: Int) -> JSON {
        let digits = String(seconds)
        guard seconds >= 10_000_000, let first = digits.first else { return .number("\(digits).0") }
        var fraction = digits.dropFirst()
        while fraction.count > 1, fraction.last == "0" { fraction.removeLast() }
        return .number("\(first).\(fraction)E\(digits.count - 1)")
    }

    static func list(_ texts: [String]) -> JSON { .array(texts.map(JSON.string)) }
}

extension JSONObject {
    /// Adds the member when there is a value: these services leave out what they do not have.
    mutating func add(_ key: String, _ value: JSON?) {
        if let value { self[key] = value }
    }
}
