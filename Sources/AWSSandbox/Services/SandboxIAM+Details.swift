/// GetAccountAuthorizationDetails: all of an account's IAM in one list.
extension SandboxIAM {
    /// Users first, then groups, roles and policies; `MaxItems` counts all of them.
    ///
    /// Policies come with all versions and documents and without tags
    /// (reference/aws-semantics.md section 5 row 11). AWS's own policies are left out: the sandbox
    /// does not know their documents.
    static func getAccountAuthorizationDetails(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let filter = try filter(of: form)
        var items: [Item] = []
        for (position, kind) in [IAMEntity.Kind.user, .group, .role].enumerated()
        where filter.isEmpty || filter.contains(kind.rawValue) {
            items += account.entities[kind, default: [:]].values
                .map { Item(key: "\(position):\($0.name)", content: .entity($0)) }
        }
        if filter.isEmpty || filter.contains("LocalManagedPolicy") {
            items += account.policies.values
                .map { Item(key: "3:\($0.arn)", content: .policy($0)) }
        }
        let (page, next) = try cut(items.sorted { $0.key < $1.key }, form, by: \.key)
        let lists = [IAMEntity.Kind.user, .group, .role].map { kind in
            XML(
                list: "\(kind.rawValue)DetailList",
                of: page.compactMap(\.entity).filter { $0.kind == kind }
                    .map { detail(of: $0, in: account) })
        }
        let policies = page.compactMap(\.policy).map { detail(of: $0, in: account) }
        return lists + [XML(list: "Policies", of: policies)] + end(next)
    }

    private struct Item {
        enum Content {
            case entity(IAMEntity)
            case policy(ManagedPolicy)
        }

        /// What the list is sorted by, and the marker of the page that it ends.
        let key: String
        let content: Content

        var entity: IAMEntity? {
            if case .entity(let entity) = content { entity } else { nil }
        }

        var policy: ManagedPolicy? {
            if case .policy(let policy) = content { policy } else { nil }
        }
    }

    private static func filter(of form: Form) throws(Refused) -> [String] {
        let known = ["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"]
        let filter = form.texts("Filter")
        guard filter.allSatisfy(known.contains) else {
            throw Refused(
                .constraintQuery, " '[\(filter.joined(separator: ", "))]'", "filter",
                "Member must satisfy constraint: [Member must satisfy enum value set: "
                    + "[\(known.joined(separator: ", "))]]")
        }
        return filter
    }

    private static func detail(of entity: IAMEntity, in account: Account) -> [XML] {
        let attached = XML(
            list: "AttachedManagedPolicies", of: entity.attached.sorted().map(attachment))
        let common = basics(of: entity) + [inlineList(of: entity), attached] + marks(of: entity)
        switch entity.kind {
        case .group: return common
        case .user:
            return common + [XML(list: "GroupList", ofTexts: entity.groups.sorted())]
        case .role:
            return common + [
                document(of: entity, in: account), XML(list: "InstanceProfileList", of: []),
                XML("RoleLastUsed", []),
            ]
        }
    }

    private static func detail(of policy: ManagedPolicy, in account: Account) -> [XML] {
        let versions = policy.versions.reversed().map { version in
            [XML("Document", version.document.percentEncoded)]
                + summary(of: version, isDefault: version.number == policy.defaultVersion)
        }
        return summary(of: policy, in: account, withTags: false)
            + (policy.description.map { [XML("Description", $0)] } ?? [])
            + [XML(list: "PolicyVersionList", of: versions)]
    }
}
