extension IAM {
    /// Makes a role.
    ///
    /// Its name must be unique in the account, whatever its path and case.
    package struct CreateRole: QueryOperation {
        package typealias Output = Role
        package static let operation = Operation(
            .iam, "CreateRole", .answers("EntityAlreadyExists"))

        package var roleName: String
        /// Who may assume it: JSON text.
        package var assumeRolePolicyDocument: String
        /// Beginning and ending with `/`; `nil` is `/`.
        package var path: String?
        package var description: String?
        package var permissionsBoundaryARN: String?
        package var tags: [Tag]

        package init(
            roleName: String, assumeRolePolicyDocument: String, path: String? = nil,
            description: String? = nil, permissionsBoundaryARN: String? = nil, tags: [Tag] = []
        ) {
            self.roleName = roleName
            self.assumeRolePolicyDocument = assumeRolePolicyDocument
            self.path = path
            self.description = description
            self.permissionsBoundaryARN = permissionsBoundaryARN
            self.tags = tags
        }

        package func encode(into request: inout QueryRequest) {
            request.set("Path", path)
            request.set("RoleName", roleName)
            request.set("AssumeRolePolicyDocument", assumeRolePolicyDocument)
            request.set("Description", description)
            request.set("PermissionsBoundary", permissionsBoundaryARN)
            request.set("Tags", tags)
        }

        package static func decode(_ result: XMLElement) throws(MalformedAnswer) -> Role {
            try Role(result.child("Role"))
        }
    }

    /// Deletes a role that has no policies left.
    package struct DeleteRole: QueryOperation {
        package typealias Output = Void
        package static let operation = Operation(.iam, "DeleteRole", .answers("NoSuchEntity"))

        package var roleName: String

        package init(roleName: String) {
            self.roleName = roleName
        }

        package func encode(into request: inout QueryRequest) {
            request.set("RoleName", roleName)
        }
    }

    /// Replaces who may assume a role.
    package struct UpdateAssumeRolePolicy: QueryOperation {
        package typealias Output = Void
        package static let operation = Operation(.iam, "UpdateAssumeRolePolicy", .idempotent)

        package var roleName: String
        /// JSON text.
        package var policyDocument: String

        package init(roleName: String, policyDocument: String) {
            self.roleName = roleName
            self.policyDocument = policyDocument
        }

        package func encode(into request: inout QueryRequest) {
            request.set("RoleName", roleName)
            request.set("PolicyDocument", policyDocument)
        }
    }

    /// Bounds what a role may do, whatever its policies allow.
    package struct PutRolePermissionsBoundary: QueryOperation {
        package typealias Output = Void
        package static let operation = Operation(.iam, "PutRolePermissionsBoundary", .idempotent)

        package var roleName: String
        package var policyARN: String

        package init(roleName: String, policyARN: String) {
            self.roleName = roleName
            self.policyARN = policyARN
        }

        package func encode(into request: inout QueryRequest) {
            request.set("RoleName", roleName)
            request.set("PermissionsBoundary", policyARN)
        }
    }

    /// Takes the bound of a role away.
    package struct DeleteRolePermissionsBoundary: QueryOperation {
        package typealias Output = Void
        package static let operation = Operation(
            .iam, "DeleteRolePermissionsBoundary", .answers("NoSuchEntity"))

        package var roleName: String

        package init(roleName: String) {
            self.roleName = roleName
        }

        package func encode(into request: inout QueryRequest) {
            request.set("RoleName", roleName)
        }
    }
}
