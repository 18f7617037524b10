internal import AWS

extension AWSError {
    /// What to do next, where the kind of the error tells.
    var hint: String? {
        if let hint = malformedPolicyHint { return hint }
        return switch kind {
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

    /// MalformedPolicyDocument means three things, which only the message tells apart: a principal
    /// that is not there, a policy that locks its own author out, and a text that is no policy (KMS
    /// API, PutKeyPolicy; IAM API, CreateRole).
    ///
    /// None of them is waited for: our policies name the account and conditions, so that no
    /// principal has to be visible yet.
    private var malformedPolicyHint: String? {
        guard let code, code.hasPrefix("MalformedPolicyDocument") else { return nil }
        let text = message.lowercased()
        if text.contains("in the future") || text.contains("lockout") {
            return "the policy would shut out whoever applies: add them to operators.applier, and"
                + " let IAM allow them kms:PutKeyPolicy"
        }
        if text.contains("principal") {
            return "somebody whom the policy names does not exist, or is not visible yet: check the"
                + " plan's operators and roles, then run it again"
        }
        return "AWS takes this for no policy: report it with the output of `gaara-infra policy`"
    }
}
