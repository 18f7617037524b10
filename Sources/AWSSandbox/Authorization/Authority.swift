/// What policies say of one caller, ready to be asked.
struct Authority: Sendable {
    let principal: AccessPrincipal
    private let evaluation: AccessEvaluation
    /// The condition keys that every request of the caller has.
    private let context: [String: [String]]

    /// - Parameter account: with its IAM as it is seen by now.
    init(
        of key: FrontDoor.AccessKey, in account: Account, region: String, now: Int
    ) throws(Refused) {
        principal = AccessPrincipal(
            account: key.account, arn: key.principal, caller: key.caller)
        var evaluation = AccessEvaluation()
        let entity = account.entity(arn: key.principal)
        if let entity {
            evaluation.identity = try account.sources(of: entity).map(\.policy)
            if let boundary = entity.boundary {
                // A boundary that is gone allows nothing.
                evaluation.boundary =
                    try account.source(boundary).first?.policy ?? AccessPolicy(statements: [])
            }
        }
        if let session = key.session, session.policy != nil || !session.policyARNs.isEmpty {
            var policies = session.policy.map { [AccessPolicy($0)] } ?? []
            for arn in session.policyARNs {
                policies += try account.source(arn).map(\.policy)
            }
            evaluation.session = policies
        }
        self.evaluation = evaluation
        context = Self.context(of: key, entity, region: region, now: now)
    }

    /// IAM User Guide, "Global condition keys"; a request to the sandbox stands for one by TLS.
    private static func context(
        of key: FrontDoor.AccessKey, _ entity: IAMEntity?, region: String, now: Int
    ) -> [String: [String]] {
        let isRole = key.caller != key.principal
        let isRoot = key.principal.hasSuffix(":root")
        var context: [String: [String]] = [
            "aws:PrincipalArn": [key.principal], "aws:PrincipalAccount": [key.account],
            "aws:PrincipalType": [isRoot ? "Account" : isRole ? "AssumedRole" : "User"],
            "aws:RequestedRegion": [region], "aws:ResourceAccount": [key.account],
            "aws:CurrentTime": [ISO8601.text(secondsSince1970: now)],
            "aws:EpochTime": [String(now)], "aws:SecureTransport": ["true"],
            "aws:SourceIp": ["127.0.0.1"], "aws:ViaAWSService": ["false"],
            "aws:PrincipalIsAWSService": ["false"],
        ]
        if let entity {
            let session = key.caller.split(separator: "/").last.map(String.init) ?? ""
            context["aws:userid"] = [isRole ? "\(entity.id):\(session)" : entity.id]
            if entity.kind == .user { context["aws:username"] = [entity.name] }
            for (name, value) in entity.tags.dictionary {
                context["aws:PrincipalTag/\(name)"] = [value]
            }
        }
        if let session = key.session {
            context["aws:MultiFactorAuthPresent"] = ["false"]
            context["aws:TokenIssueTime"] = [ISO8601.text(secondsSince1970: key.created)]
            // The session's tags go before those of its role.
            for (name, value) in session.tags { context["aws:PrincipalTag/\(name)"] = [value] }
            context.add("aws:SourceIdentity", session.sourceIdentity)
            context.merge(session.claims) { $1 }
        }
        return context
    }

    func decision(on need: AccessNeed) -> AccessDecision {
        var request = AccessRequest(principal, need.action, on: need.resource)
        request.add(context)
        request.add(need.context)
        var evaluation = evaluation
        evaluation.resource = need.policy.map { AccessPolicy($0) }
        evaluation.isKey = need.isKey
        return evaluation.decision(on: request)
    }

    /// Refused in AWS's words where the caller may not.
    func check(_ need: AccessNeed, isJSON: Bool) throws(Refused) {
        let reason: String
        switch decision(on: need) {
        case .allowed: return
        case .explicitDeny(let kind): reason = "with an explicit deny in \(kind.withArticle)"
        case .implicitDeny(let kind):
            reason = "because no \(kind.rawValue) allows the \(need.action) action"
        }
        let place = need.resource == "*" ? "" : " on resource: \(need.name ?? need.resource)"
        throw Refused(
            isJSON ? .notAuthorized : .notAuthorizedQuery, principal.caller, need.action, place,
            reason)
    }
}

extension AccessPolicyKind {
    /// As the refusal of an explicit deny has it.
    fileprivate var withArticle: String {
        (self == .identity ? "an " : "a ") + rawValue
    }
}
