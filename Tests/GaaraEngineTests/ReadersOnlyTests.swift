import AWS
import AWSSandbox
import GaaraEngine
import GaaraPlan
import Testing

@Suite("readers-only")
struct ReadersOnlyTests {
    private let bench = Bench()
    private let values = ValueSources.apiToken("v1")
    private let path = "gaara-store/staging/api-token"

    private func plan(
        _ flag: String = "\n    readers-only: true",
        operators: String = "{ applier: [role/applier], break-glass: [role/ops] }"
    ) throws -> Plan {
        bench.account.addRole("ops")
        return try PlanText.small(
            ("secrets:", "operators: \(operators)\nsecrets:"),
            ("value: { from: environment }", "value: { from: environment }\(flag)"))
    }

    @Test("stands before the value does, admits the readers, and then needs nothing")
    func order() async throws {
        let plan = try plan()
        expectComplete(try await bench.apply(plan, values: values))
        let order = bench.sandbox.writes.map(\.operation).filter {
            ["CreateSecret", "PutResourcePolicy", "PutSecretValue"].contains($0)
        }
        #expect(order.contains("PutSecretValue"))
        let policy = try #require(order.firstIndex(of: "PutResourcePolicy"))
        let value = try #require(order.firstIndex(of: "PutSecretValue"))
        #expect(policy < value)
        let document = try #require(bench.secret("api-token")?.policy)
        for role in ["app", "applier", "ops"] {
            #expect(document.contains("arn:aws:iam::123456789012:role/\(role)\""), "\(role)")
        }
        #expect(try await bench.changeset(plan, values: values).words == [])
    }

    @Test("keeps an administrator from the value, and lets the readers at it")
    func enforced() async throws {
        let bench = Bench(sandbox: Sandbox(enforcesIAM: true))
        bench.account.addRole("ops")
        for role in ["applier", "stranger", "app"] {
            bench.account.addRole(role)
            bench.account.attachPolicy(
                "arn:aws:iam::aws:policy/AdministratorAccess", to: "role/\(role)")
        }
        let plan = try PlanText.small(
            (
                "secrets:",
                "operators: { applier: [role/applier], break-glass: [role/ops] }\nsecrets:"
            ),
            (
                "value: { from: environment }",
                "value: { from: environment }\n    readers-only: true"
            ))
        expectComplete(try await bench.apply(plan, values: values))
        let input = SecretsManager.GetSecretValue(secretID: path)
        _ = try await bench.client(as: "role/app").send(input)
        await #expect(throws: AWSError.self) {
            try await bench.client(as: "role/stranger").send(input)
        }
        expectComplete(try await bench.apply(plan, values: .apiToken("v2")))
    }

    @Test("killed after each of its writes is finished by the next apply")
    func killed() async throws {
        for fault in ["CreateSecret", "PutResourcePolicy", "PutSecretValue"] {
            let sandbox = Sandbox(faults: .at(fault, .lost(executed: true)))
            let bench = Bench(sandbox: sandbox)
            bench.account.addRole("ops")
            let plan = try plan()
            _ = try await bench.apply(plan, values: values, attempts: 1)
            expectComplete(try await bench.apply(plan, values: values))
            #expect(try await bench.changeset(plan, values: values).words == [], "\(fault)")
            #expect(bench.secret("api-token")?.policy != nil)
        }
    }

    @Test("is put back when somebody took it off, and taken off when the plan says false")
    func drift() async throws {
        let plan = try plan()
        try await bench.apply(plan, values: values)
        _ = try await bench.client().send(SecretsManager.DeleteResourcePolicy(secretID: path))
        try await bench.convergeFurther(to: plan, values: values, writes: ["PutResourcePolicy"])
        try await bench.convergeFurther(
            to: try self.plan("\n    readers-only: false"), values: values,
            writes: ["DeleteResourcePolicy"])
        #expect(bench.secret("api-token")?.policy == nil)
    }

    @Test("knows somebody whom it admits and who has one of our policies beside")
    func attached() async throws {
        let plan = try plan()
        try await bench.apply(plan, values: values)
        let policy = try #require(bench.account.policy("gaara-store-staging-app"))
        try await bench.client().send(
            IAM.AttachRolePolicy(roleName: "ops", policyARN: policy.arn))
        #expect(
            try await bench.changeset(plan, values: values).words
                == ["- attachment/gaara-store-staging-app/role/ops"])
    }

    @Test("is put again on a secret that is restored, whatever it has by then")
    func restored() async throws {
        let plan = try plan()
        try await bench.apply(plan, values: values)
        let other =
            #"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","#
            + #""Action":"secretsmanager:StopReplicationToReplica","Resource":"*"}}"#
        let client = try bench.client()
        _ = try await client.send(
            SecretsManager.PutResourcePolicy(secretID: path, resourcePolicy: other))
        _ = try await client.send(
            SecretsManager.DeleteSecret(secretID: path, recoveryWindowInDays: 7))
        expectComplete(try await bench.apply(plan, values: values))
        #expect(bench.secret("api-token")?.policy?.contains("OnlyNamedPrincipalsRead") == true)
        #expect(try await bench.changeset(plan, values: values).words == [])
    }

    @Test("that would shut out who applies is refused before anything is written")
    func lockout() async throws {
        let plan = try plan(operators: "{ break-glass: [role/ops] }")
        let refusals = await #expect(throws: Refusals.self) {
            try await bench.changeset(plan, values: values)
        }
        #expect(refusals?.diagnostics.map(\.code) == ["lockout"])
        #expect(bench.writes() == [])
        // Whoever only plans is not shut out of what they do.
        let planned = try self.plan(
            operators: "{ planner: [role/looker], applier: [role/other], break-glass: [role/ops] }")
        bench.account.addRole("other")
        _ = try await bench.changeset(planned, values: values, as: "role/looker")
    }

    @Test("names somebody who does not exist: refused")
    func missing() async throws {
        let plan = try plan(
            operators: "{ applier: [role/applier], break-glass: [role/nobody] }")
        let refusals = await #expect(throws: Refusals.self) {
            try await bench.changeset(plan, values: values)
        }
        #expect(refusals?.diagnostics.map(\.code) == ["no-such-principal"])
    }
}
