extension IAM {
    /// Adds a version to a managed policy, which may have five.
    package struct CreatePolicyVersion: QueryOperation {
        package typealias Output = PolicyVersion
        package static let operation = Operation(.iam, "CreatePolicyVersion", .never)

        package var policyARN: String
        /// JSON text.
        package var policyDocument: String
        package var setAsDefault: Bool

        package init(policyARN: String, policyDocument: String, setAsDefault: Bool) {
            self.policyARN = policyARN
            self.policyDocument = policyDocument
            self.setAsDefault = setAsDefault
        }

        package func encode(into request: inout QueryRequest) {
            request.set("PolicyArn", policyARN)
            request.set("PolicyDocument", policyDocument)
            request.set("SetAsDefault", setAsDefault)
        }

        package static func decode(
            _ result: XMLElement
        ) throws(MalformedAnswer) -> PolicyVersion {
            try PolicyVersion(result.child("PolicyVersion"))
        }
    }

    /// A version of a managed policy with its document.
    package struct GetPolicyVersion: QueryOperation {
        package typealias Output = PolicyVersion
        package static let operation = Operation(.iam, "GetPolicyVersion", .reads)

        package var policyARN: String
        package var versionID: String

        package init(policyARN: String, versionID: String) {
            self.policyARN = policyARN
            self.versionID = versionID
        }

        package func encode(into request: inout QueryRequest) {
            request.set("PolicyArn", policyARN)
            request.set("VersionId", versionID)
        }

        package static func decode(
            _ result: XMLElement
        ) throws(MalformedAnswer) -> PolicyVersion {
            try PolicyVersion(result.child("PolicyVersion"))
        }
    }

    /// The versions of a managed policy, without their documents.
    package struct ListPolicyVersions: QueryOperation, PagedOperation {
        package typealias Item = PolicyVersion
        package static let operation = Operation(.iam, "ListPolicyVersions", .reads)

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
        ) throws(MalformedAnswer) -> Page<PolicyVersion> {
            try IAM.page(result, "Versions", PolicyVersion.init)
        }
    }

    /// Makes a version the one that counts.
    package struct SetDefaultPolicyVersion: QueryOperation {
        package typealias Output = Void
        package static let operation = Operation(.iam, "SetDefaultPolicyVersion", .idempotent)

        package var policyARN: String
        package var versionID: String

        package init(policyARN: String, versionID: String) {
            self.policyARN = policyARN
            self.versionID = versionID
        }

        package func encode(into request: inout QueryRequest) {
            request.set("PolicyArn", policyARN)
            request.set("VersionId", versionID)
        }
    }

    /// Deletes a version that is not the default.
    package struct DeletePolicyVersion: QueryOperation {
        package typealias Output = Void
        package static let operation = Operation(
            .iam, "DeletePolicyVersion", .answers("NoSuchEntity"))

        package var policyARN: String
        package var versionID: String

        package init(policyARN: String, versionID: String) {
            self.policyARN = policyARN
            self.versionID = versionID
        }

        package func encode(into request: inout QueryRequest) {
            request.set("PolicyArn", policyARN)
            request.set("VersionId", versionID)
        }
    }

    /// A version of a managed policy.
    package struct PolicyVersion: Hashable, Sendable {
        /// `v1` and so on.
        package let versionID: String
        package let isDefaultVersion: Bool
        /// Seconds since 1970.
        package let createDate: Int?
        /// JSON text, decoded; only from `GetPolicyVersion`.
        package let document: String?

        init(_ element: XMLElement) throws(MalformedAnswer) {
            versionID = try element.string("VersionId")
            isDefaultVersion = try element.bool("IsDefaultVersion")
            createDate = try element.timeIfPresent("CreateDate")
            document = try IAM.document(element, "Document")
        }
    }
}
