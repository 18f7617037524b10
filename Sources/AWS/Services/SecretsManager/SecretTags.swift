extension SecretsManager {
    /// Sets tags of a secret; others stay.
    package struct TagResource: JSONOperation {
        package typealias Output = Void
        package static let operation = Operation(.secretsManager, "TagResource", .idempotent)

        package var secretID: String
        package var tags: [Tag]

        package init(secretID: String, tags: [Tag]) {
            self.secretID = secretID
            self.tags = tags
        }

        package func encode(into request: inout JSONRequest) {
            request.set("SecretId", secretID)
            request.set("Tags", tags, keyName: "Key", valueName: "Value")
        }
    }

    /// Removes tags of a secret.
    package struct UntagResource: JSONOperation {
        package typealias Output = Void
        package static let operation = Operation(.secretsManager, "UntagResource", .idempotent)

        package var secretID: String
        package var tagKeys: [String]

        package init(secretID: String, tagKeys: [String]) {
            self.secretID = secretID
            self.tagKeys = tagKeys
        }

        package func encode(into request: inout JSONRequest) {
            request.set("SecretId", secretID)
            request.set("TagKeys", tagKeys)
        }
    }
}
