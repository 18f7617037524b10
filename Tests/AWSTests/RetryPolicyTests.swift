import JSON
import Testing

@testable import AWS

@Suite("RetryPolicy")
struct RetryPolicyTests {
    @Test("every public sequence of retry behaviour 2.1 gives its actions, delays and tokens")
    func publicSequences() throws {
        let sequences = try CaseFile("retry.json").cases("sequences")
        #expect(sequences.count == 9)
        var tally = Tally("retry.json sequences")
        for sequence in sequences {
            tally.add(try #require(sequence["id"]?.string), try differences(sequence))
        }
        tally.report()
        #expect(tally.differences == [:])
    }

    private func differences(_ sequence: JSON) throws -> [String] {
        var quota = RetryQuota(
            tokens: try #require(sequence["initialTokens"]?.int),
            capacity: try #require(sequence["maxTokens"]?.int))
        let fresh = RetryPolicy(
            maximumAttempts: try #require(sequence["maxAttempts"]?.int),
            maximumBackoff: try #require(sequence["maxBackoffSeconds"]?.double),
            isRepeatable: true)
        var policy = fresh
        var differences: [String] = []
        for (index, step) in try #require(sequence["steps"]?.array).enumerated() {
            let event: RetryPolicy.Event =
                switch step["outcome"]?.string {
                case "200": .succeeded
                case "throttling": .throttled(retryAfterMilliseconds: nil)
                default: .lost(retryAfterMilliseconds: nil)
                }
            let action = policy.event(
                event, quota: &quota, random: try #require(sequence["random"]?.double))
            let wanted: RetryPolicy.Action
            switch step["action"]?.string {
            case "retry":
                wanted = .retry(afterSeconds: try #require(step["delaySeconds"]?.double))
            case "return": wanted = .succeed
            default: wanted = .fail
            }
            if wanted == .succeed { policy = fresh }
            if action != wanted { differences.append("\(index): \(action) is not \(wanted)") }
            if quota.tokens != step["tokensAfter"]?.int {
                differences.append("\(index): \(quota.tokens) tokens")
            }
        }
        return differences
    }

    @Test("a call that may have been executed is not sent again when it must not be executed twice")
    func neverTwice() {
        var quota = RetryQuota()
        var policy = RetryPolicy(isRepeatable: false)
        #expect(policy.event(.notSent, quota: &quota, random: 0) == .retry(afterSeconds: 0))
        #expect(!policy.mayHaveRun)
        #expect(
            policy.event(.throttled(retryAfterMilliseconds: nil), quota: &quota, random: 0)
                == .retry(afterSeconds: 0))
        #expect(!policy.mayHaveRun)
        var lost = RetryPolicy(isRepeatable: false)
        #expect(
            lost.event(.lost(retryAfterMilliseconds: nil), quota: &quota, random: 0) == .fail)
        #expect(lost.mayHaveRun)
    }

    @Test("x-amz-retry-after lengthens the delay by up to five seconds and never shortens it")
    func serverHint() {
        for (hint, delay) in [(0, 0.05), (1_500, 1.5), (60_000, 5.05)] {
            var quota = RetryQuota()
            var policy = RetryPolicy(isRepeatable: true)
            let action = policy.event(
                .lost(retryAfterMilliseconds: hint), quota: &quota, random: 1)
            #expect(action == .retry(afterSeconds: delay))
        }
    }

    @Test("a refusal ends the call and costs nothing")
    func refusal() {
        var quota = RetryQuota(tokens: 7)
        var policy = RetryPolicy(isRepeatable: true)
        #expect(policy.event(.refused, quota: &quota, random: 1) == .fail)
        #expect(quota.tokens == 7)
    }
}
