import AWSSandbox
import GaaraEngine
import GaaraPlan
import POSIX
import Synchronization
import Testing

@Suite("The applier")
struct ApplierTests {
    private let bench = Bench()
    private let values = ValueSources.apiToken("v1")

    @Test("stopped by a signal after any number of steps says what was done and what not tried")
    func signals() async throws {
        let plan = try PlanText.small()
        for steps in 0...7 {
            let bench = Bench()
            let receipt = try await bench.apply(
                plan, values: values, stopSignal: Signals.interrupt, stoppingAfter: steps)
            #expect(receipt.failures.isEmpty)
            #expect(receipt.done.count + receipt.notTried.count == 7)
            // Steps in flight are finished, so more may be done than were when the signal came.
            #expect(receipt.done.count >= steps)
            #expect(receipt.stoppedBy == Signals.interrupt)
            #expect(receipt.isComplete == (receipt.done.count == 7))
            let second = try await bench.apply(plan, values: values)
            expectComplete(second)
            #expect(Set(second.doneWords).isDisjoint(with: Set(receipt.doneWords)))
            #expect(try await bench.changeset(plan, values: values).words == [])
            #expect(bench.keys.count == 2)
        }
    }

    @Test("leaves alone what the person did not agree to, and finishes it in the next run")
    func mayRun() async throws {
        let plan = try PlanText.small()
        let comparison = try await bench.compare(plan, values: values)
        let hooks = bench.hooks(mayRun: { $0.address.description != "secret/api-token" })
        let receipt = await Applier(comparison, hooks)
            .apply(try comparison.changeset(scope: Scope()))
        #expect(receipt.notTried.map(\.words) == ["+ secret/api-token"])
        #expect(receipt.failures.isEmpty)
        #expect(!receipt.isComplete)
        #expect(bench.secret("api-token") == nil)
        let second = try await bench.apply(plan, values: values)
        #expect(second.doneWords == ["+ secret/api-token"])
    }

    @Test("asks for each step once, in the order of the changeset")
    func asksInOrder() async throws {
        let comparison = try await bench.compare(try PlanText.small(), values: values)
        let changeset = try comparison.changeset(scope: Scope())
        let log = Log()
        let hooks = bench.hooks(mayRun: { log.add($0.words) })
        _ = await Applier(comparison, hooks).apply(changeset)
        #expect(log.words == changeset.words)
    }

    @Test("reports each step once, with the request ids of its calls")
    func reports() async throws {
        let receipt = try await bench.apply(try PlanText.small(), values: values)
        #expect(Set(bench.events.reported) == Set(receipt.entries))
        #expect(bench.events.reported.count == receipt.entries.count)
        for entry in receipt.entries {
            guard case .done(let ids) = entry.outcome else {
                Issue.record("\(entry.step.words) was not done")
                continue
            }
            #expect(ids.count == entry.step.calls.count)
        }
    }

    @Test("does not try what builds on a failure, does the rest, and the next run finishes")
    func failure() async throws {
        bench.account.deny("secretsmanager:CreateSecret", for: Bench.applier)
        let plan = try PlanText.small()
        let receipt = try await bench.apply(plan, values: values)
        #expect(
            receipt.doneWords == [
                "+ key", "+ key/value-tokens", "+ policy/gaara-store-staging-app",
                "+ attachment/gaara-store-staging-app/role/app",
            ])
        #expect(receipt.failures.count == 2)
        #expect(receipt.notTried.map(\.words) == ["+ rotation/login"])
        bench.account.allow("secretsmanager:CreateSecret", for: Bench.applier)
        expectComplete(try await bench.apply(plan, values: values))
        #expect(try await bench.changeset(plan, values: values).words == [])
    }

    @Test("deletes nothing after a failure")
    func noDeletionAfterFailure() async throws {
        let both = try PlanText.small()
        try await bench.apply(both, values: values)
        let less = try PlanText.read(
            PlanText.small.replacing("First description", with: "Second description")
                .replacing(PlanText.login, with: ""))
        bench.account.deny("kms:UpdateKeyDescription", for: Bench.applier)
        let scope = Scope(prune: true)
        let receipt = try await bench.apply(less, values: values, scope: scope)
        #expect(receipt.failures.map(\.step.words) == ["~ key"])
        #expect(receipt.notTried.map(\.words) == ["- secret/login"])
        bench.account.allow("kms:UpdateKeyDescription", for: Bench.applier)
        expectComplete(try await bench.apply(less, values: values, scope: scope))
        #expect(bench.secret("login")?.deletionDate != nil)
    }

    @Test("confirms what it did by looking again, and says what is no longer so")
    func confirmation() async throws {
        let plan = try PlanText.small()
        let comparison = try await bench.compare(plan, values: values)
        let receipt = await Applier(comparison, bench.hooks())
            .apply(try comparison.changeset(scope: Scope()))
        let sleep: @Sendable (Int) async -> Void = { [sandbox = bench.sandbox] milliseconds in
            try? await sandbox.time.sleep(milliseconds: milliseconds)
        }
        let none = try await comparison.confirmation(
            of: receipt, scope: Scope(), isDestroy: false, sleep: sleep)
        #expect(none == [])
        _ = try await bench.destroy(plan)
        let start = bench.sandbox.now
        let undone = try await comparison.confirmation(
            of: receipt, scope: Scope(), isDestroy: false, sleep: sleep)
        #expect(
            undone.map(\.message) == [
                "policy/gaara-store-staging-app was done and AWS shows it undone",
                "attachment/gaara-store-staging-app/role/app was done and AWS shows it undone",
            ])
        #expect(bench.sandbox.now - start >= 60)
    }
}

private final class Log: Sendable {
    private let state = Mutex<[String]>([])

    var words: [String] { state.withLock { $0 } }

    func add(_ word: String) -> Bool {
        state.withLock { $0.append(word) }
        return true
    }
}
