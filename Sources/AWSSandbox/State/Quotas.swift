/// How many calls a second each operation may make in one account and region, and how many are
/// left at the moment.
///
/// A bucket of tokens for each group of operations that share a quota: it holds as many as the
/// quota allows in a second and fills at that rate, so whoever never makes more in any second than
/// allowed never finds it empty. Calls that are refused take none.
struct Quotas: Sendable, Codable {
    /// Operations of a service that share a quota.
    struct Quota: Sendable {
        let service: API
        let perSecond: Int
        let operations: [String]
    }

    private struct Bucket: Sendable, Codable {
        /// Thousandths of a call.
        var tokens: Int
        /// Milliseconds since 1970.
        var filled: Int
    }

    private var buckets: [String: Bucket] = [:]

    init() {}

    /// Takes a token for the call, and says whether there was one.
    ///
    /// - Parameter now: milliseconds since 1970.
    mutating func take(
        _ service: API, _ operation: String, account: String, region: String, now: Int
    ) -> Bool {
        guard let index = Self.index["\(service.rawValue) \(operation)"] else { return true }
        let rate = Self.aws[index].perSecond
        let key = "\(account) \(region) \(index)"
        var bucket = buckets[key] ?? Bucket(tokens: rate * 1000, filled: now)
        // So many calls a second are as many thousandths a millisecond; a minute fills any bucket.
        bucket.tokens = min(
            rate * 1000, bucket.tokens + rate * min(60_000, max(0, now - bucket.filled)))
        bucket.filled = max(bucket.filled, now)
        defer { buckets[key] = bucket }
        guard bucket.tokens >= 1000 else { return false }
        bucket.tokens -= 1000
        return true
    }

    private static let index: [String: Int] = Dictionary(
        aws.enumerated().flatMap { index, quota in
            quota.operations.map { ("\(quota.service.rawValue) \($0)", index) }
        },
        uniquingKeysWith: { first, _ in first })
}

/// Whether a sandbox throttles.
package enum SandboxQuotas: String, Hashable, Sendable, Codable {
    /// Every rate is allowed.
    case none
    /// AWS's published request rates; IAM, tagging and Lambda publish none.
    case aws
}
