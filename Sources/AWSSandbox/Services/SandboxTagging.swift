internal import JSON

/// The Resource Groups Tagging API: what carries which tags, whatever its service.
enum SandboxTagging {
    typealias Operation = @Sendable (Call, Input, inout Region) throws(Refused) -> JSON?

    /// Every operation that the sandbox knows.
    static let operations: [String: Operation] = ["GetResources": getResources]

    /// Keys and secrets that wait for their deletion are shown too: they exist until then.
    ///
    /// What never had a tag is not shown (botocore GetResources).
    static func getResources(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let filters = try TagFilter.all(of: input)
        let types = try input.texts("ResourceTypeFilters") ?? []
        let arns = try input.texts("ResourceARNList")
        try checkCombination(of: input, arns: arns)
        // Not below 1 nor above 100 (botocore ResourcesPerPage).
        let limit = try input.number("ResourcesPerPage") ?? 50
        guard (1...100).contains(limit) else { throw Refused(.resourcesPerPage) }
        let query = Query(filters: filters, types: types, account: call.account)
        let last = try input.text("PaginationToken", length: 0...2048).flatMap {
            $0 == "" ? nil : $0
        }
        let start = try last.map { token throws(Refused) in
            try query.place(in: token, now: call.now)
        }

        let all = TaggedResource.all(in: region, now: call.now)
            .filter { arns?.contains($0.arn) ?? query.covers($0) }
            .drop { resource in start.map { resource.arn <= $0 } ?? false }
        let page = arns == nil ? all.prefix(limit) : all
        let hasMore = page.count < all.count
        return [
            "PaginationToken": .string(
                hasMore ? page.last.map { query.token(after: $0.arn, now: call.now) } ?? "" : ""),
            "ResourceTagMappingList": .array(page.map(\.json)),
        ]
    }

    /// A list of ARNs goes with no filter and no page (botocore ResourceARNList).
    private static func checkCombination(of input: Input, arns: [String]?) throws(Refused) {
        guard let arns else { return }
        guard (1...100).contains(arns.count) else { throw Refused(.resourceARNCount) }
        let others = [
            "TagFilters", "ResourceTypeFilters", "ResourcesPerPage", "TagsPerPage",
            "PaginationToken",
        ]
        for other in others where input.has(other) {
            throw Refused(.resourceARNsAlone, other)
        }
        for arn in arns {
            let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count >= 6, parts[0] == "arn", parts[1] == "aws" else {
                throw Refused(.notAnARN, arn)
            }
        }
    }

    /// What a request asks for, which its pagination token is bound to.
    private struct Query {
        let filters: [TagFilter]
        let types: [String]
        let account: String

        func covers(_ resource: TaggedResource) -> Bool {
            guard types.isEmpty || types.contains(where: resource.isOf) else { return false }
            return filters.allSatisfy { $0.covers(resource.tags) }
        }

        /// Where the page before ended, and when; a token is good for 15 minutes
        /// (botocore PaginationTokenExpiredException).
        func place(in token: String, now: Int) throws(Refused) -> String {
            let parts = token.split(separator: "|", maxSplits: 2).map(String.init)
            guard parts.count == 3, let time = Int(parts[0]), parts[1] == digest else {
                throw Refused(.paginationToken)
            }
            guard now - time <= 900 else { throw Refused(.paginationTokenExpired) }
            return parts[2]
        }

        func token(after arn: String, now: Int) -> String { "\(now)|\(digest)|\(arn)" }

        private var digest: String {
            let words = filters.map { "\($0.key)=\($0.values.joined(separator: ","))" } + types
            var random = SeededRandom(seed: 0, label: words.joined(separator: "\n"))
            return random.text(16, of: .hexadecimal)
        }
    }
}

/// A tag that a resource must have; with any of `values`, where there are any.
struct TagFilter {
    let key: String
    let values: [String]

    func covers(_ tags: [Tags.Tag]) -> Bool {
        tags.contains { $0.key == key && (values.isEmpty || values.contains($0.value)) }
    }

    static func all(of input: Input) throws(Refused) -> [TagFilter] {
        try input.check(count: 0...50, of: "TagFilters")
        var filters: [TagFilter] = []
        for entry in try input.objects("TagFilters") ?? [] {
            try entry.check(count: 0...20, of: "Values")
            filters.append(
                TagFilter(
                    key: try entry.required("Key", length: 1...128),
                    values: try entry.texts("Values") ?? []))
        }
        return filters
    }
}

/// Anything of a region that can carry tags, as the tagging API sees it.
struct TaggedResource {
    let arn: String
    let tags: [Tags.Tag]

    /// Whether the resource is of a type such as `kms`, `kms:key` or `secretsmanager:secret`.
    func isOf(_ type: String) -> Bool {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6 else { return false }
        let kind = parts[5].prefix { $0 != ":" && $0 != "/" }
        return type == parts[2] || type == "\(parts[2]):\(kind)"
    }

    var json: JSON {
        [
            "ResourceARN": .string(arn),
            "Tags": .array(
                tags.map { ["Key": .string($0.key), "Value": .string($0.value)] }),
        ]
    }

    /// The resources of `region` that the tagging API knows of, by ARN.
    static func all(in region: Region, now: Int) -> [TaggedResource] {
        region.tagsByARN
            .map { arn, tags in
                TaggedResource(arn: arn, tags: (region.tagsBefore(of: arn, now: now) ?? tags).all)
            }
            .filter { !$0.tags.isEmpty }
            .sorted { $0.arn < $1.arn }
    }
}
