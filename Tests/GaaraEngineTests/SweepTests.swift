import AWS
import AWSSandbox
import GaaraEngine
import GaaraPlan
import GaaraStore
import Testing

/// What a plan of many secrets asks of AWS (design 5.3).
@Suite("Many secrets")
struct SweepTests {
    private let bench: Bench

    init() { bench = Bench() }

    /// Two keys, `count` secrets with values from the environment, two policies.
    private static func plan(_ count: Int) throws -> Plan {
        let secrets = (1...count).map { "  s\($0):\n    value: { from: environment }\n" }.joined()
        return try PlanText.read(
            """
            version: 1
            application: gaara-store
            environment: staging
            account: "123456789012"
            region: us-east-1
            secrets:
            \(secrets)access:
              app:
                read: [s1, s2]
                attach: { roles: [app] }
              worker:
                read: [s3]
                attach: { roles: [worker] }

            """)
    }

    private static func values(_ count: Int, _ changes: [String: String] = [:]) -> ValueSources {
        let all = Dictionary(uniqueKeysWithValues: (1...count).map { ("S\($0)", "canary-\($0)") })
        return .environment(all.merging(changes) { $1 })
    }

    private func calls(since start: Int) -> [String] {
        bench.sandbox.calls.dropFirst(start).map(\.operation)
    }

    /// Plans, applies and looks again, as the command does it.
    private func applyAndConfirm(
        _ plan: Plan, _ values: ValueSources
    ) async throws -> (receipt: Receipt, diagnostics: [Diagnostic]) {
        let comparison = try await bench.compare(plan, values: values)
        let hooks = bench.hooks()
        let receipt = await Applier(comparison, hooks).apply(
            try comparison.changeset(scope: Scope()))
        let diagnostics = try await comparison.confirmation(
            of: receipt, scope: Scope(), isDestroy: false,
            sleep: { [bench] in
                bench.sandbox.advance(by: $0 / 1000)
            })
        return (receipt, diagnostics)
    }

    @Test(
        "are created in at most 1.3 calls each and 40, and planned again in pages and 15 calls",
        arguments: [101, 250, 1000])
    func budget(count: Int) async throws {
        let (plan, values) = (try Self.plan(count), Self.values(count))
        let (receipt, diagnostics) = try await applyAndConfirm(plan, values)
        expectComplete(receipt)
        #expect(diagnostics.isEmpty)
        let applied = bench.sandbox.calls.count
        #expect(Double(applied) <= 1.3 * Double(count) + 40)

        let changeset = try await bench.changeset(plan, values: values)
        #expect(changeset.words == [])
        let made = calls(since: applied)
        let pages = made.count { $0 == "ListSecrets" }
        #expect(pages == (count + 99) / 100)
        #expect(made.count - pages <= 15, "\(made)")
        #expect(!made.contains("DescribeSecret"))
        #expect(changeset.notes.map(\.code).contains("swept"))
    }

    @Test("of more than a hundred only those that would change are looked at by themselves")
    func changed() async throws {
        let plan = try Self.plan(101)
        expectComplete(try await bench.apply(plan, values: Self.values(101)))
        let start = bench.sandbox.calls.count
        let values = Self.values(101, ["S7": "canary-new", "S70": "canary-newer"])
        let changeset = try await bench.changeset(plan, values: values)
        #expect(changeset.words == ["~ secret/s7", "~ secret/s70"])
        #expect(calls(since: start).count { $0 == "DescribeSecret" } == 2)
    }

    @Test("a stale list makes no step: what it shows otherwise is looked at")
    func stale() async throws {
        let sandbox = Sandbox(delays: Delays(list: 200...200))
        let bench = Bench(sandbox: sandbox)
        let plan = try Self.plan(101)
        expectComplete(try await bench.apply(plan, values: Self.values(101)))
        bench.sandbox.advance(by: 300)
        let values = Self.values(101, ["S7": "canary-new"])
        expectComplete(try await bench.apply(plan, values: values))
        // The list still tells the old version.
        #expect(try await bench.changeset(plan, values: values).words == [])
    }

    @Test("what the list does not show yet after an apply is explained by its receipt")
    func notYetVisible() async throws {
        let bench = Bench(sandbox: Sandbox(delays: Delays(list: 200...200)))
        let plan = try Self.plan(150)
        let comparison = try await bench.compare(plan, values: Self.values(150))
        let receipt = await Applier(comparison, bench.hooks())
            .apply(try comparison.changeset(scope: Scope()))
        expectComplete(receipt)
        let start = bench.sandbox.calls.count
        let diagnostics = try await comparison.confirmation(
            of: receipt, scope: Scope(), isDestroy: false, sleep: { _ in })
        #expect(diagnostics.isEmpty)
        let described = bench.sandbox.calls.dropFirst(start).count {
            $0.operation == "DescribeSecret"
        }
        #expect(described == 30)
    }

