internal import GaaraStore

extension PlanDecoder {
    /// In the order of their names.
    mutating func access(_ identity: Identity?, _ secrets: [Secret]) -> [Access] {
        // With the faulty ones: a secret that is declared wrongly is declared.
        let declared = root["secrets"]?.members.map(\.key) ?? []
        var result: [Access] = []
        for member in root["access"]?.members ?? [] {
            result.append(entry(member, identity, declared: Set(declared), secrets))
        }
        result.sort { $0.entry < $1.entry }
        reportSamePolicyNames(result)
        reportRolesMadeTwice(result)
        return result
    }

    private mutating func entry(
        _ member: CheckedNode.Member, _ identity: Identity?, declared: Set<String>,
        _ secrets: [Secret]
    ) -> Access {
        let node = member.value
        var policyName = node["name"]?.text ?? ""
        if node["name"] == nil, let identity {
            policyName = "\(identity.application)-\(identity.environment)-\(member.key)"
            // botocore iam, policyNameType.
            if policyName.utf8.count > 128 {
                report(
                    .nameTooLong,
                    "the policy name \(Visible.quoted(policyName)) has more than 128 characters",
                    hint: "give a shorter one with name:", at: member.keyPlace)
            }
        }
        for node in node["read"]?.list ?? [] {
            guard let name = node.text, !declared.contains(name) else { continue }
            let near = Suggestion.nearest(to: name, among: declared.sorted())
            report(
                .unknownSecret, "access.\(member.key) reads \(name), which is not declared",
                hint: near.map { "did you mean \($0)?" } ?? "add it to secrets:", at: node.place)
        }
        let readsAll = node["read"]?.text == "all"
        let wanted = Set(node["read"]?.texts ?? [])
        let read = secrets.map(\.name).filter { readsAll || wanted.contains($0.text) }
        let attach = node["attach"]
        return Access(
            entry: member.key, policyName: policyName, read: read, readsAll: readsAll,
            isBatch: node["batch"]?.bool ?? false,
            roles: roles(attach?["roles"]?.list ?? [], of: member.key),
            users: (attach?["users"]?.texts ?? []).sorted(),
            groups: (attach?["groups"]?.texts ?? []).sorted(),
            isExclusive: node["exclusive"]?.bool ?? true, boundary: node["boundary"]?.text,
            place: member.keyPlace)
    }

    private mutating func roles(
        _ nodes: [CheckedNode], of entry: String
    ) -> [Access.RoleAttachment] {
        var roles: [Access.RoleAttachment] = []
        for node in nodes {
            guard let name = node.text ?? node["name"]?.text else { continue }
            if roles.contains(where: { $0.name == name }), node.text == nil {
                report(
                    .repeatedItem, "access.\(entry) is attached to the role \(name) twice",
                    at: node.place)
            }
            let creates = node["create"]?.bool ?? false
            let trusts = node["trusts"]
            if creates, trusts == nil {
                report(
                    .roleTrust, "the role \(name) is made and trusts nobody",
                    hint: "add trusts: [ecs-tasks], the service that runs as it", at: node.place)
            } else if !creates, let trusts, !trusts.isFaulty, node["create"]?.isFaulty != true {
                report(
                    .roleTrust, "the role \(name) is not made by the plan, so trusts has no effect",
                    hint: "add create: true, or remove trusts", at: node.place(of: "trusts"))
            }
            roles.append(
                Access.RoleAttachment(
                    name: name, create: creates, trusts: (trusts?.texts ?? []).sorted(),
                    place: node.place))
        }
        return roles.sorted { $0.name < $1.name }
    }

    /// One role that two entries make in two ways.
    private mutating func reportRolesMadeTwice(_ entries: [Access]) {
        var makers: [String: (entry: Access, role: Access.RoleAttachment)] = [:]
        for entry in entries {
            for role in entry.roles where role.create {
                guard let other = makers.updateValue((entry, role), forKey: role.name) else {
                    continue
                }
                guard other.role.trusts != role.trusts || other.entry.boundary != entry.boundary
                else { continue }
                report(
                    .roleTrust,
                    "access.\(entry.entry) and access.\(other.entry.entry) make the role"
                        + " \(role.name) with another trust or boundary",
                    hint: "write create: true in one of them, and the name alone in the other",
                    at: role.place)
            }
        }
    }

    /// IAM takes two names that differ in case only for one, whatever their paths.
    private mutating func reportSamePolicyNames(_ entries: [Access]) {
        var owners: [String: Access] = [:]
        for entry in entries where !entry.policyName.isEmpty {
            guard let other = owners.updateValue(entry, forKey: entry.policyName.lowercased())
            else { continue }
            report(
                .samePolicyName,
                "access.\(entry.entry) and access.\(other.entry) are one policy,"
                    + " \(entry.policyName)",
                hint: "IAM does not tell upper from lower case: give one another name",
                at: places["access.\(entry.entry).name"] ?? entry.place)
        }
    }

    /// A resource policy that denies all but the readers must name everyone who needs the secret.
    mutating func lockouts(_ secrets: [Secret], _ access: [Access], _ operators: Operators) {
        for secret in secrets where secret.readersOnly == true {
            let place = place(of: "secrets.\(secret.name).readers-only")
            let title = "readers-only of secrets.\(secret.name)"
            for entry in access where entry.read.contains(secret.name) && !entry.groups.isEmpty {
                report(
                    .lockout, "\(title) would shut out the groups of access.\(entry.entry)",
                    hint: "a policy cannot name a group: attach roles or users", at: place)
            }
            if case .rotation(let rotation) = secret.rotation, rotation.role == nil {
                report(
                    .lockout, "\(title) would shut out its rotation function",
                    hint: "add rotation.role, the function's execution role", at: place)
            }
            if operators.breakGlass.isEmpty, root["operators"]?["break-glass"]?.isFaulty != true {
                report(
                    .lockout, "\(title) leaves nobody to get in when the others cannot",
                    hint: "add operators.break-glass", at: place)
            }
        }
    }
}
