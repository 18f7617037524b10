import GaaraStore
import JSON
import Testing

@testable import GaaraPlan

struct FingerprintTests {
    private func fingerprint(
        _ snapshot: Snapshot = Snapshot(observedAt: 1), plan: Plan = Samples.plan,
        value: String = "v1", scope: Scope = Scope()
    ) throws -> String {
        try Samples.changeset(snapshot, plan: plan, supply: Samples.supply(value), scope: scope)
            .fingerprint
    }

    @Test("the same situation has the same fingerprint at another time")
    func stable() throws {
        #expect(try fingerprint() == fingerprint(Snapshot(observedAt: 2)))
        #expect(try fingerprint().hasPrefix("sha256:"))
    }

    @Test("a created value stands as its source: another value is the same plan")
    func created() throws {
        #expect(try fingerprint(value: "v1") == fingerprint(value: "v2"))
    }

    @Test("a changed value stands as its token: another value is another plan")
    func changed() throws {
        let applied = Samples.applied()
        #expect(
            try fingerprint(applied, value: "v2")
                != fingerprint(applied, value: "v3"))
    }

    @Test("identity, scope, plan and steps each change it")
    func parts() throws {
        let base = try fingerprint()
        var digest = Samples.plan
        digest.digest = "e"
        var environment = Samples.plan
        environment.identity = Identity(
            application: "gaara-store", environment: .production, account: "123456789012",
            region: "us-east-1")
        var description = Samples.plan
        description.secrets[0].description = "another"
        let others = [
            try fingerprint(plan: digest), try fingerprint(plan: environment),
            try fingerprint(plan: description),
            try fingerprint(scope: Scope(prune: true)),
            try fingerprint(scope: Scope(except: ["nothing"])),
            try Changeset.destroying(Samples.plan, Snapshot(observedAt: 1)).fingerprint,
        ]
        #expect(Set(others + [base]).count == others.count + 1)
    }

    @Test("what has become graver since the review is another plan")
    func consequence() throws {
        var snapshot = Samples.applied()
        let unread = try Changeset.destroying(Samples.plan, snapshot).fingerprint
        snapshot.secrets[Samples.databaseURL]?.lastAccessed = Samples.now
        #expect(try Changeset.destroying(Samples.plan, snapshot).fingerprint != unread)
    }

    @Test("what is fingerprinted and shown holds no value")
    func noValue() throws {
        let canary = "CANARY-7f3a"
        let changeset = try Samples.changeset(
            Samples.applied(), supply: Samples.supply(canary))
        let shown = changeset.calls.map(\.json.canonical).joined() + "\(changeset.steps)"
        #expect(!shown.contains(canary))
        #expect(!changeset.steps.isEmpty)
    }
}
