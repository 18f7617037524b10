import AWSSandbox
import GaaraEngine
import GaaraPlan
import GaaraStore
import Testing

@Suite("An imported plan")
struct ImportTests {
    private static let head = """
        version: 1
        application: gaara-store
        environment: staging
        account: "123456789012"
        region: us-east-1

        """

    /// Every combination of who acts, what is rotated and who reads.
    private static let plans: [String] = {
        let actors = [
            "", "operators: { applier: [role/apply] }\n",
            "operators: { planner: [role/look], applier: [role/apply, role/b], "
                + "migrator: [role/move], break-glass: [role/ops] }\n"
                + "key: { description: 'A \"key\" ${x}', rotation: none, administrators: [role/ops] }\n",
        ].map { $0.replacing("${x}", with: "$${x}") }
        let secrets = [
            "  api-token: { description: 'Opens $5 $$ the $${door}: $', value: { from: environment } }\n",
            "  api-token: { value: { from: environment }, protect: true }\n"
                + "  login:\n    value: { fields: { username: { literal: a }, "
                + "password: { generate: { length: 20 } } } }\n"
                + "    rotation: { function: \"\(Bench.function)\", role: role/turn, "
                + "schedule: \"cron(0 4 1 * ? *)\", window: 2 hours }\n",
            "  api-token: { value: { from: environment } }\n"
                + "  login:\n    value: { fields: { username: { literal: a }, "
                + "password: { generate: { length: 20 } } } }\n"
                + "    rotation: { function: \"\(Bench.function)\", every: 30 days }\n",
        ]
        let access = [
            "", "access: { app: { read: [api-token], attach: { roles: [app] } } }\n",
            "access:\n  app: { name: OwnName, read: all, batch: true, "
                + "attach: { roles: [app, worker] } }\n  other: { read: [api-token] }\n",
        ]
        let more = ["", "tags: { team: platform, cost: \"7\" }\nvalue-tokens: false\n"]
        return actors.flatMap { actors in
            secrets.flatMap { secrets in
                access.flatMap { access in
                    more.map { head + actors + $0 + "secrets:\n" + secrets + access }
                }
            }
        }
    }()

    @Test("of what a plan made plans to no changes", arguments: plans.indices)
    func roundTrip(_ index: Int) async throws {
        let bench = Bench()
        for role in ["ops", "apply", "look", "move", "b", "turn"] { bench.account.addRole(role) }
        let plan = try PlanText.read(Self.plans[index])
        let receipt = try await bench.apply(plan, values: .apiToken("v1"))
        expectComplete(receipt)
        let session = try await Session.open(
            try bench.client(), for: plan.identity, acceptsSimulation: true)
        let now: @Sendable () -> Int64 = { [sandbox = bench.sandbox] in Int64(sandbox.now) }
        let writes = bench.sandbox.writes.count
        let imported = try await Importer(session, now: now).plan()
        // Only the key of the value tokens tells appliers from the roles of rotation functions.
        let isTold = plan.keys.count == 2 || plan.operators.applier.isEmpty
        let known = plan.secrets.allSatisfy { $0.rotation == .unmanaged } || isTold
        #expect(imported.diagnostics.map(\.code) == (known ? [] : ["import-roles"]))
        let again = try PlanText.read(imported.text)
        #expect(again.secrets.map(\.name) == plan.secrets.map(\.name))
        for access in plan.access {
            let found = again.access.first { $0.policyName == access.policyName }
            #expect(found?.read == access.read)
            #expect(found?.isBatch == access.isBatch)
        }
        let changeset = try await bench.changeset(again)
        #expect(changeset.words == [], "\(imported.text)")
        #expect(changeset.orphans == [])
        #expect(bench.sandbox.writes.count == writes)
    }

    @Test("knows the replicas and the roles that a plan made")
    func more() async throws {
        let bench = Bench()
        let plan = try PlanText.small(
            (
                "value: { from: environment }",
                "value: { from: environment }\n    replicas: [{ region: eu-west-1 }]"
            ),
            ("roles: [app]", "roles: [{ name: made, create: true, trusts: [ecs-tasks, ec2] }, app]")
        )
        expectComplete(try await bench.apply(plan, values: .apiToken("v1")))
        let session = try await Session.open(
            try bench.client(), for: plan.identity, acceptsSimulation: true)
        let now: @Sendable () -> Int64 = { [sandbox = bench.sandbox] in Int64(sandbox.now) }
        let imported = try await Importer(session, now: now).plan()
        let again = try PlanText.read(imported.text)
        #expect(again.roles.map(\.trusts) == [["ec2", "ecs-tasks"]])
        let changeset = try await bench.changeset(again)
        #expect(changeset.words == [], "\(imported.text)")
        #expect(changeset.notes.filter { $0.code == "replica-unmanaged" } == [])
        #expect(changeset.orphans == [])
    }

    @Test("of an account without the application is empty")
    func nothing() async throws {
        let bench = Bench()
        let plan = try PlanText.small()
        let session = try await Session.open(
            try bench.client(), for: plan.identity, acceptsSimulation: true)
        let now: @Sendable () -> Int64 = { [sandbox = bench.sandbox] in Int64(sandbox.now) }
        #expect(try await Importer(session, now: now).plan().isEmpty)
    }
}
