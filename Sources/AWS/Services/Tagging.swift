internal import JSON

/// Resource Groups Tagging API, version 2017-01-26: its operations are the types inside.
package enum Tagging {
    /// The things of the account and region that carry all the given tags, whatever service they
    /// are of.
    ///
    /// Up to minutes late; IAM's things are not among them.
    package struct GetResources: JSONOperation, PagedOperation {
        package typealias Item = Resource
        package static let operation = Operation(.tagging, "GetResources", .reads)

        /// Tags that a thing must have, one value of each key.
        package var tags: [Tag]
        /// `kms:key`, `secretsmanager:secret`; none is every type.
        package var resourceTypes: [String]
        package var marker: String?

        package init(tags: [Tag], resourceTypes: [String] = []) {
            self.tags = tags
            self.resourceTypes = resourceTypes
        }

        package func encode(into request: inout JSONRequest) {
            let filters = tags.map { tag in
                ["Key": .string(tag.key), "Values": [.string(tag.value)]] as JSON
            }
            if !filters.isEmpty { request.set("TagFilters", .array(filters)) }
            if !resourceTypes.isEmpty { request.set("ResourceTypeFilters", resourceTypes) }
            request.set("ResourcesPerPage", 100)
            request.set("PaginationToken", marker)
        }

        package static func decode(_ answer: JSONAnswer) throws(MalformedAnswer) -> Page<Resource> {
            let resources = try answer.list("ResourceTagMappingList") {
                (resource) throws(MalformedAnswer) in
                Resource(
                    arn: try resource.string("ResourceARN"),
                    tags: try resource.listIfPresent("Tags") { (tag) throws(MalformedAnswer) in
                        Tag(try tag.string("Key"), try tag.string("Value"))
                    } ?? [])
            }
            return Page(items: resources, next: try answer.stringIfPresent("PaginationToken"))
        }
    }

    /// A thing with its tags.
    package struct Resource: Hashable, Sendable {
        package let arn: String
        package let tags: [Tag]
    }
}
