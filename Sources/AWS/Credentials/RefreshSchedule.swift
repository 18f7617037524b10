/// When credentials are fetched anew, and what a fetch changes.
///
/// A value: it does no I/O and reads no clock.
///
/// botocore's two windows (`credentials.py`, `_advisory_refresh_timeout`): in the last 15 minutes
/// somebody should fetch new ones while all go on with the old, in the last 10 everybody waits for
/// them. Credentials that came with less time than twice that have windows of a half and a third of
/// it: else every single call would fetch those that last 15 minutes altogether.
struct RefreshSchedule {
    enum Need: Hashable {
        case none
        /// New ones are due, and the old ones do still.
        case advisory(Credentials)
        /// Without new ones there are none.
        case mandatory
    }

    private(set) var current: Credentials?
    /// Seconds before the end.
    private var advisory: Int64 = 0
    private var mandatory: Int64 = 0
    /// Seconds since 1970: until then a failure is not tried over.
    private var pause: Int64 = .min

    private static let advisoryLimit: Int64 = 15 * 60
    private static let mandatoryLimit: Int64 = 10 * 60
    /// Seconds until a failed fetch that was not urgent is tried again.
    private static let patience: Int64 = 60

    /// - Parameter now: seconds since 1970.
    func need(at now: Int64) -> Need {
        guard let current else { return .mandatory }
        guard let end = current.expiration, end - now <= advisory else { return .none }
        if end - now > mandatory { return now < pause ? .none : .advisory(current) }
        // Static stability: the pause holds beyond the end as well.
        return current.outlivesExpiration && now < pause ? .none : .mandatory
    }

    /// Takes in what a fetch came to, and gives what all who wait for it get.
    ///
    /// - Parameter random: 64 random bits, so that machines that began together do not all try
    ///   over in the same second.
    mutating func finish(
        _ result: Result<Credentials, CredentialError>, at now: Int64, random: UInt64
    ) -> Result<Credentials, CredentialError> {
        switch result {
        case .success(let credentials):
            let left = credentials.expiration.map { $0 - now } ?? .max
            guard left > 0 || credentials.outlivesExpiration else {
                return keepOrFail(
                    .unusable(
                        "the new credentials from \(credentials.source) have ended already:"
                            + " check this machine's clock"),
                    at: now, random: random)
            }
            current = credentials
            advisory = min(Self.advisoryLimit, left / 2)
            mandatory = min(Self.mandatoryLimit, left / 3)
            pause = left > 0 ? .min : now + Self.longPause(random)
            return .success(credentials)
        case .failure(let error): return keepOrFail(error, at: now, random: random)
        }
    }

    private mutating func keepOrFail(
        _ error: CredentialError, at now: Int64, random: UInt64
    ) -> Result<Credentials, CredentialError> {
        guard let current, let end = current.expiration else { return .failure(error) }
        guard end - now > mandatory || current.outlivesExpiration else { return .failure(error) }
        pause = now + (end > now ? Self.patience : Self.longPause(random))
        return .success(current)
    }

    /// 10 to 15 minutes (smithy-rs `imds/credentials.rs`).
    private static func longPause(_ random: UInt64) -> Int64 { 600 + Int64(random % 301) }
}
