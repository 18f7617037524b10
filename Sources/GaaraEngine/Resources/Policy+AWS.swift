internal import AWS
internal import GaaraPlan

/// How IAM says what a policy is, and who has it.
extension Observer {
    struct ObservedPolicies: Sendable {
        var declared: [String: Policy.Live] = [:]
        var taken: [String: String] = [:]
        var missingPrincipals: Set<Principal> = []
        var principals: [Principal: Principal.Live] = [:]
        var orphans: [Orphan] = []
    }

    func policies(of plan: Plan) async throws(EngineError) -> ObservedPolicies {
        let client = session.client
        let path = "/\(plan.identity.prefix)/"
        let details = Self.readsDetails(of: plan) ? try await policyDetails() : nil
        let listed: [IAM.Policy]
        if let details {
            listed = details.map(\.policy)
        } else {
            listed = try await calling("list the policies of the account") {
                () async throws(AWSError) in
                try await client.all(IAM.ListPolicies())
            }
        }
        let versions = Dictionary(
            (details ?? []).map { ($0.policy.arn, $0.versions) }
        ) { first, _ in first }
        var observed = ObservedPolicies()
        var ours: [String] = []
        let declared = plan.policies
        for policy in listed {
            let wanted = declared.first { $0.name.lowercased() == policy.policyName.lowercased() }
            if let wanted, wanted.name != policy.policyName || policy.path != path {
                observed.taken[wanted.name.lowercased()] = policy.arn
            } else if policy.path == path {
                ours.append(
                    try session.checked(policy: policy.policyName, path: path, policy.arn))
            }
        }
        for live in try await each(
            ours,
            { (arn) async throws(EngineError) in
                try await self.live(arn, versions: versions[arn] ?? [])
            })
        {
            guard let live else { continue }
            if declared.contains(where: { $0.name == live.name }) {
                observed.declared[live.name] = live
            } else if Ownership(tags: live.tags, identity: plan.identity) == .ours {
                observed.orphans.append(.policy(live))
            }
        }
        var named = Set(plan.keys.flatMap(\.administratorPrincipals))
        for policy in declared {
            let attached = observed.declared[policy.name]?.attachments ?? []
            named.formUnion(Set(policy.access.principals).subtracting(attached))
        }
        let examined = plan.examinedPrincipals
        let undeclared = undeclaredRoles(of: plan, observed).subtracting(examined)
            .subtracting(named)
        let looked = named.union(examined).union(undeclared).sorted()
        let found = try await each(looked) { (principal) async throws(EngineError) in
            try await self.look(for: principal, isNeeded: examined.contains(principal))
        }
        for (principal, found) in zip(looked, found) {
            switch found {
            case .live(let live) where undeclared.contains(principal):
                guard Ownership(tags: live.tags, identity: plan.identity) == .ours else { continue }
                observed.orphans.append(.role(principal.name, live))
            case .live(let live): observed.principals[principal] = live
            case .missing where !undeclared.contains(principal):
                observed.missingPrincipals.insert(principal)
            case .missing, .unknown: continue
            }
        }
        return observed
    }

    /// Roles that have one of our policies and that the plan does not name: one that it made once is
    /// found by its attachment.
    private func undeclaredRoles(
        of plan: Plan, _ observed: ObservedPolicies
    ) -> Set<Principal> {
        let declared = Set(plan.access.flatMap(\.principals))
        let live = observed.declared.values.flatMap(\.attachments)
        let orphaned = observed.orphans.flatMap { orphan -> [Principal] in
            guard case .policy(let live) = orphan else { return [] }
            return Array(live.attachments)
        }
        return Set(live + orphaned).subtracting(declared).filter { $0.kind == .role }
    }

    /// From so many declared policies on IAM's account of everything takes fewer calls than asking
    /// for text and versions policy by policy.
    private static let detailsFrom = 2

    static func readsDetails(of plan: Plan) -> Bool { plan.policies.count >= detailsFrom }

    private struct PolicyDetail: Sendable {
        let policy: IAM.Policy
        let versions: [IAM.PolicyVersion]
    }

    /// Every customer managed policy with its versions and their texts; `nil` where that may not be
    /// asked, or is answered in a way that nobody can read.
    private func policyDetails() async throws(EngineError) -> [PolicyDetail]? {
        do {
            return try await session.client.all(
                IAM.GetAccountAuthorizationDetails(filter: [.localManagedPolicy])
            ).compactMap { entry in
                guard case .policy(let policy, let versions) = entry else { return nil }
                return PolicyDetail(policy: policy, versions: versions)
            }
        } catch {
            // What cannot be read at once is read policy by policy.
            guard error.kind == .accessDenied || error.kind == .malformedAnswer else {
                throw EngineError(error, doing: "read the policies of the account")
            }
            return nil
        }
    }

