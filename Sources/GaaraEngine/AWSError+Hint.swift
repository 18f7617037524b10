internal import AWS

extension AWSError {
    /// What to do next, where the kind of the error tells.
    var hint: String? {
        if let malformed = MalformedPolicy(self) { return malformed.hint }
        return kindHint
    }

    private var kindHint: String? {
        switch kind {
        case .accessDenied:
            operation.map { "allow \($0.action) to these credentials" }
        case .rejectedCredentials: "renew the credentials, and check the clock of this machine"
        case .credentials: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give --profile"
        case .throttled: "wait a minute, then run it again: what is done is not done twice"
        case .notSent, .unavailable: "check the network and --endpoint-url, then run it again"
        case .untrusted: "AWS_CA_BUNDLE names a file of certificates to trust"
        case .ambiguous: "run it again: what is done is not done twice"
        case .malformedAnswer: "check that the endpoint is AWS's, and no proxy in between"
        case .notFound, .alreadyExists, .conflict, .invalidState: "plan again"
        case .invalidRequest, .quotaExceeded, .cancelled, .region, .configuration: nil
        }
    }
}
