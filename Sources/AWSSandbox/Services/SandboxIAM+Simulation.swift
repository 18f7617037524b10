/// IAM's policy simulator.
///
/// Policies of keys and secrets count only where the request brings one, and no organization has a
/// say: the sandbox's accounts are in none.
extension SandboxIAM {
    static func simulatePrincipalPolicy(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let source = try form.required("PolicySourceArn")
        let entity = try simulated(source, in: account)
        var simulation = AccessSimulation(identity: try account.sources(of: entity))
        if let boundary = entity.boundary {
            simulation.boundary = try account.source(boundary).first
        }
        return try simulate(&simulation, as: form["CallerArn"] ?? source, form)
    }

    static func simulateCustomPolicy(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        guard form["PolicyInputList.member.1"] != nil else {
            throw Refused(
                .constraintQuery, " null", "policyInputList", "Member must not be null")
        }
        // It takes no wildcards (botocore SimulateCustomPolicy, ActionNames).
        for action in form.texts("ActionNames") where action.contains("*") {
            throw Refused(.simulatedAction, action)
        }
        var simulation = AccessSimulation()
        return try simulate(&simulation, as: form["CallerArn"], form)
    }

    private static func simulate(
        _ simulation: inout AccessSimulation, as caller: String?, _ form: Form
    ) throws(Refused) -> [XML] {
        for member in [
            "PolicyExclusionList.member.1.PolicyArn", "PolicyExclusionList.member.1.PolicyType",
            "PolicyExclusionList.member.1.InlinePolicyIdentifier.PolicyName",
            "OrderedOrganizationPolicyInputList.member.1.ServiceControlPolicyInputList.member.1",
            "ResourceOwner", "ResourceHandlingOption",
        ] where form[member] != nil {
            throw Refused(.unknownOperation, "\(member) of the policy simulator")
        }
        simulation.identity += try sources("PolicyInputList", of: form)
        let boundaries = try sources("PermissionsBoundaryPolicyInputList", of: form)
        guard boundaries.count < 2 else { throw Refused(.simulatedBoundaries) }
        if let boundary = boundaries.first { simulation.boundary = boundary }
        let principal = try principal(caller)
        if let document = form["ResourcePolicy"] {
            guard let caller else { throw Refused(.simulatedCaller) }
            guard !caller.contains(":role/") else { throw Refused(.simulatedRolePolicy) }
            guard let source = AccessSimulation.Source("ResourcePolicy", document) else {
                throw Refused(.simulatedPolicy, "ResourcePolicy")
            }
            simulation.resource = source
        }
        let question = try SimulatedQuestion(form, principal)
        return try page(of: question.answers(by: simulation), form)
    }

    /// Answers keep the order of the question.
    private static func page(of answers: [XML], _ form: Form) throws(Refused) -> [XML] {
        let limit = try form.number("MaxItems", in: 1...1000, default: 100)
        let first = form["Marker"].flatMap(Int.init) ?? 0
        let page = answers.dropFirst(max(0, first)).prefix(limit)
        let isTruncated = first + page.count < answers.count
        return [XML("EvaluationResults", Array(page)), XML("IsTruncated", isTruncated)]
            + (isTruncated ? [XML("Marker", first + page.count)] : [])
    }

    /// The policies of a list of the request, called by their places in it.
    private static func sources(
        _ name: String, of form: Form
    ) throws(Refused) -> [AccessSimulation.Source] {
        var sources: [AccessSimulation.Source] = []
        for (index, document) in form.texts(name).enumerated() {
            let id = "\(name).\(index + 1)"
            guard let source = AccessSimulation.Source(id, document) else {
                throw Refused(.simulatedPolicy, id)
            }
            sources.append(source)
        }
        return sources
    }

    /// The user, group or role of the account that has that ARN.
    private static func simulated(
        _ arn: String, in account: Account
    ) throws(Refused) -> IAMEntity {
        let (kind, name) = try entityName(arn)
        guard let entity = account.entity(arn: arn) else {
            throw Refused(.noSuchEntity, kind.rawValue.memberName, name)
        }
        return entity
    }

    private static func entityName(
        _ arn: String
    ) throws(Refused) -> (kind: IAMEntity.Kind, name: String) {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        let path = parts.last?.split(separator: "/") ?? []
        let kind = IAMEntity.Kind.allCases.first { $0.rawValue.memberName == path.first ?? "" }
        guard parts.count == 6, parts[2] == "iam", path.count > 1, let kind, let name = path.last
        else { throw Refused(.simulatedEntity, arn) }
        return (kind, String(name))
    }

    /// Nobody in particular where a question about policies names no caller.
    private static func principal(_ caller: String?) throws(Refused) -> AccessPrincipal {
        guard let caller else { return AccessPrincipal(account: "", arn: "", caller: "") }
        _ = try entityName(caller)
        let account = caller.split(separator: ":", omittingEmptySubsequences: false)[4]
        return AccessPrincipal(account: String(account), arn: caller, caller: caller)
    }
}

extension Account {
    /// All policies of somebody: attached ones by name, then those inside, then those of a user's
    /// groups.
    func sources(
        of entity: IAMEntity
    ) throws(Refused) -> [AccessSimulation.Source] {
        var sources: [AccessSimulation.Source] = []
        for arn in entity.attached.sorted() { sources += try source(arn) }
        let kind = entity.kind.rawValue.memberName
        sources += entity.inline.sorted { $0.key < $1.key }.compactMap { name, document in
            // Seen of a role: `role_NAME_POLICY`.
            AccessSimulation.Source("\(kind)_\(entity.name)_\(name)", document)
        }
        for group in entity.groups.sorted().compactMap({ entities[.group]?[$0] }) {
            sources += try self.sources(of: group)
        }
        return sources
    }

    /// The default version of a managed policy; none where the policy is gone.
    func source(_ arn: String) throws(Refused) -> [AccessSimulation.Source] {
        let name = arn.split(separator: "/").last.map(String.init) ?? arn
        if let policy = policies[arn] {
            let document = policy.version("v\(policy.defaultVersion)")?.document ?? ""
            return AccessSimulation.Source(name, document).map { [$0] } ?? []
        }
        guard arn.hasPrefix("arn:aws:iam::aws:") else { return [] }
        // The texts of AWS's own policies change; this one does not.
        guard arn == "arn:aws:iam::aws:policy/AdministratorAccess" else {
            throw Refused(.unknownOperation, "the text of \(arn)")
        }
        let everything =
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","#
            + #""Resource":"*"}]}"#
        return AccessSimulation.Source(name, everything).map { [$0] } ?? []
    }
}
