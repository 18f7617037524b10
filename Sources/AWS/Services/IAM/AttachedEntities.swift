extension IAM {
    /// Who a managed policy is attached to, or the boundary of.
    package struct ListEntitiesForPolicy: QueryOperation, PagedOperation {
        package typealias Item = PolicyEntity
        package static let operation = Operation(.iam, "ListEntitiesForPolicy", .reads)

        package var policyARN: String
        package var marker: String?

        package init(policyARN: String) {
            self.policyARN = policyARN
        }

        package func encode(into request: inout QueryRequest) {
            request.set("PolicyArn", policyARN)
            request.set("Marker", marker)
            request.set("MaxItems", 1000)
        }

        package static func decode(
            _ result: XMLElement
        ) throws(MalformedAnswer) -> Page<PolicyEntity> {
            let groups = try result.listIfPresent("PolicyGroups") {
                (group) throws(MalformedAnswer) in
                PolicyEntity(kind: .group, name: try group.string("GroupName"))
            }
            let users = try result.listIfPresent("PolicyUsers") { (user) throws(MalformedAnswer) in
                PolicyEntity(kind: .user, name: try user.string("UserName"))
            }
            let roles = try result.listIfPresent("PolicyRoles") { (role) throws(MalformedAnswer) in
                PolicyEntity(kind: .role, name: try role.string("RoleName"))
            }
            return Page(
                items: (groups ?? []) + (users ?? []) + (roles ?? []), next: try IAM.marker(result))
        }
    }

    /// The managed policies that a role has.
    package struct ListAttachedRolePolicies: QueryOperation, PagedOperation {
        package typealias Item = AttachedPolicy
        package static let operation = Operation(.iam, "ListAttachedRolePolicies", .reads)

        package var roleName: String
        package var marker: String?

        package init(roleName: String) {
            self.roleName = roleName
        }

        package func encode(into request: inout QueryRequest) {
            request.set("RoleName", roleName)
            request.set("Marker", marker)
            request.set("MaxItems", 1000)
        }

        package static func decode(
            _ result: XMLElement
        ) throws(MalformedAnswer) -> Page<AttachedPolicy> {
            try IAM.page(result, "AttachedPolicies", AttachedPolicy.init)
        }
    }

    /// Somebody who has a policy.
    package struct PolicyEntity: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable { case group, user, role }

        package let kind: Kind
        package let name: String
    }

    /// A policy that somebody has.
    package struct AttachedPolicy: Hashable, Sendable {
        package let policyName: String
        package let policyARN: String

        init(_ element: XMLElement) throws(MalformedAnswer) {
            policyName = try element.string("PolicyName")
            policyARN = try element.string("PolicyArn")
        }
    }
}
