extension IAM {
    /// The names of the policies that stand in a role itself.
    package struct ListRolePolicies: QueryOperation, PagedOperation {
        package typealias Item = String
        package static let operation = Operation(.iam, "ListRolePolicies", .reads)

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

        package static func decode(_ result: XMLElement) throws(MalformedAnswer) -> Page<String> {
            try IAM.page(result, "PolicyNames") { (name) throws(MalformedAnswer) in name.text }
        }
    }

    /// A policy that stands in a role itself.
    package struct GetRolePolicy: QueryOperation {
        package typealias Output = InlinePolicy
        package static let operation = Operation(.iam, "GetRolePolicy", .reads)

        package var roleName: String
        package var policyName: String

        package init(roleName: String, policyName: String) {
            self.roleName = roleName
            self.policyName = policyName
        }

        package func encode(into request: inout QueryRequest) {
            request.set("RoleName", roleName)
            request.set("PolicyName", policyName)
        }

        package static func decode(_ result: XMLElement) throws(MalformedAnswer) -> InlinePolicy {
            try InlinePolicy(result)
        }
    }

    /// A policy that belongs to one user, group or role.
    package struct InlinePolicy: Hashable, Sendable {
        package let policyName: String
        /// JSON text, decoded.
        package let document: String

        init(_ element: XMLElement) throws(MalformedAnswer) {
            policyName = try element.string("PolicyName")
            guard let document = try IAM.document(element, "PolicyDocument") else {
                throw MalformedAnswer("\(element.name).PolicyDocument is missing")
            }
            self.document = document
        }
    }
}
