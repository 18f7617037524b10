internal import AWS

extension SecretError {
    /// What an error of the call for `name` means; `nil` is an error that comes before any call.
    init(_ error: AWSError, reading name: SecretName? = nil, at origin: Secret.Origin? = nil) {
        let code = Code(error.kind)
        let place = origin.map { "\($0)" } ?? "Secrets Manager"
        if code == .notFound, let name, case .secretsManager(let path, let region)? = origin {
            self = .notFound(
                name,
                hint: "aws secretsmanager describe-secret --secret-id \(path) --region \(region)",
                searched: [Search(place, error.code ?? "not there")],
                awsErrorCode: error.code, awsRequestID: error.requestID)
            return
        }
        let action = name.map { "cannot read secret \($0)" } ?? "cannot use Secrets Manager"
        self.init(
            code, "\(action): \(error)", name: name, hint: code.hint,
            searched: origin == nil ? [] : [Search(place, error.code ?? code.rawValue)],
            awsErrorCode: error.code, awsRequestID: error.requestID)
    }
}

extension SecretError.Code {
    fileprivate init(_ kind: AWSError.Kind) {
        self =
            switch kind {
            case .notFound: .notFound
            case .accessDenied: .accessDenied
            case .throttled: .throttled
            case .notSent, .ambiguous, .untrusted, .unavailable, .malformedAnswer: .unreachable
            case .rejectedCredentials, .credentials: .credentials
            case .region: .region
            case .configuration: .configuration
            case .alreadyExists, .conflict, .invalidState, .invalidRequest, .quotaExceeded: .refused
            case .cancelled: .cancelled
            }
    }

    fileprivate var hint: String? {
        switch self {
        case .accessDenied:
            "aws sts get-caller-identity shows who this is; gaara-infra policy PLAN shows who may "
                + "read what"
        case .throttled: "let the cache work longer: export SECRET_CACHE_TTL=900"
        case .unreachable: "check the network, AWS_ENDPOINT_URL and AWS_CA_BUNDLE"
        case .credentials: "aws sts get-caller-identity tells whether credentials work"
        case .region: "export AWS_REGION=us-east-1"
        case .refused: "gaara-infra plan PLAN shows the state of the secret and of its key"
        case .notFound, .configuration, .cancelled: nil
        }
    }
}
