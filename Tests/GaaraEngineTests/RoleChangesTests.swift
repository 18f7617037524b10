import AWS
import AWSSandbox
import GaaraEngine
import GaaraPlan
import Testing

@Suite("A role that the plan makes")
struct RoleChangesTests {
    private let bench = Bench()
    private let values = ValueSources.apiToken("v1")

    private func plan(_ role: String, more: String = "") throws -> Plan {
        try PlanText.small(("roles: [app]", "roles: [\(role)]\(more)"))
    }

    private static let made = "{ name: reader, create: true, trusts: [ecs-tasks] }"

    @Test("is made with its trust, tagged and given its policy, and then stands")
    func isMade() async throws {
        let plan = try plan(Self.made)
        expectComplete(try await bench.apply(plan, values: values))
        #expect(bench.writes().count { $0 == "CreateRole" } == 1)
        let role = try await role("reader")
        #expect(role.principal.path == "/gaara-store/staging/")
        #expect(role.assumeRolePolicyDocument?.contains("ecs-tasks.amazonaws.com") == true)
        #expect(role.tags.contains(Tag("gaara:application", "gaara-store")))
        #expect(
            bench.account.policy("gaara-store-staging-app")?.attachedTo == ["role/reader"])
        #expect(try await bench.changeset(plan, values: values).words == [])
    }

    @Test("is corrected where its trust differs, and nowhere else")
    func trust() async throws {
        try await bench.apply(try plan(Self.made), values: values)
        try await bench.convergeFurther(
            to: try plan("{ name: reader, create: true, trusts: [ecs-tasks, lambda] }"),
            values: values, writes: ["UpdateAssumeRolePolicy"])
        let live = try #require(try await role("reader").assumeRolePolicyDocument)
        #expect(live.contains("lambda.amazonaws.com"))
    }

    @Test("gets the boundary of its entry, when it is made and when that changes")
    func boundary() async throws {
        let limits = try await policy("limits")
        let narrow = try await policy("narrow")
        try await bench.apply(
            try plan(Self.made, more: "\n    boundary: policy/limits"), values: values)
        #expect(try await role("reader").permissionsBoundaryARN == limits)
        try await bench.convergeFurther(
            to: try plan(Self.made, more: "\n    boundary: policy/narrow"), values: values,
            writes: ["PutRolePermissionsBoundary"])
        #expect(try await role("reader").permissionsBoundaryARN == narrow)
    }

    @Test("that somebody else made is refused without the boundary, and named with the command")
    func requiredBoundary() async throws {
        let limits = try await policy("limits")
        let plan = try plan("app", more: "\n    boundary: policy/limits")
        let refusals = await #expect(throws: Refusals.self) {
            try await bench.changeset(plan, values: values)
        }
        let refusal = try #require(refusals?.diagnostics.first)
        #expect(refusal.code == "boundary-missing")
        #expect(refusal.hint?.contains("put-role-permissions-boundary --role-name app") == true)
        #expect(refusal.hint?.contains(limits) == true)
        #expect(bench.writes() == ["CreatePolicy"], "the boundary itself")
        _ = try await bench.client().send(
            IAM.PutRolePermissionsBoundary(roleName: "app", policyARN: limits))
        expectComplete(try await bench.apply(plan, values: values))
    }

    @Test("of another owner is refused, and one without tags is taken over only with --adopt")
    func owners() async throws {
        bench.account.addRole("reader")
        let plan = try plan(Self.made)
        let refusals = await #expect(throws: Refusals.self) {
            try await bench.changeset(plan, values: values)
        }
        #expect(refusals?.diagnostics.map(\.code) == ["not-ours"])
        let changeset = try await bench.changeset(
            plan, values: values, scope: Scope(adopt: true))
        #expect(changeset.steps.contains { $0.verb == .adopt && $0.address == .role("reader") })
    }

    @Test("whose creation was not answered is found by its name", arguments: [false, true])
    func lostAnswer(executed: Bool) async throws {
        let plan = try plan(Self.made)
        let sandbox = Sandbox(
            faults: .at("CreateRole", .lost(executed: executed)))
        let bench = Bench(sandbox: sandbox)
        _ = try await bench.apply(plan, values: values)
        expectComplete(try await bench.apply(plan, values: values))
        #expect(try await bench.changeset(plan, values: values).words == [])
    }

    @Test("and declares no more is an orphan, deleted by --prune after its policy is detached")
    func orphan() async throws {
        try await bench.apply(try plan(Self.made), values: values)
        let without = try plan("app")
        #expect(try await bench.changeset(without, values: values).orphans == ["role/reader"])
        expectComplete(
            try await bench.apply(without, values: values, scope: Scope(prune: true)))
        await #expect(throws: AWSError.self) { try await role("reader") }
    }

    @Test("goes with the plan when that is destroyed, and one of somebody else stays")
    func destroyed() async throws {
        let plan = try plan("\(Self.made), worker")
        try await bench.apply(plan, values: values)
        expectComplete(try await bench.destroy(plan))
        await #expect(throws: AWSError.self) { try await role("reader") }
        #expect(try await role("worker").principal.name == "worker")
    }

    private func role(_ name: String) async throws -> IAM.Role {
        try await bench.client().send(IAM.GetRole(roleName: name))
    }

    private func policy(_ name: String) async throws -> String {
        try await bench.client().send(
            IAM.CreatePolicy(
                policyName: name,
                policyDocument: PolicyDocument(statements: [
                    PolicyStatement("All", actions: ["secretsmanager:*"], resources: ["*"])
                ]).text, path: "/", tags: [])
        ).arn
    }
}
