extension IAM {
    /// Makes a managed policy.
    ///
    /// Its name must be unique in the account, whatever its path and case.
    package struct CreatePolicy: QueryOperation {
        package typealias Output = Policy
        package static let operation = Operation(.iam, "CreatePolicy", .never)

        package var policyName: String
        /// JSON text.
        package var policyDocument: String
        /// Beginning and ending with `/`; `nil` is `/`.
        package var path: String?
        package var description: String?
        package var tags: [Tag]

        package init(
            policyName: String, policyDocument: String, path: String? = nil,
            description: String? = nil, tags: [Tag] = []
        ) {
            self.policyName = policyName
            self.policyDocument = policyDocument
            self.path = path
            self.description = description
            self.tags = tags
        }

        package func encode(into request: inout QueryRequest) {
            request.set("PolicyName", policyName)
            request.set("Path", path)
            request.set("PolicyDocument", policyDocument)
            request.set("Description", description)
            request.set("Tags", tags)
        }

        package static func decode(
            _ result: XMLElement
        ) throws(MalformedAnswer) -> Policy {
            try Policy(result.child("Policy"))
        }
    }

    /// Tells of a managed policy, its tags included, its document apart.
    package struct GetPolicy: QueryOperation {
        package typealias Output = Policy
        package static let operation = Operation(.iam, "GetPolicy", .reads)

        package var policyARN: String

        package init(policyARN: String) {
            self.policyARN = policyARN
        }

        package func encode(into request: inout QueryRequest) {
            request.set("PolicyArn", policyARN)
        }

        package static func decode(
            _ result: XMLElement
        ) throws(MalformedAnswer) -> Policy {
            try Policy(result.child("Policy"))
        }
    }

    /// The customer managed policies of the account below a path; without their tags.
    package struct ListPolicies: QueryOperation, PagedOperation {
        package typealias Item = Policy
        package static let operation = Operation(.iam, "ListPolicies", .reads)

        package var pathPrefix: String?
        package var marker: String?

        package init(pathPrefix: String? = nil) {
            self.pathPrefix = pathPrefix
        }

        package func encode(into request: inout QueryRequest) {
            request.set("Scope", "Local")
            request.set("PathPrefix", pathPrefix)
            request.set("Marker", marker)
            request.set("MaxItems", 1000)
        }

        package static func decode(
            _ result: XMLElement
        ) throws(MalformedAnswer) -> Page<Policy> {
            try IAM.page(result, "Policies", Policy.init)
        }
    }

    /// Deletes a managed policy that is attached nowhere and has one version left.
    package struct DeletePolicy: QueryOperation {
        package typealias Output = Void
        package static let operation = Operation(.iam, "DeletePolicy", .answers("NoSuchEntity"))

        package var policyARN: String

        package init(policyARN: String) {
            self.policyARN = policyARN
        }

        package func encode(into request: inout QueryRequest) {
            request.set("PolicyArn", policyARN)
        }
    }

    /// Sets tags of a managed policy; others stay.
    package struct TagPolicy: QueryOperation {
        package typealias Output = Void
        package static let operation = Operation(.iam, "TagPolicy", .idempotent)

        package var policyARN: String
        package var tags: [Tag]

        package init(policyARN: String, tags: [Tag]) {
            self.policyARN = policyARN
            self.tags = tags
        }

        package func encode(into request: inout QueryRequest) {
            request.set("PolicyArn", policyARN)
            request.set("Tags", tags)
        }
    }

    /// Removes tags of a managed policy.
    package struct UntagPolicy: QueryOperation {
        package typealias Output = Void
        package static let operation = Operation(.iam, "UntagPolicy", .idempotent)

        package var policyARN: String
        package var tagKeys: [String]

        package init(policyARN: String, tagKeys: [String]) {
            self.policyARN = policyARN
            self.tagKeys = tagKeys
        }

        package func encode(into request: inout QueryRequest) {
            request.set("PolicyArn", policyARN)
            request.set("TagKeys", tagKeys)
        }
    }

    /// A managed policy, without its document.
    package struct Policy: Hashable, Sendable {
        package let policyName: String
        package let policyID: String
        package let arn: String
        package let path: String
        package let defaultVersionID: String
        package let attachmentCount: Int
        package let permissionsBoundaryUsageCount: Int
        /// Only from `GetPolicy`.
        package let description: String?
        /// Seconds since 1970.
        package let createDate: Int?
        /// Only from `GetPolicy` and `CreatePolicy`.
        package let tags: [Tag]

        init(_ element: XMLElement) throws(MalformedAnswer) {
            policyName = try element.string("PolicyName")
            policyID = try element.string("PolicyId")
            arn = try element.string("Arn")
            path = try element.string("Path")
            defaultVersionID = try element.string("DefaultVersionId")
            attachmentCount = try element.intIfPresent("AttachmentCount") ?? 0
            permissionsBoundaryUsageCount =
                try element.intIfPresent("PermissionsBoundaryUsageCount") ?? 0
            description = element.stringIfPresent("Description")
            createDate = try element.timeIfPresent("CreateDate")
            tags = try element.listIfPresent("Tags", IAM.tag) ?? []
        }
    }
}
