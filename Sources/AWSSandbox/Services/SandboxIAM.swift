/// IAM of one account: dispatch, pages and the form of names.
enum SandboxIAM {
    /// The elements of the result; `nil` for an operation without one.
    typealias Operation = @Sendable (Call, Form, inout Account) throws(Refused) -> [XML]?

    /// Every operation that the sandbox knows.
    static let operations: [String: Operation] = [
        "CreatePolicy": createPolicy,
        "GetPolicy": getPolicy,
        "ListPolicies": listPolicies,
        "DeletePolicy": deletePolicy,
        "TagPolicy": tagPolicy,
        "UntagPolicy": untagPolicy,
        "ListPolicyTags": listPolicyTags,
        "CreatePolicyVersion": createPolicyVersion,
        "GetPolicyVersion": getPolicyVersion,
        "ListPolicyVersions": listPolicyVersions,
        "DeletePolicyVersion": deletePolicyVersion,
        "SetDefaultPolicyVersion": setDefaultPolicyVersion,
        "ListEntitiesForPolicy": listEntitiesForPolicy,
        "AttachRolePolicy": { call, form, account throws(Refused) in
            try attach(.role, form, &account)
        },
        "AttachUserPolicy": { call, form, account throws(Refused) in
            try attach(.user, form, &account)
        },
        "AttachGroupPolicy": { call, form, account throws(Refused) in
            try attach(.group, form, &account)
        },
        "DetachRolePolicy": { call, form, account throws(Refused) in
            try detach(.role, form, &account)
        },
        "DetachUserPolicy": { call, form, account throws(Refused) in
            try detach(.user, form, &account)
        },
        "DetachGroupPolicy": { call, form, account throws(Refused) in
            try detach(.group, form, &account)
        },
        "ListAttachedRolePolicies": { call, form, account throws(Refused) in
            try listAttached(.role, form, account)
        },
        "ListAttachedUserPolicies": { call, form, account throws(Refused) in
            try listAttached(.user, form, account)
        },
        "ListAttachedGroupPolicies": { call, form, account throws(Refused) in
            try listAttached(.group, form, account)
        },
        "GetRole": { call, form, account throws(Refused) in try get(.role, form, account) },
        "GetUser": { call, form, account throws(Refused) in try get(.user, form, account) },
        "GetGroup": { call, form, account throws(Refused) in try get(.group, form, account) },
    ]

    /// One page of `items`, which are sorted by `key`, with its marker.
    static func page<Item>(
        of items: [Item], _ form: Form, called name: String, by key: (Item) -> String,
        _ entry: (Item) -> [XML]
    ) throws(Refused) -> [XML] {
        let limit = try form.number("MaxItems", in: 1...1000, default: 100)
        let marker = form["Marker"] ?? ""
        let rest = items.drop { !marker.isEmpty && key($0) <= marker }
        let page = rest.prefix(limit)
        let isTruncated = page.count < rest.count
        let elements = [
            XML(list: name, of: page.map(entry)), XML("IsTruncated", isTruncated),
        ]
        guard isTruncated, let last = page.last else { return elements }
        return elements + [XML("Marker", key(last))]
    }

    /// The field `name`, checked as a name of IAM: `[\w+=,.@-]`.
    static func name(
        _ field: String, of form: Form, atMost limit: Int
    ) throws(Refused) -> String {
        let name = try form.required(field)
        let isAllowed = name.unicodeScalars.allSatisfy { scalar in
            scalar.isASCIIAlphanumeric || "_+=,.@-".unicodeScalars.contains(scalar)
        }
        guard isAllowed else { throw Refused(.iamName, field.memberName) }
        guard (1...limit).contains(name.count) else {
            let bound =
                name.isEmpty ? "greater than or equal to 1" : "less than or equal to \(limit)"
            throw Refused(
                .constraintQuery, " '\(name)'", field.memberName,
                "Member must have length \(bound)")
        }
        return name
    }

    /// The account's policy of the field `PolicyArn`; AWS's own have no versions or tags here.
    static func policy(of form: Form, in account: Account) throws(Refused) -> ManagedPolicy {
        let arn = try form.required("PolicyArn")
        guard let policy = account.policies[arn] else { throw Refused(.noSuchPolicy, arn) }
        return policy
    }

    static func time(_ name: String, _ seconds: Int) -> XML {
        XML(name, ISO8601.text(secondsSince1970: seconds))
    }
}
