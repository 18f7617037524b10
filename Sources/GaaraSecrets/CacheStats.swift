/// What the cache holds and did since the resolver was made; names, never values.
public struct CacheStats: Hashable, Sendable {
    /// How many values would be used now.
    public let cachedSecrets: Int
    /// Their names, sorted.
    public let secrets: [String]
    /// Seconds that a value is used after it was fetched; 0 keeps none.
    public let cacheTTL: Int
    /// Where the program runs.
    public let environment: DeploymentEnvironment
    /// Whether secrets come from Secrets Manager, and the last try did not end without credentials
    /// or without an answer.
    public let awsAvailable: Bool
    /// Lookups answered from memory.
    public let hits: UInt64
    /// Lookups that fetched.
    public let misses: UInt64
    /// Lookups that waited for somebody else's fetch.
    public let coalesced: UInt64
    /// Fetches that gave no value, a secret that is not there included.
    public let failures: UInt64

    /// Hits among all lookups, from 0 to 1; `nil` before the first.
    public var hitRate: Double? {
        let lookUps = hits + misses + coalesced
        return lookUps == 0 ? nil : Double(hits) / Double(lookUps)
    }
}

extension CacheStats: Encodable {
    private enum Key: String, CodingKey {
        case cachedSecrets = "cached_secrets"
        case secrets
        case cacheTTL = "cache_ttl"
        case environment
        case awsAvailable = "aws_available"
        /// What dashboards of the Python library read.
        case boto3Available = "boto3_available"
        case hits, misses, coalesced, failures
        case hitRate = "hit_rate"
    }

    /// Writes the keys of the Python library's `get_cache_stats()`, and the counters.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(cachedSecrets, forKey: .cachedSecrets)
        try container.encode(secrets, forKey: .secrets)
        try container.encode(cacheTTL, forKey: .cacheTTL)
        try container.encode(environment.name, forKey: .environment)
        try container.encode(awsAvailable, forKey: .awsAvailable)
        try container.encode(awsAvailable, forKey: .boto3Available)
        try container.encode(hits, forKey: .hits)
        try container.encode(misses, forKey: .misses)
        try container.encode(coalesced, forKey: .coalesced)
        try container.encode(failures, forKey: .failures)
        try container.encode(hitRate, forKey: .hitRate)
    }
}
