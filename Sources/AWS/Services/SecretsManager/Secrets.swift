internal import JSON
package import POSIX

extension SecretsManager {
    /// Makes a secret, with its first value in the same call.
    package struct CreateSecret: JSONOperation {
        package typealias Output = VersionReference
        package static let operation = Operation(.secretsManager, "CreateSecret", .idempotent)

        package var name: String
        /// 32 to 64 characters; becomes the id of the first version, and makes the call idempotent.
        package var clientRequestToken: String
        package var description: String?
        /// `nil` is the key `aws/secretsmanager`.
        package var kmsKeyID: String?
        package var value: Value?
        package var tags: [Tag]

        package init(
            name: String, clientRequestToken: String, description: String? = nil,
            kmsKeyID: String? = nil, value: Value? = nil, tags: [Tag] = []
        ) {
            self.name = name
            self.clientRequestToken = clientRequestToken
            self.description = description
            self.kmsKeyID = kmsKeyID
            self.value = value
            self.tags = tags
        }

        package func encode(into request: inout JSONRequest) {
            request.set("Name", name)
            request.set("ClientRequestToken", clientRequestToken)
            request.set("Description", description)
            request.set("KmsKeyId", kmsKeyID)
            request.set("Tags", tags, keyName: "Key", valueName: "Value")
            value?.encode(into: &request)
        }

        package static func decode(
            _ answer: JSONAnswer
        ) throws(MalformedAnswer) -> VersionReference {
            VersionReference(
                arn: try answer.string("ARN"), versionID: try answer.stringIfPresent("VersionId"))
        }

        package var sensitiveValues: [ProtectedBytes] { value.map { [$0.bytes] } ?? [] }
    }

    /// Tells of a secret, by its name or ARN, its values apart; of one pending deletion too.
    package struct DescribeSecret: JSONOperation {
        package typealias Output = Secret
        package static let operation = Operation(.secretsManager, "DescribeSecret", .reads)

        package var secretID: String

        package init(secretID: String) {
            self.secretID = secretID
        }

        package func encode(into request: inout JSONRequest) {
            request.set("SecretId", secretID)
        }

        package static func decode(
            _ answer: JSONAnswer
        ) throws(MalformedAnswer) -> Secret {
            try Secret(answer, stages: "VersionIdsToStages")
        }
    }

    /// The secrets of the account and region.
    ///
    /// Up to five minutes old.
    package struct ListSecrets: JSONOperation, PagedOperation {
        package typealias Item = Secret
        package static let operation = Operation(.secretsManager, "ListSecrets", .reads)

        /// What names begin with, letters of either case being different.
        package var namePrefix: String?
        package var includePlannedDeletion: Bool
        package var marker: String?

        package init(namePrefix: String? = nil, includePlannedDeletion: Bool = false) {
            self.namePrefix = namePrefix
            self.includePlannedDeletion = includePlannedDeletion
        }

        package func encode(into request: inout JSONRequest) {
            request.set("MaxResults", 100)
            request.set("IncludePlannedDeletion", includePlannedDeletion)
            if let namePrefix {
                let filter: JSON = ["Key": "name", "Values": [.string(namePrefix)]]
                request.set("Filters", .array([filter]))
            }
            request.set("NextToken", marker)
        }

        package static func decode(
            _ answer: JSONAnswer
        ) throws(MalformedAnswer) -> Page<Secret> {
            let secrets = try answer.list("SecretList") { (secret) throws(MalformedAnswer) in
                try Secret(secret, stages: "SecretVersionsToStages")
            }
            return Page(items: secrets, next: try answer.stringIfPresent("NextToken"))
        }
    }

    /// Changes what describes a secret; what is `nil` stays.
    ///
    /// Its value has calls of its own.
    package struct UpdateSecret: JSONOperation {
        package typealias Output = String
        package static let operation = Operation(.secretsManager, "UpdateSecret", .idempotent)

        package var secretID: String
        /// 32 to 64 characters, not the id of a version; as every SDK sends one, also where no value
        /// changes.
        package var clientRequestToken: String
        package var description: String?
        /// Empty goes back to the key `aws/secretsmanager`.
        package var kmsKeyID: String?

        package init(
            secretID: String, clientRequestToken: String, description: String? = nil,
            kmsKeyID: String? = nil
        ) {
            self.secretID = secretID
            self.clientRequestToken = clientRequestToken
            self.description = description
            self.kmsKeyID = kmsKeyID
        }

        package func encode(into request: inout JSONRequest) {
            request.set("SecretId", secretID)
            request.set("ClientRequestToken", clientRequestToken)
            request.set("Description", description)
            request.set("KmsKeyId", kmsKeyID)
        }

        package static func decode(
            _ answer: JSONAnswer
        ) throws(MalformedAnswer) -> String {
            try answer.string("ARN")
        }
    }

    /// Schedules a secret's deletion, after 7 to 30 days in which it can be restored.
    package struct DeleteSecret: JSONOperation {
        package static let operation = Operation(
            .secretsManager, "DeleteSecret", .answers("InvalidRequestException"))

        package var secretID: String
        package var recoveryWindowInDays: Int

        package init(secretID: String, recoveryWindowInDays: Int) {
            self.secretID = secretID
            self.recoveryWindowInDays = recoveryWindowInDays
        }

        package func encode(into request: inout JSONRequest) {
            request.set("SecretId", secretID)
            request.set("RecoveryWindowInDays", recoveryWindowInDays)
        }

        package static func decode(
            _ answer: JSONAnswer
        ) throws(MalformedAnswer) -> Output {
            Output(
                arn: try answer.string("ARN"),
                deletionDate: try answer.timeIfPresent("DeletionDate"))
        }

        /// What was scheduled.
        package struct Output: Hashable, Sendable {
            package let arn: String
            /// Seconds since 1970.
            package let deletionDate: Int?
        }
    }

    /// Takes a scheduled deletion back.
    package struct RestoreSecret: JSONOperation {
        package typealias Output = String
        package static let operation = Operation(
            .secretsManager, "RestoreSecret", .answers("InvalidRequestException"))

        package var secretID: String

        package init(secretID: String) {
            self.secretID = secretID
        }

        package func encode(into request: inout JSONRequest) {
            request.set("SecretId", secretID)
        }

        package static func decode(
            _ answer: JSONAnswer
        ) throws(MalformedAnswer) -> String {
            try answer.string("ARN")
        }
    }
}
