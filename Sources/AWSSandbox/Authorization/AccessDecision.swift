/// Whether a request may go on, and what decided.
enum AccessDecision: Hashable, Sendable {
    case allowed
    /// A statement forbids it.
    case explicitDeny(AccessPolicyKind)
    /// No statement of that kind of policy allows it.
    case implicitDeny(AccessPolicyKind)
}

/// Which of a request's policies, in the words of AWS's refusals.
enum AccessPolicyKind: String, Hashable, Sendable {
    case identity = "identity-based policy"
    case boundary = "permissions boundary"
    case session = "session policy"
    case resource = "resource-based policy"
}

/// All policies that a request is held against, and how they come to a decision.
///
/// IAM User Guide, "Policy evaluation logic", of one account.
struct AccessEvaluation: Sendable {
    /// Attached and inline, those of a user's groups included; of root none, since root may do
    /// everything.
    var identity: [AccessPolicy] = []
    /// `nil` where there is none.
    var boundary: AccessPolicy?
    var session: [AccessPolicy]?
    /// Of the key, secret or function that the request is about.
    var resource: AccessPolicy?
    /// Whether IAM's policies count only as far as the resource's policy lets the account decide,
    /// as with keys (KMS developer guide, "Key policies").
    var isKey = false

    func decision(on request: AccessRequest) -> AccessDecision {
        if let kind = denier(of: request) { return .explicitDeny(kind) }
        let grant = resource?.grant(to: request) ?? .none
        switch grant {
        // Whoever a resource's policy names in person needs no other: a session is then not even
        // bounded, a role is, by boundary and session policy; a user is by neither.
        case .session: return .allowed
        case .principal:
            guard request.principal.isSession else { return .allowed }
            return bounds(on: request)
        case .none where isKey: return .implicitDeny(.resource)
        case .none, .account: break
        }
        guard request.principal.isRoot || identity.contains(where: { $0.allows(request) }) else {
            return .implicitDeny(.identity)
        }
        return bounds(on: request)
    }

    private func denier(of request: AccessRequest) -> AccessPolicyKind? {
        if identity.contains(where: { $0.denies(request) }) { return .identity }
        if boundary?.denies(request) == true { return .boundary }
        if session?.contains(where: { $0.denies(request) }) == true { return .session }
        return resource?.denies(request) == true ? .resource : nil
    }

    private func bounds(on request: AccessRequest) -> AccessDecision {
        if let boundary, !boundary.allows(request) { return .implicitDeny(.boundary) }
        if let session, !session.contains(where: { $0.allows(request) }) {
            return .implicitDeny(.session)
        }
        return .allowed
    }
}
