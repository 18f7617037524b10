import GaaraSecrets
import Testing

@Suite struct CacheStatsTests {
    @Test("the statistics have the keys of the Python library, and count what happened")
    func keys() async throws {
        let settings = ResolverSettings(environment: .production)
        let resolver = SecretResolver(
            settings, source: FakeSource([.success("canary")]), time: ManualTime())
        for name in ["redis-url", "database-url", "database-url"] {
            _ = try await resolver.getSecret(name)
        }
        let encoder = KeyRecorder()
        try resolver.cacheStats().encode(to: encoder)
        #expect(
            encoder.written == [
                "cached_secrets": "2", "secrets": "[\"database-url\", \"redis-url\"]",
                "cache_ttl": "300", "environment": "production", "aws_available": "true",
                "boto3_available": "true", "hits": "1", "misses": "2", "coalesced": "0",
                "failures": "0", "hit_rate": "Optional(\(1.0 / 3))",
            ])
    }

    @Test("there is no hit rate before the first request")
    func hitRate() {
        let settings = ResolverSettings(environment: .production)
        let resolver = SecretResolver(settings, source: FakeSource([.success("a")]))
        #expect(resolver.cacheStats().hitRate == nil)
    }
}

/// An encoder for one object of plain members, which remembers them as text.
private final class KeyRecorder: Encoder {
    var written: [String: String] = [:]
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(Members<Key>(recorder: self))
    }

    // Statistics that ask for one of these are no flat object, and the test run ends here.
    func unkeyedContainer() -> any UnkeyedEncodingContainer { fatalError() }
    func singleValueContainer() -> any SingleValueEncodingContainer { fatalError() }

    private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let recorder: KeyRecorder
        var codingPath: [any CodingKey] { [] }

        func encode<T: Encodable>(_ value: T, forKey key: Key) {
            recorder.written[key.stringValue] = "\(value)"
        }
        func encodeNil(forKey key: Key) { recorder.written[key.stringValue] = "nil" }
        func nestedContainer<Nested>(
            keyedBy type: Nested.Type, forKey key: Key
        ) -> KeyedEncodingContainer<Nested> { fatalError() }
        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
            fatalError()
        }
        func superEncoder() -> any Encoder { recorder }
        func superEncoder(forKey key: Key) -> any Encoder { recorder }
    }
}
