internal import Synchronization

/// What all clients of one process share, so that they keep AWS's limits together: the quota of
/// retries and the pace for each service and region, the reads under way, and what is known of
/// clocks.
///
/// Whoever composes a program makes one and hands it to every client; the limits are those of an
/// account, and two accounts in one process share them as well, which only makes them stricter.
package final class Traffic: Sendable {
    /// Reads of a service without a published rate that are under way at the same time.
    ///
    /// IAM, CloudWatch, tagging and Lambda refuse bursts by token buckets whose size is not
    /// published; KMS and Secrets Manager publish thousands of reads a second, and are paced.
    static let concurrentReads = 4

    private let state = Mutex(State())

    private struct State {
        var quotas: [Road: RetryQuota] = [:]
        var gates: [Road: Gate] = [:]
        var pacing = Pacing()
        /// Seconds to add to this machine's clock, by host, where a service refused our dates.
        var corrections: [String: Int] = [:]
    }

    /// A service in a region.
    private struct Road: Hashable {
        let service: ServiceID
        let region: String
    }

    package init() {}

    /// What to do after an attempt, by the quota that all calls to the service share.
    ///
    /// - Parameter now: nanoseconds of a clock that never goes back.
    func event(
        _ event: RetryPolicy.Event, of policy: inout RetryPolicy, _ operation: Operation,
        in region: String, random: Double, at now: UInt64
    ) -> RetryPolicy.Action {
        state.withLock { state in
            let road = Road(service: operation.service, region: region)
            let action = policy.event(
                event, quota: &state.quotas[road, default: RetryQuota()], random: random)
            if case .throttled = event {
                state.pacing.pause(operation, in: region, until: now + Self.pause(action))
            }
            return action
        }
    }

    /// Nanoseconds that the others of a refused operation's lane hold back: as long as the refused
    /// call itself does, a second when it gives up.
    private static func pause(_ action: RetryPolicy.Action) -> UInt64 {
        guard case .retry(let seconds) = action else { return 1_000_000_000 }
        return UInt64(seconds * 1e9)
    }

    func reserve(_ operation: Operation, in region: String, at now: UInt64) -> Pacing.Turn {
        state.withLock { $0.pacing.reserve(operation, in: region, at: now) }
    }

    func giveBack(_ turn: Pacing.Turn) { state.withLock { $0.pacing.giveBack(turn) } }

    /// What the operation has to pass while it is under way; `nil` for what is not counted.
    func gate(for operation: Operation, in region: String) -> Gate? {
        switch operation.service {
        case .kms, .secretsManager, .sts, .sso, .ssoOIDC: return nil
        case .iam, .cloudWatch, .tagging, .lambda:
            guard operation.isRead else { return nil }
            let road = Road(service: operation.service, region: region)
            return state.withLock { state in
                if let gate = state.gates[road] { return gate }
                let gate = Gate(places: Self.concurrentReads)
                state.gates[road] = gate
                return gate
            }
        }
    }

    /// Seconds to add to this machine's clock for requests to `host`.
    func correction(for host: String) -> Int { state.withLock { $0.corrections[host] ?? 0 } }

    func correct(_ host: String, by seconds: Int) {
        state.withLock { $0.corrections[host] = seconds }
    }
}
