extension IAM {
    /// Sets tags of a role; others stay.
    package struct TagRole: QueryOperation {
        package typealias Output = Void
        package static let operation = Operation(.iam, "TagRole", .idempotent)

        package var roleName: String
        package var tags: [Tag]

        package init(roleName: String, tags: [Tag]) {
            self.roleName = roleName
            self.tags = tags
        }

        package func encode(into request: inout QueryRequest) {
            request.set("RoleName", roleName)
            request.set("Tags", tags)
        }
    }

    /// Removes tags of a role.
    package struct UntagRole: QueryOperation {
        package typealias Output = Void
        package static let operation = Operation(.iam, "UntagRole", .idempotent)

        package var roleName: String
        package var tagKeys: [String]

        package init(roleName: String, tagKeys: [String]) {
            self.roleName = roleName
            self.tagKeys = tagKeys
        }

        package func encode(into request: inout QueryRequest) {
            request.set("RoleName", roleName)
            request.set("TagKeys", tagKeys)
        }
    }
}
