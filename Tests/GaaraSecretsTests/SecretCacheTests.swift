import Testing

@testable import GaaraSecrets

@Suite struct SecretCacheTests {
    private let name: SecretName
    private let other: SecretName
    private let second: UInt64 = 1_000_000_000

    init() throws {
        name = try SecretName(validating: "database-url")
        other = try SecretName(validating: "api-key")
    }

    /// `use VALUE`, `fetch` or `join`.
    private func word(_ action: SecretCache.Action) -> String {
        switch action {
        case .use(let secret): "use \(secret.value.revealed() ?? "")"
        case .fetch: "fetch"
        case .join: "join"
        }
    }

    /// Looks up at `now`; a fetch lands at once with `result`.
    private func fetch(
        _ cache: inout SecretCache, at now: UInt64, _ result: Result<String, SecretError>,
        isForced: Bool = false
    ) {
        guard case .fetch(let flight) = cache.lookUp(name, at: now, isForced: isForced) else {
            Issue.record("a fetch was expected")
            return
        }
        cache.land(flight, of: name, with: result.map(secret), at: now)
    }

    private func secret(_ value: String) -> Secret {
        Secret(name: name, value: SecretValue(string: value), origin: .defaultValue)
    }

    @Test("a value is used until its lifetime ends, and not at its end")
    func lifetime() {
        var cache = SecretCache(lifetime: 300 * second)
        fetch(&cache, at: 5, .success("a"))
        #expect(word(cache.lookUp(name, at: 5)) == "use a")
        #expect(word(cache.lookUp(name, at: 5 + 300 * second - 1)) == "use a")
        #expect(cache.names(at: 5 + 300 * second) == [])
        #expect(word(cache.lookUp(name, at: 5 + 300 * second)) == "fetch")
    }

    @Test("a lifetime beyond the clock's range lasts for ever, and zero keeps nothing")
    func extremes() {
        var lasting = SecretCache(lifetime: .max)
        fetch(&lasting, at: 5, .success("a"))
        #expect(word(lasting.lookUp(name, at: .max - 1)) == "use a")
        var none = SecretCache(lifetime: 0)
        fetch(&none, at: 5, .success("a"))
        #expect(word(none.lookUp(name, at: 5)) == "fetch")
    }

    @Test("while one fetches, others join; another name is fetched by itself")
    func join() {
        var cache = SecretCache(lifetime: second)
        #expect(word(cache.lookUp(name, at: 0)) == "fetch")
        #expect(word(cache.lookUp(name, at: 0)) == "join")
        #expect(word(cache.lookUp(other, at: 0)) == "fetch")
        #expect(cache.counts == SecretCache.Counts(misses: 2, coalesced: 1))
    }

    @Test("a forced lookup uses and joins nothing, and its value overtakes the older fetch's")
    func forced() {
        var cache = SecretCache(lifetime: second)
        guard case .fetch(let old) = cache.lookUp(name, at: 0),
            case .fetch(let new) = cache.lookUp(name, at: 0, isForced: true)
        else {
            Issue.record("two fetches were expected")
            return
        }
        cache.land(new, of: name, with: .success(secret("new")), at: 1)
        cache.land(old, of: name, with: .success(secret("old")), at: 2)
        #expect(word(cache.lookUp(name, at: 3)) == "use new")
        #expect(word(cache.lookUp(name, at: 3, isForced: true)) == "fetch")
    }

    @Test("what was being fetched when the cache was cleared is not kept")
    func clearWhileFetching() {
        var cache = SecretCache(lifetime: second)
        guard case .fetch(let flight) = cache.lookUp(name, at: 0) else {
            Issue.record("a fetch was expected")
            return
        }
        cache.clear(name)
        cache.land(flight, of: name, with: .success(secret("old")), at: 1)
        #expect(word(cache.lookUp(name, at: 1)) == "fetch")
    }

    @Test("clearing one name leaves the others, clearing all leaves none")
    func clear() {
        var cache = SecretCache(lifetime: second)
        fetch(&cache, at: 0, .success("a"))
        cache.clear(other)
        #expect(cache.names(at: 0) == [name])
        cache.clear(name)
        #expect(cache.names(at: 0) == [])
        fetch(&cache, at: 0, .success("a"))
        cache.clear(nil)
        #expect(cache.names(at: 0) == [])
    }

    @Test(
        "after a refresh that says gone or forbidden the old value goes, after other trouble it stays",
        arguments: [
            (.notFound, []), (.accessDenied, []), (.refused, []), (.throttled, ["database-url"]),
            (.unreachable, ["database-url"]), (.credentials, ["database-url"]),
            (.cancelled, ["database-url"]),
        ] as [(SecretError.Code, [String])])
    func failure(code: SecretError.Code, kept: [String]) {
        var cache = SecretCache(lifetime: second)
        fetch(&cache, at: 0, .success("a"))
        fetch(&cache, at: 1, .failure(.fake(code)), isForced: true)
        #expect(cache.names(at: 1).map(\.text) == kept)
        #expect(cache.counts.failures == (code == .cancelled ? 0 : 1))
    }

    @Test("a failed fetch is not remembered")
    func failureIsNotCached() {
        var cache = SecretCache(lifetime: second)
        fetch(&cache, at: 0, .failure(.fake(.notFound)))
        #expect(word(cache.lookUp(name, at: 0)) == "fetch")
    }
}
