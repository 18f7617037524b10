internal import AWS
internal import GaaraPlan

/// Why AWS calls a policy malformed, which is one code for several things (KMS, Secrets Manager and
/// IAM alike).
enum MalformedPolicy: Hashable, Sendable {
    /// It names a role or user that AWS does not see: not yet, or not at all.
    case principal
    /// The caller could not change it again.
    case lockout
    /// It is wrong by itself.
    case syntax

    /// `nil` for every other error.
    init?(_ error: AWSError) {
        guard let code = error.code, code.hasPrefix("MalformedPolicyDocument") else { return nil }
        let message = error.message.lowercased()
        if message.contains("will not allow you") || message.contains("lock") {
            self = .lockout
        } else if Self.ofPrincipals.contains(where: message.contains) {
            self = .principal
        } else {
            self = .syntax
        }
    }

    // KMS: awslabs/minimum-viable-dataspace-on-aws#6; IAM: opstrace/opstrace#88; Secrets Manager: the
    // model's MalformedPolicyDocumentException. "Missing required field Principal" and "should not
    // specify a principal" are of the grammar, and no waiting mends them.
    private static let ofPrincipals = [
        "invalid principal", "unsupported principal", "principals does not exist",
    ]

    var hint: String {
        switch self {
        case .principal:
            "a role or user that it names does not exist in the account: create it, or take it"
                + " out of the plan's `operators`, `administrators` or `attach`"
        case .lockout:
            "these credentials could not change the policy again: add who runs this to"
                + " `operators.applier` or `administrators`"
        case .syntax:
            "the policy is wrong by itself and waiting does not mend it: `gaara-infra policy"
                + " PLAN` prints what is sent"
        }
    }
}

extension References {
    /// Whether the policy `text` names a role or user that this run made, which AWS may not see
    /// everywhere yet.
    func hasMade(principalOf text: String) -> Bool {
        PolicyDocument.principals(in: text).contains { hasMade($0) }
    }
}
