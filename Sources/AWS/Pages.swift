extension AWSClient {
    /// The pages of a list, fetched as they are asked for.
    package func pages<Input: PagedOperation>(_ first: Input) -> Pages<Input> {
        Pages(client: self, first: first)
    }

    /// The whole list, over all its pages.
    package func all<Input: PagedOperation>(
        _ first: Input
    ) async throws(AWSError) -> [Input.Item] {
        var items: [Input.Item] = []
        var iterator = pages(first).makeAsyncIterator()
        while let page = try await iterator.next(isolation: nil) { items += page }
        return items
    }
}

/// A list, one page after the other; empty pages included.
package struct Pages<Input: PagedOperation>: AsyncSequence, Sendable {
    /// More than any list of an account has: 1,000 pages of 100.
    static var maximum: Int { 1_000 }

    let client: AWSClient
    let first: Input

    package func makeAsyncIterator() -> Iterator { Iterator(client: client, next: first) }

    package struct Iterator: AsyncIteratorProtocol {
        private let client: AWSClient
        private var upcoming: Input?
        private var seen: Set<String> = []

        init(client: AWSClient, next: Input) {
            self.client = client
            upcoming = next
        }

        package mutating func next() async throws(AWSError) -> [Input.Item]? {
            try await next(isolation: nil)
        }

        /// The items of the next page; `nil` after the last.
        ///
        /// Throws `malformedAnswer` when the service gives a marker for the second time, which
        /// would go on for ever.
        package mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(AWSError) -> [Input.Item]? {
            guard let input = upcoming else { return nil }
            upcoming = nil
            let page = try await client.send(input)
            if let marker = page.next {
                guard seen.insert(marker).inserted, marker != input.marker else {
                    throw AWSError(
                        .malformedAnswer, "the service gave the same page marker twice",
                        operation: Input.operation)
                }
                guard seen.count < Pages.maximum else {
                    throw AWSError(
                        .malformedAnswer, "the list has more than \(Pages.maximum) pages",
                        operation: Input.operation)
                }
                var following = input
                following.marker = marker
                upcoming = following
            }
            return page.items
        }
    }
}
