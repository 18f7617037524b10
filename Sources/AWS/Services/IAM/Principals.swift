extension IAM {
    /// Tells of a role.
    package struct GetRole: QueryOperation {
        package typealias Output = Role
        package static let operation = Operation(.iam, "GetRole", .reads)

        package var roleName: String

        package init(roleName: String) {
            self.roleName = roleName
        }

        package func encode(into request: inout QueryRequest) {
            request.set("RoleName", roleName)
        }

        package static func decode(
            _ result: XMLElement
        ) throws(MalformedAnswer) -> Role {
            try Role(result.child("Role"))
        }
    }

    /// Tells of a user.
    package struct GetUser: QueryOperation {
        package typealias Output = Principal
        package static let operation = Operation(.iam, "GetUser", .reads)

        package var userName: String

        package init(userName: String) {
            self.userName = userName
        }

        package func encode(into request: inout QueryRequest) {
            request.set("UserName", userName)
        }

        package static func decode(
            _ result: XMLElement
        ) throws(MalformedAnswer) -> Principal {
            try Principal(result.child("User"), kind: "User")
        }
    }

    /// Tells of a group, its members apart.
    package struct GetGroup: QueryOperation {
        package typealias Output = Principal
        package static let operation = Operation(.iam, "GetGroup", .reads)

        package var groupName: String

        package init(groupName: String) {
            self.groupName = groupName
        }

        package func encode(into request: inout QueryRequest) {
            request.set("GroupName", groupName)
            request.set("MaxItems", 1)
        }

        package static func decode(
            _ result: XMLElement
        ) throws(MalformedAnswer) -> Principal {
            try Principal(result.child("Group"), kind: "Group")
        }
    }

    /// What users, groups and roles have in common.
    package struct Principal: Hashable, Sendable {
        package let name: String
        /// What AWS keeps in its place when it is deleted: `AROA...`, `AIDA...`, `AGPA...`.
        package let id: String
        package let arn: String
        package let path: String

        /// - Parameter kind: how the members' names begin.
        init(_ element: XMLElement, kind: String) throws(MalformedAnswer) {
            name = try element.string("\(kind)Name")
            id = try element.string("\(kind)Id")
            arn = try element.string("Arn")
            path = try element.string("Path")
        }
    }

    /// A role.
    package struct Role: Hashable, Sendable {
        package let principal: Principal
        /// Who may assume it: JSON text, decoded.
        package let assumeRolePolicyDocument: String?
        package let permissionsBoundaryARN: String?
        package let tags: [Tag]

        init(_ element: XMLElement) throws(MalformedAnswer) {
            principal = try Principal(element, kind: "Role")
            assumeRolePolicyDocument = try IAM.document(element, "AssumeRolePolicyDocument")
            permissionsBoundaryARN =
                try element.childIfPresent("PermissionsBoundary")?
                .string("PermissionsBoundaryArn")
            tags = try element.listIfPresent("Tags", IAM.tag) ?? []
        }
    }
}
