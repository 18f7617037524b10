extension SecretsManager {
    /// What Secrets Manager tells of a secret, its values and its policy apart.
    package struct Secret: Hashable, Sendable {
        package let arn: String
        package let name: String
        package let description: String
        /// `nil` is the key `aws/secretsmanager`; otherwise an id, a key's ARN or an alias's ARN.
        package let kmsKeyID: String?
        package let isRotationEnabled: Bool
        package let rotationLambdaARN: String?
        package let rotationRules: RotationRules?
        /// Seconds since 1970, as all times here.
        package let createdDate: Int?
        package let lastChangedDate: Int?
        package let lastRotatedDate: Int?
        package let nextRotationDate: Int?
        /// The day, in UTC, of the last read.
        package let lastAccessedDate: Int?
        /// When deletion was asked for; not `nil` while the secret is pending deletion.
        package let deletedDate: Int?
        package let tags: [Tag]
        /// The stages of each version that has any.
        package let versionIDsToStages: [String: [String]]
        /// The service that manages it, such as `rds`.
        package let owningService: String?
        package let primaryRegion: String?
        /// Always empty in lists.
        package let replicationStatus: [Replica]

        /// The version that has `stage`; `nil` when none does.
        package func versionID(at stage: String) -> String? {
            versionIDsToStages.first { $0.value.contains(stage) }?.key
        }

        /// - Parameter stages: the member that has the stages, which lists name otherwise.
        init(_ answer: JSONAnswer, stages: String) throws(MalformedAnswer) {
            arn = try answer.string("ARN")
            name = try answer.string("Name")
            description = try answer.stringIfPresent("Description") ?? ""
            kmsKeyID = try answer.stringIfPresent("KmsKeyId")
            isRotationEnabled = try answer.boolIfPresent("RotationEnabled") ?? false
            rotationLambdaARN = try answer.stringIfPresent("RotationLambdaARN")
            if let rules = try answer.answerIfPresent("RotationRules") {
                rotationRules = try RotationRules(rules)
            } else {
                rotationRules = nil
            }
            createdDate = try answer.timeIfPresent("CreatedDate")
            lastChangedDate = try answer.timeIfPresent("LastChangedDate")
            lastRotatedDate = try answer.timeIfPresent("LastRotatedDate")
            nextRotationDate = try answer.timeIfPresent("NextRotationDate")
            lastAccessedDate = try answer.timeIfPresent("LastAccessedDate")
            deletedDate = try answer.timeIfPresent("DeletedDate")
            tags =
                try answer.listIfPresent("Tags") { (tag) throws(MalformedAnswer) in
                    Tag(try tag.string("Key"), try tag.string("Value"))
                } ?? []
            versionIDsToStages = try answer.stringListsIfPresent(stages) ?? [:]
            owningService = try answer.stringIfPresent("OwningService")
            primaryRegion = try answer.stringIfPresent("PrimaryRegion")
            replicationStatus =
                try answer.listIfPresent("ReplicationStatus") {
                    (replica) throws(MalformedAnswer) in
                    try Replica(replica)
                } ?? []
        }
    }

    /// The copy of a secret in another region.
    package struct Replica: Hashable, Sendable {
        package let region: String
        package let kmsKeyID: String?
        /// `InSync`, `InProgress` or `Failed`.
        package let status: String
        package let statusMessage: String?

        init(_ answer: JSONAnswer) throws(MalformedAnswer) {
            region = try answer.string("Region")
            kmsKeyID = try answer.stringIfPresent("KmsKeyId")
            status = try answer.string("Status")
            statusMessage = try answer.stringIfPresent("StatusMessage")
        }
    }
}
