extension KMS {
    /// Makes a key.
    ///
    /// Not idempotent: a second one cannot be removed for a week and is billed.
    package struct CreateKey: JSONOperation {
        package typealias Output = KeyMetadata
        package static let operation = Operation(.kms, "CreateKey", .never)

        package var description: String?
        package var keySpec: KeySpec
        package var keyUsage: KeyUsage
        /// The key policy as JSON text; `nil` is AWS's default, which trusts the account.
        package var policy: String?
        package var tags: [Tag]

        package init(
            description: String? = nil, keySpec: KeySpec = .symmetricDefault,
            keyUsage: KeyUsage = .encryptDecrypt, policy: String? = nil, tags: [Tag] = []
        ) {
            self.description = description
            self.keySpec = keySpec
            self.keyUsage = keyUsage
            self.policy = policy
            self.tags = tags
        }

        package func encode(into request: inout JSONRequest) {
            request.set("Description", description)
            request.set("KeySpec", keySpec.rawValue)
            request.set("KeyUsage", keyUsage.rawValue)
            request.set("Policy", policy)
            request.set("Tags", tags, keyName: "TagKey", valueName: "TagValue")
        }

        package static func decode(
            _ answer: JSONAnswer
        ) throws(MalformedAnswer) -> KeyMetadata {
            try KeyMetadata(answer.answer("KeyMetadata"))
        }
    }

    /// Tells of a key, by its id, ARN or alias.
    package struct DescribeKey: JSONOperation {
        package typealias Output = KeyMetadata
        package static let operation = Operation(.kms, "DescribeKey", .reads)

        package var keyID: String

        package init(keyID: String) {
            self.keyID = keyID
        }

        package func encode(into request: inout JSONRequest) {
            request.set("KeyId", keyID)
        }

        package static func decode(
            _ answer: JSONAnswer
        ) throws(MalformedAnswer) -> KeyMetadata {
            try KeyMetadata(answer.answer("KeyMetadata"))
        }
    }

    /// All keys of the account and region, those of AWS services included.
    package struct ListKeys: JSONOperation, PagedOperation {
        package typealias Item = KeyEntry
        package static let operation = Operation(.kms, "ListKeys", .reads)

        package var marker: String?

        package init() {}

        package func encode(into request: inout JSONRequest) {
            request.set("Limit", 1000)
            request.set("Marker", marker)
        }

        package static func decode(
            _ answer: JSONAnswer
        ) throws(MalformedAnswer) -> Page<KeyEntry> {
            try KMS.page(answer, "Keys") { (key) throws(MalformedAnswer) in
                KeyEntry(keyID: try key.string("KeyId"), keyARN: try key.string("KeyArn"))
            }
        }
    }

    /// Replaces a key's description; an empty one removes it.
    package struct UpdateKeyDescription: JSONOperation {
        package typealias Output = Void
        package static let operation = Operation(.kms, "UpdateKeyDescription", .idempotent)

        package var keyID: String
        package var description: String

        package init(keyID: String, description: String) {
            self.keyID = keyID
            self.description = description
        }

        package func encode(into request: inout JSONRequest) {
            request.set("KeyId", keyID)
            request.set("Description", description)
        }
    }

    /// Makes a disabled key usable.
    package struct EnableKey: JSONOperation {
        package typealias Output = Void
        package static let operation = Operation(.kms, "EnableKey", .idempotent)

        package var keyID: String

        package init(keyID: String) {
            self.keyID = keyID
        }

        package func encode(into request: inout JSONRequest) {
            request.set("KeyId", keyID)
        }
    }

    /// Makes a key unusable at once and deletes it after the window, of 7 to 30 days.
    package struct ScheduleKeyDeletion: JSONOperation {
        package static let operation = Operation(
            .kms, "ScheduleKeyDeletion", .answers("KMSInvalidStateException"))

        package var keyID: String
        package var pendingWindowInDays: Int

        package init(keyID: String, pendingWindowInDays: Int) {
            self.keyID = keyID
            self.pendingWindowInDays = pendingWindowInDays
        }

        package func encode(into request: inout JSONRequest) {
            request.set("KeyId", keyID)
            request.set("PendingWindowInDays", pendingWindowInDays)
        }

        package static func decode(
            _ answer: JSONAnswer
        ) throws(MalformedAnswer) -> Output {
            Output(
                keyID: try answer.string("KeyId"),
                deletionDate: try answer.timeIfPresent("DeletionDate"))
        }

        /// What was scheduled.
        package struct Output: Hashable, Sendable {
            package let keyID: String
            /// Seconds since 1970; `nil` while replicas of the key must go first.
            package let deletionDate: Int?
        }
    }

    /// Takes a scheduled deletion back.
    ///
    /// The key is then disabled.
    package struct CancelKeyDeletion: JSONOperation {
        package typealias Output = String
        package static let operation = Operation(
            .kms, "CancelKeyDeletion", .answers("KMSInvalidStateException"))

        package var keyID: String

        package init(keyID: String) {
            self.keyID = keyID
        }

        package func encode(into request: inout JSONRequest) {
            request.set("KeyId", keyID)
        }

        package static func decode(
            _ answer: JSONAnswer
        ) throws(MalformedAnswer) -> String {
            try answer.string("KeyId")
        }
    }

    /// A key in a list.
    package struct KeyEntry: Hashable, Sendable {
        package let keyID: String
        package let keyARN: String
    }
}
