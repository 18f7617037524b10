/// IAM of one account: dispatch, pages and the form of names.
///
/// Limits of the members are those of botocore's model.
enum SandboxIAM {
    /// The elements of the result; `nil` for an operation without one.
    typealias Operation = @Sendable (Call, Form, inout Account) throws(Refused) -> [XML]?

    /// Every operation that the sandbox knows.
    static let operations: [String: Operation] =
        policyOperations
        .merging(roleOperations) { $1 }.merging(userOperations) { $1 }
        .merging(groupOperations) { $1 }.merging(keyOperations) { $1 }
        .merging(entityOperations(.role)) { $1 }.merging(entityOperations(.user)) { $1 }
        .merging(entityOperations(.group)) { $1 }

    private static let policyOperations: [String: Operation] = [
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
        "GetAccountAuthorizationDetails": getAccountAuthorizationDetails,
        "SimulatePrincipalPolicy": simulatePrincipalPolicy,
        "SimulateCustomPolicy": simulateCustomPolicy,
    ]

    /// What roles, users and groups have alike, under the name of each.
    private static func entityOperations(_ kind: IAMEntity.Kind) -> [String: Operation] {
        let name = kind.rawValue
        return [
            "Attach\(name)Policy": { _, form, account throws(Refused) in
                try attach(kind, form, &account)
            },
            "Detach\(name)Policy": { _, form, account throws(Refused) in
                try detach(kind, form, &account)
            },
            "ListAttached\(name)Policies": { _, form, account throws(Refused) in
                try listAttached(kind, form, account)
            },
            "Put\(name)Policy": { _, form, account throws(Refused) in
                try putInline(kind, form, &account)
            },
            "Get\(name)Policy": { _, form, account throws(Refused) in
                try getInline(kind, form, account)
            },
            "Delete\(name)Policy": { _, form, account throws(Refused) in
                try deleteInline(kind, form, &account)
            },
            "List\(name)Policies": { _, form, account throws(Refused) in
                try listInline(kind, form, account)
            },
            "List\(name)s": { _, form, account throws(Refused) in
                try list(kind, form, account)
            },
        ]
    }

    /// One page of `items`, which are sorted by `key`, with its marker.
    static func page<Item>(
        of items: [Item], _ form: Form, called name: String, by key: (Item) -> String,
        _ entry: (Item) -> [XML]
    ) throws(Refused) -> [XML] {
        let (page, next) = try cut(items, form, by: key)
        return [XML(list: name, of: page.map(entry))] + end(next)
    }

    /// One page of names, which are sorted.
    static func page(
        ofNames names: [String], _ form: Form, called name: String
    ) throws(Refused) -> [XML] {
        let (page, next) = try cut(names, form, by: \.self)
        return [XML(list: name, ofTexts: page)] + end(next)
    }

    /// The items of the page that the form asks for, and the marker of the next one.
    static func cut<Item>(
        _ items: [Item], _ form: Form, by key: (Item) -> String
    ) throws(Refused) -> (page: [Item], next: String?) {
        let limit = try form.number("MaxItems", in: 1...1000, default: 100)
        let marker = form["Marker"] ?? ""
        let rest = items.drop { !marker.isEmpty && key($0) <= marker }
        let page = rest.prefix(limit)
        return (Array(page), page.count < rest.count ? page.last.map(key) : nil)
    }

    /// What stands behind the list of a page.
    static func end(_ next: String?) -> [XML] {
        [XML("IsTruncated", next != nil)] + (next.map { [XML("Marker", $0)] } ?? [])
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

    /// The path that something is made under: `((/[A-Za-z0-9\.,\+@=_-]+)*)/`, at most 512
    /// characters (botocore policyPathType).
    static func path(of form: Form) throws(Refused) -> String {
        let path = form["Path"] ?? "/"
        let isAllowed = path.unicodeScalars.allSatisfy { scalar in
            scalar.isASCIIAlphanumeric || "/.,+@=_-".unicodeScalars.contains(scalar)
        }
        guard isAllowed, path.hasPrefix("/"), path.hasSuffix("/"), path.count <= 512,
            !path.contains("//")
        else { throw Refused(.iamPath) }
        return path
    }

    static func time(_ name: String, _ seconds: Int) -> XML {
        XML(name, ISO8601.text(secondsSince1970: seconds))
    }
}
