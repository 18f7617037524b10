extension KMS {
    /// Sets tags of a key; others stay.
    package struct TagResource: JSONOperation {
        package typealias Output = Void
        package static let operation = Operation(.kms, "TagResource", .idempotent)

        package var keyID: String
        package var tags: [Tag]

        package init(keyID: String, tags: [Tag]) {
            self.keyID = keyID
            self.tags = tags
        }

        package func encode(into request: inout JSONRequest) {
            request.set("KeyId", keyID)
            request.set("Tags", tags, keyName: "TagKey", valueName: "TagValue")
        }
    }

    /// Removes tags of a key.
    package struct UntagResource: JSONOperation {
        package typealias Output = Void
        package static let operation = Operation(.kms, "UntagResource", .idempotent)

        package var keyID: String
        package var tagKeys: [String]

        package init(keyID: String, tagKeys: [String]) {
            self.keyID = keyID
            self.tagKeys = tagKeys
        }

        package func encode(into request: inout JSONRequest) {
            request.set("KeyId", keyID)
            request.set("TagKeys", tagKeys)
        }
    }

    /// The tags of a key.
    package struct ListResourceTags: JSONOperation, PagedOperation {
        package typealias Item = Tag
        package static let operation = Operation(.kms, "ListResourceTags", .reads)

        package var keyID: String
        package var marker: String?

        package init(keyID: String) {
            self.keyID = keyID
        }

        package func encode(into request: inout JSONRequest) {
            request.set("KeyId", keyID)
            request.set("Limit", 50)
            request.set("Marker", marker)
        }

        package static func decode(
            _ answer: JSONAnswer
        ) throws(MalformedAnswer) -> Page<Tag> {
            try KMS.page(answer, "Tags", KMS.tag)
        }
    }
}
