/// When a call is tried again, after what delay, and when it has failed: "retry behaviour 2.1".
///
/// One value for one logical call; it does no I/O and reads no clock. Numbers from smithy-rs
/// `RetrySpec::v2_1` and botocore 1.44.5 `retries/standard.py`.
package struct RetryPolicy: Sendable {
    /// What one attempt came to.
    package enum Event: Hashable, Sendable {
        case succeeded
        /// Refused for being too fast: not executed.
        case throttled(retryAfterMilliseconds: Int?)
        /// Nothing reached the service.
        case notSent
        /// A 5xx, or no answer: the call may have been executed.
        case lost(retryAfterMilliseconds: Int?)
        /// Refused for the date of its signature, which is now corrected: not executed.
        case misdated
        /// An answer that another attempt would not change.
        case refused
    }

    package enum Action: Hashable, Sendable {
        case succeed
        case retry(afterSeconds: Double)
        case fail
    }

    /// At least 1; one more once a date is corrected, which says nothing about the service.
    package private(set) var maximumAttempts: Int
    /// Seconds.
    package let maximumBackoff: Double
    /// Whether a call that may have been executed may be sent again.
    package let isRepeatable: Bool

    /// The number of the attempt that comes next or is under way, from 1.
    package private(set) var attempt = 1
    /// Whether any attempt so far may have been executed.
    package private(set) var mayHaveRun = false
    private var lastCost: Int?
    private var isCorrected = false

    package init(maximumAttempts: Int = 3, maximumBackoff: Double = 20, isRepeatable: Bool) {
        self.maximumAttempts = max(1, maximumAttempts)
        self.maximumBackoff = maximumBackoff
        self.isRepeatable = isRepeatable
    }

    /// What to do after an attempt.
    ///
    /// - Parameter quota: shared by all calls to one service in one region.
    /// - Parameter random: from 0 up to 1, drawn anew for each event.
    package mutating func event(
        _ event: Event, quota: inout RetryQuota, random: Double
    ) -> Action {
        switch event {
        case .succeeded:
            quota.refund(lastCost ?? RetryQuota.firstTryRefund)
            return .succeed
        case .refused:
            return .fail
        case .misdated:
            guard !isCorrected else { return .fail }
            isCorrected = true
            maximumAttempts += 1
            attempt += 1
            return .retry(afterSeconds: 0)
        case .throttled(let hint):
            return retry(base: 1, cost: 5, hint: hint, quota: &quota, random: random)
        case .notSent:
            return retry(base: 0.05, cost: 14, hint: nil, quota: &quota, random: random)
        case .lost(let hint):
            mayHaveRun = true
            guard isRepeatable else { return .fail }
            return retry(base: 0.05, cost: 14, hint: hint, quota: &quota, random: random)
        }
    }

    private mutating func retry(
        base: Double, cost: Int, hint: Int?, quota: inout RetryQuota, random: Double
    ) -> Action {
        guard attempt < maximumAttempts, quota.take(cost) else { return .fail }
        lastCost = cost
        var ceiling = base
        for _ in 1..<(isCorrected ? attempt - 1 : attempt) where ceiling < maximumBackoff {
            ceiling *= 2
        }
        attempt += 1
        let delay = random * min(ceiling, maximumBackoff)
        // x-amz-retry-after may lengthen the delay, by 5 seconds at most.
        let asked = hint.map { Double($0) / 1000 } ?? delay
        return .retry(afterSeconds: min(max(asked, delay), delay + 5))
    }
}

/// What stops a failing service from being stormed: each retry takes from it, success gives back.
package struct RetryQuota: Hashable, Sendable {
    package private(set) var tokens: Int
    private let capacity: Int

    static let firstTryRefund = 1

    package init(tokens: Int = 500, capacity: Int = 500) {
        self.tokens = tokens
        self.capacity = capacity
    }

    /// Takes `cost` if there is as much.
    mutating func take(_ cost: Int) -> Bool {
        guard cost <= tokens else { return false }
        tokens -= cost
        return true
    }

    mutating func refund(_ amount: Int) {
        tokens = min(tokens + amount, capacity)
    }
}