    @Test("what somebody undid after it was done is an error, also among many")
    func undone() async throws {
        let plan = try Self.plan(101)
        let comparison = try await bench.compare(plan, values: Self.values(101))
        let receipt = await Applier(comparison, bench.hooks())
            .apply(try comparison.changeset(scope: Scope()))
        expectComplete(receipt)
        let policy = try #require(bench.account.policy("gaara-store-staging-app"))
        try await bench.byHand(IAM.DetachRolePolicy(roleName: "app", policyARN: policy.arn))
        let diagnostics = try await comparison.confirmation(
            of: receipt, scope: Scope(), isDestroy: false, sleep: { _ in })
        #expect(diagnostics.map(\.code) == ["not-confirmed"])
        #expect(diagnostics.first?.message.contains("was done and AWS shows it undone") == true)
    }

    @Test("one that the list does not show is not overwritten: CreateSecret says that it is there")
    func existsAllTheSame() async throws {
        let bench = Bench(sandbox: Sandbox(delays: Delays(list: 200...200)))
        let (plan, values) = (try Self.plan(101), Self.values(101))
        expectComplete(try await bench.apply(plan, values: values))
        // Ours and equal is done.
        let again = try await bench.apply(plan, values: values)
        expectComplete(again)
        // Another value is a conflict.
        let other = try await bench.apply(plan, values: Self.values(101, ["S5": "canary-other"]))
        #expect(other.failureMessages.count == 1)
        #expect(other.failureMessages.first?.contains("secret/s5 was created by") == true)
        #expect(bench.secret("s5")?.value == .text("canary-5"))
    }

    @Test("the policies of an account are read alike at once and one by one")
    func policies() async throws {
        let (plan, values) = (try Self.plan(3), Self.values(3))
        expectComplete(try await bench.apply(plan, values: values))
        func snapshot(as principal: String) async throws -> Snapshot {
            try await bench.compare(plan, values: values, as: principal).snapshot
        }
        bench.account.deny("iam:GetAccountAuthorizationDetails", for: "role/narrow")
        let (wide, narrow) = (
            try await snapshot(as: Bench.applier), try await snapshot(as: "role/narrow")
        )
        #expect(wide.policies == narrow.policies)
        #expect(wide.policies.count == 2)
        let start = bench.sandbox.calls.count
        _ = try await snapshot(as: Bench.applier)
        #expect(!calls(since: start).contains("GetPolicyVersion"))
    }
}

@Suite("Spare keys")
struct SpareKeyTests {
    private let bench = Bench()
    private let values = ValueSources.apiToken("v1")

    /// A key as the loser of a race leaves it: with our claim, without an alias.
    private func spare(_ plan: Plan) async throws -> String {
        let data = try #require(plan.keys.first { $0.role == .data })
        return try await bench.byHand(
            KMS.CreateKey(
                tags: data.declaredTags(in: plan).sorted { $0.key < $1.key }
                    .map { AWS.Tag($0.key, $0.value) })
        ).arn
    }

    @Test("are listed by every plan, and neither pruned nor destroyed")
    func listed() async throws {
        let plan = try PlanText.small()
        expectComplete(try await bench.apply(plan, values: values))
        let arn = try await spare(plan)
        #expect(try await bench.changeset(plan, values: values).orphans == [arn])
        let pruning = try await bench.changeset(
            plan, values: values, scope: Scope(prune: true))
        #expect(pruning.words == [])
        #expect(pruning.orphans == [arn])
        _ = try await bench.destroy(plan)
        #expect(bench.keys.allSatisfy { $0.state == "Enabled" })
    }

    @Test("that wait for deletion, or that somebody else claims, are none")
    func none() async throws {
        let plan = try PlanText.small()
        expectComplete(try await bench.apply(plan, values: values))
        let arn = try await spare(plan)
        try await bench.byHand(KMS.ScheduleKeyDeletion(keyID: arn, pendingWindowInDays: 7))
        try await bench.byHand(KMS.CreateKey(description: "somebody else's"))
        #expect(try await bench.changeset(plan, values: values).orphans == [])
    }

    @Test("are not told of where tags may not be searched, and the plan goes on")
    func denied() async throws {
        let plan = try PlanText.small()
        expectComplete(try await bench.apply(plan, values: values))
        _ = try await spare(plan)
        bench.account.deny("tag:GetResources", for: Bench.applier)
        let changeset = try await bench.changeset(plan, values: values)
        #expect(changeset.orphans == [])
        #expect(changeset.words == [])
    }
}
