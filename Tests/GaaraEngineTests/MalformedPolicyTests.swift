import AWSSandbox
@testable import GaaraEngine
import GaaraPlan
import Testing

/// The three things that AWS calls a malformed policy (reference: KMS API, PutKeyPolicy).
@Suite("A policy that AWS calls malformed")
struct MalformedPolicyTests {
    private let bench = Bench()
    private let role = "arn:aws:iam::123456789012:role/new"

    private func policy(naming role: String) -> String {
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"#
            + #""arn:aws:iam::123456789012:root"},"Action":"kms:*","Resource":"*"},"#
            + #"{"Effect":"Allow","Principal":{"AWS":"\#(role)"},"Action":"kms:Decrypt","#
            + #""Resource":"*"}]}"#
    }

    /// Puts it on the key of an application that is there, as a run that made `made`.
    private func put(
        _ policy: String, made: String?, roleComes: Bool = false
    ) async throws -> Receipt.Outcome {
        let plan = try PlanText.small()
        try await bench.apply(plan, values: .apiToken("v1"))
        let comparison = try await bench.compare(plan)
        let arn = try #require(bench.key()?.arn)
        let references = References(keys: [.data: arn], pepper: nil)
        if let made { references.made(made) }
        let hooks = bench.hooks(onSleep: { [account = bench.account, events = bench.events] in
            if roleComes, events.slept > 30_000 { account.addRole("new") }
        })
        let step = Step(.change, .key(.data), [.key(.putPolicy(.known(arn: arn), policy))])
        return await StepRun.outcome(of: step, comparison, hooks, references)
    }

    private func hint(_ outcome: Receipt.Outcome) -> String? {
        guard case .failed(let error) = outcome else { return nil }
        return error.hint
    }

    @Test("because it names a role that this run made is put again until AWS sees the role")
    func late() async throws {
        let outcome = try await put(policy(naming: role), made: role, roleComes: true)
        #expect(outcome.isDone)
        #expect(bench.events.slept > 30_000)
        #expect(bench.events.told.contains { $0.contains("invalid principals") })
    }

    @Test("because it names a role that never comes is given up after six minutes")
    func never() async throws {
        let outcome = try await put(policy(naming: role), made: role)
        #expect(hint(outcome)?.hasPrefix("a role or user that it names does not exist") == true)
        #expect(bench.events.slept == 360_000)
    }

    @Test("because it names a role that this run did not make fails at once")
    func missing() async throws {
        let outcome = try await put(policy(naming: role), made: nil, roleComes: true)
        #expect(hint(outcome)?.hasPrefix("a role or user that it names does not exist") == true)
        #expect(bench.events.slept == 0)
    }

    @Test("because nobody could change it again fails at once, whatever this run made")
    func lockout() async throws {
        bench.account.addRole("new")
        let locked = policy(naming: role).replacing("kms:*", with: "kms:Decrypt")
        #expect(
            hint(try await put(locked, made: role))?.hasPrefix("these credentials could") == true)
        #expect(bench.events.slept == 0)
    }

    @Test("because it is wrong by itself fails at once, whatever this run made")
    func syntax() async throws {
        bench.account.addRole("new")
        let wrong = policy(naming: role).replacing("Effect", with: "Effekt")
        #expect(hint(try await put(wrong, made: role))?.hasPrefix("the policy is wrong by") == true)
        #expect(bench.events.slept == 0)
    }
}
