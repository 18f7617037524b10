package import POSIX

extension SecretsManager {
    /// Reads a value: of one version, of one stage, or of AWSCURRENT.
    package struct GetSecretValue: JSONOperation {
        package static let operation = Operation(.secretsManager, "GetSecretValue", .reads)

        package var secretID: String
        package var versionID: String?
        package var versionStage: String?

        package init(secretID: String, versionID: String? = nil, versionStage: String? = nil) {
            self.secretID = secretID
            self.versionID = versionID
            self.versionStage = versionStage
        }

        package func encode(into request: inout JSONRequest) {
            request.set("SecretId", secretID)
            request.set("VersionId", versionID)
            request.set("VersionStage", versionStage)
        }

        package static func decode(
            _ answer: JSONAnswer
        ) throws(MalformedAnswer) -> Output {
            Output(
                arn: try answer.string("ARN"), name: try answer.string("Name"),
                versionID: try answer.string("VersionId"),
                versionStages: try answer.stringsIfPresent("VersionStages") ?? [],
                value: try Value(answer))
        }

        /// A version with its value.
        package struct Output: Sendable {
            package let arn: String
            package let name: String
            package let versionID: String
            package let versionStages: [String]
            package let value: Value
        }
    }

    /// Adds a version.
    ///
    /// The same token with the same value does nothing, and moves no stage.
    package struct PutSecretValue: JSONOperation {
        package typealias Output = VersionReference
        package static let operation = Operation(.secretsManager, "PutSecretValue", .idempotent)

        package var secretID: String
        /// 32 to 64 characters; becomes the version's id.
        package var clientRequestToken: String
        package var value: Value
        /// `nil` makes it AWSCURRENT, and the version before it AWSPREVIOUS.
        package var versionStages: [String]?

        package init(
            secretID: String, clientRequestToken: String, value: Value,
            versionStages: [String]? = nil
        ) {
            self.secretID = secretID
            self.clientRequestToken = clientRequestToken
            self.value = value
            self.versionStages = versionStages
        }

        package func encode(into request: inout JSONRequest) {
            request.set("SecretId", secretID)
            request.set("ClientRequestToken", clientRequestToken)
            request.set("VersionStages", versionStages)
            value.encode(into: &request)
        }

        package static func decode(
            _ answer: JSONAnswer
        ) throws(MalformedAnswer) -> VersionReference {
            VersionReference(
                arn: try answer.string("ARN"), versionID: try answer.stringIfPresent("VersionId"))
        }

        package var sensitiveValues: [ProtectedBytes] { [value.bytes] }
    }

    /// Moves a stage from one version to another, and fails when it is not where it is said to be.
    ///
    /// A version id that is `nil` adds the stage, or takes it away.
    package struct UpdateSecretVersionStage: JSONOperation {
        package typealias Output = String
        package static let operation = Operation(
            .secretsManager, "UpdateSecretVersionStage", .answers("InvalidParameterException"))

        package var secretID: String
        package var versionStage: String
        package var removeFromVersionID: String?
        package var moveToVersionID: String?

        package init(
            secretID: String, versionStage: String, removeFromVersionID: String? = nil,
            moveToVersionID: String? = nil
        ) {
            self.secretID = secretID
            self.versionStage = versionStage
            self.removeFromVersionID = removeFromVersionID
            self.moveToVersionID = moveToVersionID
        }

        package func encode(into request: inout JSONRequest) {
            request.set("SecretId", secretID)
            request.set("VersionStage", versionStage)
            request.set("RemoveFromVersionId", removeFromVersionID)
            request.set("MoveToVersionId", moveToVersionID)
        }

        package static func decode(
            _ answer: JSONAnswer
        ) throws(MalformedAnswer) -> String {
            try answer.string("ARN")
        }
    }

    /// The versions of a secret.
    package struct ListSecretVersionIds: JSONOperation, PagedOperation {
        package typealias Item = Version
        package static let operation = Operation(.secretsManager, "ListSecretVersionIds", .reads)

        package var secretID: String
        /// Also those without a stage, which may go at any time.
        package var includeDeprecated: Bool
        package var marker: String?

        package init(secretID: String, includeDeprecated: Bool = false) {
            self.secretID = secretID
            self.includeDeprecated = includeDeprecated
        }

        package func encode(into request: inout JSONRequest) {
            request.set("SecretId", secretID)
            request.set("MaxResults", 100)
            request.set("IncludeDeprecated", includeDeprecated)
            request.set("NextToken", marker)
        }

        package static func decode(
            _ answer: JSONAnswer
        ) throws(MalformedAnswer) -> Page<Version> {
            let versions = try answer.list("Versions") { (version) throws(MalformedAnswer) in
                Version(
                    versionID: try version.string("VersionId"),
                    versionStages: try version.stringsIfPresent("VersionStages") ?? [],
                    createdDate: try version.timeIfPresent("CreatedDate"))
            }
            return Page(items: versions, next: try answer.stringIfPresent("NextToken"))
        }
    }

    /// A version of a secret, without its value.
    package struct Version: Hashable, Sendable {
        package let versionID: String
        package let versionStages: [String]
        /// Seconds since 1970.
        package let createdDate: Int?
    }
}
