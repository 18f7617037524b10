/// Roles and who may assume them.
extension SandboxIAM {
    static let roleOperations: [String: Operation] = [
        "CreateRole": createRole,
        "GetRole": getRole,
        "UpdateRole": updateRole,
        "DeleteRole": deleteRole,
        "UpdateAssumeRolePolicy": updateAssumeRolePolicy,
        "PutRolePermissionsBoundary": { _, form, account throws(Refused) in
            try putBoundary(.role, form, &account)
        },
        "DeleteRolePermissionsBoundary": { _, form, account throws(Refused) in
            try deleteBoundary(.role, form, &account)
        },
        "TagRole": { _, form, account throws(Refused) in try tag(.role, form, &account) },
        "UntagRole": { _, form, account throws(Refused) in try untag(.role, form, &account) },
        "ListRoleTags": { _, form, account throws(Refused) in
            try listTags(try entity(.role, of: form, in: account).tags, form)
        },
        "ListInstanceProfilesForRole": listInstanceProfilesForRole,
    ]

    static func createRole(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let name = try newName(.role, of: form)
        let path = try path(of: form)
        let trust = try form.required("AssumeRolePolicyDocument")
        var terms = RoleTerms(trust: trust, description: try roleDescription(of: form))
        terms.maximumSession = try maximumSession(of: form, default: 3600)
        let tags = Tags(try tags(of: form))
        try TrustGrammar.check(trust) { call.principals.contains($0) }
        try checkIsNew(.role, name, in: account)
        let hasBoundary = form["PermissionsBoundary"] != nil
        let boundary = hasBoundary ? try boundary(of: form, in: account) : nil
        terms.trusted = account.ids(namedBy: trust)
        let role = account.add(
            .role, name, path: path, at: call.now, boundary: boundary, tags: tags, role: terms)
        // Neither the description nor the longest session comes back (LS test_create_describe_role).
        return [XML("Role", basics(of: role) + [document(of: role, in: account)] + marks(of: role))]
    }

    static func getRole(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let role = try entity(.role, of: form, in: account)
        return [
            XML(
                "Role",
                basics(of: role) + terms(of: role, in: account) + marks(of: role)
                    + [XML("RoleLastUsed", [])])
        ]
    }

    static func updateRole(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let role = try changeable(.role, of: form, in: account)
        guard var terms = role.role else { return [] }
        terms.description = try roleDescription(of: form) ?? terms.description
        terms.maximumSession = try maximumSession(of: form, default: terms.maximumSession)
        account.entities[.role]?[role.name]?.role = terms
        return []
    }

    static func deleteRole(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let role = try changeable(.role, of: form, in: account)
        try checkIsFree(role)
        account.remove(role)
        return nil
    }

    static func updateAssumeRolePolicy(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let role = try changeable(.role, of: form, in: account)
        let trust = try form.required("PolicyDocument")
        try TrustGrammar.check(trust) { call.principals.contains($0) }
        let trusted = account.ids(namedBy: trust)
        account.entities[.role]?[role.name]?.role?.trust = trust
        account.entities[.role]?[role.name]?.role?.trusted = trusted
        return nil
    }

    /// The sandbox has no instances, so there are no profiles of them.
    static func listInstanceProfilesForRole(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        _ = try entity(.role, of: form, in: account)
        return [XML(list: "InstanceProfiles", of: []), XML("IsTruncated", false)]
    }

    /// What GetRole and ListRoles tell beyond the basics.
    static func terms(of role: IAMEntity, in account: Account) -> [XML] {
        guard let terms = role.role else { return [] }
        return [document(of: role, in: account)]
            + (terms.description.map { [XML("Description", $0)] } ?? [])
            + [XML("MaxSessionDuration", terms.maximumSession)]
    }

    /// The trust policy as IAM shows it.
    ///
    /// The id of a principal that is gone, or was made again, stands in the place of its ARN
    /// (IAM guide, "AWS JSON policy elements: Principal").
    static func document(of role: IAMEntity, in account: Account) -> XML {
        var trust = role.role?.trust ?? ""
        for (arn, id) in (role.role?.trusted ?? [:]).sorted(by: { $0.key < $1.key })
        where account.entity(arn: arn)?.id != id {
            trust = trust.replacing("\"\(arn)\"", with: "\"\(id)\"")
        }
        return XML("AssumeRolePolicyDocument", trust.percentEncoded)
    }

    private static func maximumSession(
        of form: Form, default known: Int
    ) throws(Refused) -> Int {
        try form.number("MaxSessionDuration", in: 3600...43_200, default: known)
    }

    private static func roleDescription(of form: Form) throws(Refused) -> String? {
        let pattern = #"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*"#
        return try form.text("Description", length: 0...1000, pattern: pattern) { scalar in
            switch scalar.value {
            case 0x09, 0x0a, 0x0d, 0x20...0x7e, 0xa1...0xff: true
            default: false
            }
        }
    }
}

extension Account {
    /// The unique ids of its principals that a trust policy names, by ARN.
    fileprivate func ids(namedBy trust: String) -> [String: String] {
        var ids: [String: String] = [:]
        for statement in (try? PolicyGrammar.statements(of: trust)) ?? [] {
            for (_, name) in (try? TrustGrammar.principals(of: statement)) ?? [] {
                ids[name] = entity(arn: name)?.id
            }
        }
        return ids
    }
}
