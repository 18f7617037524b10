extension CloudWatch {
    /// The tags of an alarm.
    package struct ListTagsForResource: JSONOperation {
        package typealias Output = [Tag]
        package static let operation = Operation(.cloudWatch, "ListTagsForResource", .reads)

        package var resourceARN: String

        package init(resourceARN: String) {
            self.resourceARN = resourceARN
        }

        package func encode(into request: inout JSONRequest) {
            request.set("ResourceARN", resourceARN)
        }

        package static func decode(_ answer: JSONAnswer) throws(MalformedAnswer) -> [Tag] {
            try answer.list("Tags") { (tag) throws(MalformedAnswer) in
                Tag(try tag.string("Key"), try tag.string("Value"))
            }
        }
    }

    /// Sets tags of an alarm; others stay.
    package struct TagResource: JSONOperation {
        package typealias Output = Void
        package static let operation = Operation(.cloudWatch, "TagResource", .idempotent)

        package var resourceARN: String
        package var tags: [Tag]

        package init(resourceARN: String, tags: [Tag]) {
            self.resourceARN = resourceARN
            self.tags = tags
        }

        package func encode(into request: inout JSONRequest) {
            request.set("ResourceARN", resourceARN)
            request.set("Tags", tags, keyName: "Key", valueName: "Value")
        }
    }

    /// Removes tags of an alarm.
    package struct UntagResource: JSONOperation {
        package typealias Output = Void
        package static let operation = Operation(.cloudWatch, "UntagResource", .idempotent)

        package var resourceARN: String
        package var tagKeys: [String]

        package init(resourceARN: String, tagKeys: [String]) {
            self.resourceARN = resourceARN
            self.tagKeys = tagKeys
        }

        package func encode(into request: inout JSONRequest) {
            request.set("ResourceARN", resourceARN)
            request.set("TagKeys", tagKeys)
        }
    }
}
