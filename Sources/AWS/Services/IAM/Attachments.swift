extension IAM {
    /// Gives a role the rights of a managed policy.
    package struct AttachRolePolicy: QueryOperation {
        package typealias Output = Void
        package static let operation = Operation(.iam, "AttachRolePolicy", .idempotent)

        package var roleName: String
        package var policyARN: String

        package init(roleName: String, policyARN: String) {
            self.roleName = roleName
            self.policyARN = policyARN
        }

        package func encode(into request: inout QueryRequest) {
            request.set("RoleName", roleName)
            request.set("PolicyArn", policyARN)
        }
    }

    /// Takes the rights of a managed policy from a role.
    package struct DetachRolePolicy: QueryOperation {
        package typealias Output = Void
        package static let operation = Operation(.iam, "DetachRolePolicy", .answers("NoSuchEntity"))

        package var roleName: String
        package var policyARN: String

        package init(roleName: String, policyARN: String) {
            self.roleName = roleName
            self.policyARN = policyARN
        }

        package func encode(into request: inout QueryRequest) {
            request.set("RoleName", roleName)
            request.set("PolicyArn", policyARN)
        }
    }

    /// Gives a user the rights of a managed policy.
    package struct AttachUserPolicy: QueryOperation {
        package typealias Output = Void
        package static let operation = Operation(.iam, "AttachUserPolicy", .idempotent)

        package var userName: String
        package var policyARN: String

        package init(userName: String, policyARN: String) {
            self.userName = userName
            self.policyARN = policyARN
        }

        package func encode(into request: inout QueryRequest) {
            request.set("UserName", userName)
            request.set("PolicyArn", policyARN)
        }
    }

    /// Takes the rights of a managed policy from a user.
    package struct DetachUserPolicy: QueryOperation {
        package typealias Output = Void
        package static let operation = Operation(.iam, "DetachUserPolicy", .answers("NoSuchEntity"))

        package var userName: String
        package var policyARN: String

        package init(userName: String, policyARN: String) {
            self.userName = userName
            self.policyARN = policyARN
        }

        package func encode(into request: inout QueryRequest) {
            request.set("UserName", userName)
            request.set("PolicyArn", policyARN)
        }
    }

    /// Gives a group the rights of a managed policy.
    package struct AttachGroupPolicy: QueryOperation {
        package typealias Output = Void
        package static let operation = Operation(.iam, "AttachGroupPolicy", .idempotent)

        package var groupName: String
        package var policyARN: String

        package init(groupName: String, policyARN: String) {
            self.groupName = groupName
            self.policyARN = policyARN
        }

        package func encode(into request: inout QueryRequest) {
            request.set("GroupName", groupName)
            request.set("PolicyArn", policyARN)
        }
    }

    /// Takes the rights of a managed policy from a group.
    package struct DetachGroupPolicy: QueryOperation {
        package typealias Output = Void
        package static let operation = Operation(
            .iam, "DetachGroupPolicy", .answers("NoSuchEntity"))

        package var groupName: String
        package var policyARN: String

        package init(groupName: String, policyARN: String) {
            self.groupName = groupName
            self.policyARN = policyARN
        }

        package func encode(into request: inout QueryRequest) {
            request.set("GroupName", groupName)
            request.set("PolicyArn", policyARN)
        }
    }
}