    /// - Parameter known: its versions, texts included, where they were read already.
    private func live(
        _ arn: String, versions known: [IAM.PolicyVersion]
    ) async throws(EngineError) -> Policy.Live? {
        let client = session.client
        let doing = "look at the policy \(arn)"
        guard
            let policy = try await finding(
                doing,
                { () async throws(AWSError) in try await client.send(IAM.GetPolicy(policyARN: arn))
                }
            )
        else { return nil }
        guard policy.arn == arn else {
            throw EngineError(
                .strange, "AWS answered about another policy than \(arn)",
                hint: "check --endpoint-url")
        }
        _ = try session.checked(policy: policy.policyName, path: policy.path, arn)
        let (document, versions, entities) = try await together(
            { () async throws(EngineError) -> String in
                let text = known.first { $0.versionID == policy.defaultVersionID }?.document
                if let text { return text }
                return try await session.document(of: arn, version: policy.defaultVersionID)
            },
            { () async throws(EngineError) -> [IAM.PolicyVersion] in
                if !known.isEmpty { return known }
                return try await calling(doing) { () async throws(AWSError) in
                    try await client.all(IAM.ListPolicyVersions(policyARN: arn))
                }
            },
            { () async throws(EngineError) -> [IAM.PolicyEntity] in
                try await calling(doing) { () async throws(AWSError) in
                    try await client.all(IAM.ListEntitiesForPolicy(policyARN: arn))
                }
            })
        return Policy.Live(
            arn: arn, name: policy.policyName, defaultVersion: policy.defaultVersionID,
            document: document,
            versions: versions.map(\.versionID).sorted { Self.number($0) < Self.number($1) },
            tags: Dictionary(policy.tags.map { ($0.key, $0.value) }) { first, _ in first },
            attachments: Set(entities.map(Principal.init)))
    }

    /// IAM numbers versions `v1`, `v2` and never uses a number twice (IAM user guide, "Versioning
    /// IAM policies"), so the number tells the age.
    private static func number(_ version: String) -> Int { Int(version.dropFirst()) ?? 0 }

    private enum Looked: Sendable {
        case live(Principal.Live)
        case missing
        /// It may be there: we may not ask.
        case unknown
    }

    /// - Parameter isNeeded: whether what it is counts, and not only that it is there: then not to
    ///   be allowed to ask is an error.
    private func look(
        for principal: Principal, isNeeded: Bool
    ) async throws(EngineError) -> Looked {
        let client = session.client
        let arn: String
        var live = Principal.Live(arn: "")
        do {
            switch principal.kind {
            case .role:
                let role = try await client.send(IAM.GetRole(roleName: principal.name))
                arn = role.principal.arn
                live.trust = role.assumeRolePolicyDocument
                live.boundaryARN = role.permissionsBoundaryARN
                live.tags = Dictionary(role.tags.map { ($0.key, $0.value) }) { first, _ in first }
            case .user: arn = try await client.send(IAM.GetUser(userName: principal.name)).arn
            case .group: arn = try await client.send(IAM.GetGroup(groupName: principal.name)).arn
            }
        } catch {
            switch error.kind {
            case .notFound: return .missing
            case .accessDenied where !isNeeded: return .unknown
            default: throw EngineError(error, doing: "look for \(principal)")
            }
        }
        live.arn = try session.checked(principal: principal.name, arn)
        return .live(live)
    }
}

extension Session {
    /// The text of one version of a policy, percent-decoded.
    func document(of arn: String, version: String) async throws(EngineError) -> String {
        let found = try await calling("look at the policy \(arn)") { () async throws(AWSError) in
            try await client.send(IAM.GetPolicyVersion(policyARN: arn, versionID: version))
        }
        guard let document = found.document else {
            throw EngineError(.strange, "IAM gave version \(version) of \(arn) without its text")
        }
        return document
    }
}

extension Principal {
    fileprivate init(_ entity: IAM.PolicyEntity) {
        let kind: Kind =
            switch entity.kind {
            case .role: .role
            case .user: .user
            case .group: .group
            }
        self.init(kind, entity.name)
    }
}
