import GaaraSecrets
import Testing

@Suite struct SecretResolverTests {
    private let time = ManualTime()

    private func resolver(_ source: FakeSource, cacheTTL: Int = 300) -> SecretResolver {
        var settings = ResolverSettings(environment: .staging)
        settings.cacheTTL = cacheTTL
        return SecretResolver(settings, source: source, time: time)
    }

    private func value(_ secret: Secret) -> String? { secret.value.revealed() }

    @Test("within the time to live a second request is answered from memory")
    func cached() async throws {
        let source = FakeSource([.success("a"), .success("b")])
        let resolver = resolver(source)
        #expect(value(try await resolver.getSecret("database-url")) == "a")
        time.advance(seconds: 299)
        #expect(value(try await resolver.getSecret("database-url")) == "a")
        time.advance(seconds: 1)
        #expect(value(try await resolver.getSecret("database-url")) == "b")
        #expect(source.fetches == 2)
    }

    @Test("a time to live of zero fetches each time")
    func uncached() async throws {
        let source = FakeSource([.success("a")])
        let resolver = resolver(source, cacheTTL: 0)
        for _ in 1...3 { _ = try await resolver.getSecret("database-url") }
        #expect(source.fetches == 3)
        #expect(resolver.cacheStats().cachedSecrets == 0)
    }

    @Test("a forced refresh fetches, and what it brings is remembered")
    func forced() async throws {
        let source = FakeSource([.success("a"), .success("b"), .success("c")])
        let resolver = resolver(source)
        _ = try await resolver.getSecret("database-url")
        #expect(value(try await resolver.getSecret("database-url", forceRefresh: true)) == "b")
        #expect(value(try await resolver.getSecret("database-url")) == "b")
    }

    @Test("a cleared secret is fetched again, and only that one")
    func clear() async throws {
        let source = FakeSource([.success("a")])
        let resolver = resolver(source)
        _ = try await resolver.getSecret("database-url")
        _ = try await resolver.getSecret("api-key")
        resolver.clearCache("database-url")
        resolver.clearCache("no name/")
        #expect(resolver.cacheStats().secrets == ["api-key"])
        resolver.clearCache()
        #expect(resolver.cacheStats().secrets == [])
    }

    @Test("32 requests for one secret at the same time make one fetch, and all get its value")
    func singleFlight() async throws {
        let source = FakeSource([.success("a")], isOpen: false)
        let resolver = resolver(source)
        let values = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 1...32 {
                group.addTask { try await resolver.getSecret("database-url").value.revealed() }
            }
            while resolver.cacheStats().coalesced < 31 { await Task.yield() }
            source.open()
            var values: [String?] = []
            for try await value in group { values.append(value) }
            return values
        }
        #expect(values == Array(repeating: "a", count: 32))
        #expect(source.fetches == 1)
    }

    @Test("all who wait for a fetch get its error")
    func sharedFailure() async {
        let source = FakeSource([.failure(.fake(.throttled))], isOpen: false)
        let resolver = resolver(source)
        let codes = await withTaskGroup(of: SecretError.Code?.self) { group in
            for _ in 1...4 {
                group.addTask { await code { try await resolver.getSecret("a") } }
            }
            while resolver.cacheStats().coalesced < 3 { await Task.yield() }
            source.open()
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes == Array(repeating: .throttled, count: 4))
        #expect(source.fetches == 1)
    }

    @Test("who waits may be cancelled alone; the fetch goes on for the others")
    func cancelledWaiter() async throws {
        let source = FakeSource([.success("a")], isOpen: false)
        let resolver = resolver(source)
        async let first = resolver.getSecret("a")
        while source.fetches < 1 { await Task.yield() }
        let waiter = Task { await code { try await resolver.getSecret("a") } }
        while resolver.cacheStats().coalesced < 1 { await Task.yield() }
        waiter.cancel()
        #expect(await waiter.value == .cancelled)
        source.open()
        #expect(value(try await first) == "a")
    }

    @Test("when who fetches is cancelled, one of those who wait fetches in its place")
    func cancelledFetch() async throws {
        let source = FakeSource([.success("a")], isOpen: false)
        let resolver = resolver(source)
        let leader = Task { await code { try await resolver.getSecret("a") } }
        while source.fetches < 1 { await Task.yield() }
        async let second = resolver.getSecret("a")
        async let third = resolver.getSecret("a")
        while resolver.cacheStats().coalesced < 2 { await Task.yield() }
        leader.cancel()
        source.open()
        #expect(await leader.value == .cancelled)
        #expect(value(try await second) == "a")
        #expect(value(try await third) == "a")
        #expect(resolver.cacheStats().failures == 0)
    }

    @Test("a default is given for a secret that is not there, also an empty one, and never kept")
    func defaultValue() async throws {
        let source = FakeSource([.failure(.fake(.notFound)), .success("a")])
        let resolver = resolver(source)
        let secret = try await resolver.getSecret("smtp-password", default: "")
        #expect(value(secret) == "")
        #expect(secret.origin == .defaultValue)
        #expect(value(try await resolver.getSecret("smtp-password", default: "")) == "a")
    }

    @Test(
        "a default hides no other trouble",
        arguments: SecretError.Code.allCases.filter { $0 != .notFound })
    func defaultOnlyForNotFound(trouble: SecretError.Code) async {
        let resolver = resolver(FakeSource([.failure(.fake(trouble))]))
        let found = await code { try await resolver.getSecret("a", default: "d") }
        #expect(found == trouble)
    }

    @Test("a text that is no name is refused, default or not")
    func invalidName() async {
        let source = FakeSource([.success("a")])
        let resolver = resolver(source)
        let found = await code { try await resolver.getSecret("../x", default: "d") }
        #expect(found == .configuration)
        #expect(source.fetches == 0)
    }

    @Test("AWS counts as available until a try ends without an answer or credentials")
    func availability() async throws {
        let source = FakeSource([
            .success("a"), .failure(.fake(.unreachable)), .failure(.fake(.notFound)),
            .failure(.fake(.credentials)),
        ])
        let resolver = resolver(source)
        var seen: [Bool] = [resolver.cacheStats().awsAvailable]
        for _ in 1...4 {
            _ = await code { try await resolver.getSecret("a", forceRefresh: true) }
            seen.append(resolver.cacheStats().awsAvailable)
        }
        #expect(seen == [true, true, false, true, false])
    }
}

/// The code of the error that `body` throws; `nil` when it throws none.
private func code(_ body: () async throws -> Secret) async -> SecretError.Code? {
    do {
        _ = try await body()
        return nil
    } catch {
        return (error as? SecretError)?.code
    }
}
