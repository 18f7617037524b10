extension IAM {
    /// All users, groups, roles and customer managed policies of the account with their rights: one
    /// list in place of several calls for each of them.
    package struct GetAccountAuthorizationDetails: QueryOperation, PagedOperation {
        package typealias Item = Authorization
        package static let operation = Operation(.iam, "GetAccountAuthorizationDetails", .reads)
        /// A hundred entities with several documents each, percent-encoded.
        package static var maximumAnswer: Int { 16 << 20 }

        package var filter: [Kind]
        package var marker: String?

        /// What a list holds.
        package enum Kind: String, Hashable, Sendable, CaseIterable {
            case user = "User"
            case role = "Role"
            case group = "Group"
            case localManagedPolicy = "LocalManagedPolicy"
        }

        package init(filter: [Kind] = Kind.allCases) {
            self.filter = filter
        }

        package func encode(into request: inout QueryRequest) {
            request.set("Filter", filter.map(\.rawValue))
            request.set("MaxItems", 100)
            request.set("Marker", marker)
        }

        package static func decode(
            _ result: XMLElement
        ) throws(MalformedAnswer) -> Page<Authorization> {
            var items: [Authorization] = []
            for kind in ["User", "Group", "Role"] {
                let holders = try result.listIfPresent("\(kind)DetailList") {
                    (holder) throws(MalformedAnswer) in
                    try Holder(holder, kind: kind)
                }
                items += (holders ?? []).map { holder in
                    switch kind {
                    case "User": .user(holder)
                    case "Group": .group(holder)
                    default: .role(holder)
                    }
                }
            }
            let policies = try result.listIfPresent("Policies") {
                (policy) throws(MalformedAnswer) in
                Authorization.policy(
                    try Policy(policy),
                    versions: try policy.list("PolicyVersionList", PolicyVersion.init))
            }
            return Page(items: items + (policies ?? []), next: try IAM.marker(result))
        }
    }

    /// One entity of the account, with its rights.
    package enum Authorization: Hashable, Sendable {
        case user(Holder)
        case group(Holder)
        case role(Holder)
        /// The versions come with their documents.
        case policy(Policy, versions: [PolicyVersion])
    }

    /// Somebody who holds policies.
    package struct Holder: Hashable, Sendable {
        package let principal: Principal
        package let inlinePolicies: [InlinePolicy]
        package let attachedPolicies: [AttachedPolicy]
        /// The names of a user's groups.
        package let groups: [String]
        /// Who may assume it, of a role: JSON text, decoded.
        package let assumeRolePolicyDocument: String?
        package let permissionsBoundaryARN: String?
        package let tags: [Tag]

        /// - Parameter kind: how the members' names begin.
        init(_ element: XMLElement, kind: String) throws(MalformedAnswer) {
            principal = try Principal(element, kind: kind)
            inlinePolicies = try element.listIfPresent("\(kind)PolicyList", InlinePolicy.init) ?? []
            attachedPolicies =
                try element.listIfPresent("AttachedManagedPolicies", AttachedPolicy.init) ?? []
            groups =
                try element.listIfPresent("GroupList") { (name) throws(MalformedAnswer) in name.text
                }
                ?? []
            assumeRolePolicyDocument = try IAM.document(element, "AssumeRolePolicyDocument")
            permissionsBoundaryARN =
                try element.childIfPresent("PermissionsBoundary")?
                .string("PermissionsBoundaryArn")
            tags = try element.listIfPresent("Tags", IAM.tag) ?? []
        }
    }
}
