import AWS
import AWSSandbox
import GaaraEngine
import GaaraPlan
import Testing

/// Production with policies held against every call: who plans, applies and reads there has what
/// the repository's policies say, and nothing more.
@Suite("Policies against the calls that are really made")
struct EnforcedPersonaTests {
    private static let planner = "role/gaara-store-production-plan"
    private static let applier = "role/gaara-store-production-apply"
    private static let app = "role/gaara-store-production-app"

    private let bench = Bench(sandbox: Sandbox(enforcesIAM: true))
    private let plan: Plan

    init() throws {
        plan = try PlanText.repository("production")
        let names = ["planner", "applier-secrets", "applier-platform"]
        for (role, count) in [(Self.planner, 1), (Self.applier, 3)] {
            bench.account.addRole(String(role.dropFirst("role/".count)))
            for name in names.prefix(count) {
                let document = try Persona.file("Tests/GaaraEngineTests/Personas/\(name).json")
                bench.account.putPolicy(name, document, for: role)
            }
        }
        bench.account.addRole("gaara-store-production-rotation")
    }

    private func apply() async throws {
        expectComplete(
            try await bench.apply(plan, values: .repository, as: Self.applier))
    }

    private var refusals: [SandboxCall] {
        bench.sandbox.calls.filter { call in
            if case .refused(let code) = call.outcome {
                code.contains("AccessDenied")
            } else {
                false
            }
        }
    }

    @Test("production is applied from nothing by the applier's policies, and then matches")
    func applies() async throws {
        try await apply()
        #expect(refusals.map(\.operation).allSatisfy { $0 == "DescribeSecret" })
        #expect(bench.writes().count == 16)
        #expect(
            try await bench.changeset(plan, values: .repository, as: Self.applier).words == [])
    }

    @Test("a changed value, tag and description are applied by the applier's policies")
    func changes() async throws {
        try await apply()
        let values = ValueSources.repository(["REDIS_URL": "redis://canary-other"])
        expectComplete(try await bench.apply(plan, values: values, as: Self.applier))
        #expect(
            bench.secret("redis-url", environment: "production")?.value
                == .text("redis://canary-other"))
    }

    @Test("the planner plans from nothing and afterwards, and reads, writes and signs nothing")
    func plans() async throws {
        let first = try await bench.changeset(plan, as: Self.planner)
        #expect(first.steps.count { $0.verb == .create } > 10)
        try await apply()
        let start = bench.sandbox.calls.count
        #expect(try await bench.changeset(plan, as: Self.planner).words == [])
        let made = Set(bench.sandbox.calls.dropFirst(start).map(\.operation))
        #expect(made.isDisjoint(with: ["GetSecretValue", "BatchGetSecretValue", "GenerateMac"]))

        let client = try bench.client(as: Self.planner)
        let name = "gaara-store/production/redis-url"
        try await isRefused { try await client.send(SecretsManager.GetSecretValue(secretID: name)) }
        let receipt = try await bench.apply(
            plan, values: .repository(["REDIS_URL": "redis://canary-other"]), as: Self.planner)
        #expect(receipt.done.isEmpty)
        #expect(
            bench.secret("redis-url", environment: "production")?.value
                == .text("redis://canary-redis"))
    }

    @Test("the application reads its secrets by the policy that apply puts, and no other")
    func reads() async throws {
        try await apply()
        let client = try bench.client(as: Self.app)
        for name in ["database-url", "jwt-secret", "redis-url", "smtp-password"] {
            _ = try await client.send(
                SecretsManager.GetSecretValue(secretID: "gaara-store/production/\(name)"))
        }
        for name in ["database-login", "not-there"] {
            try await isRefused {
                try await client.send(
                    SecretsManager.GetSecretValue(secretID: "gaara-store/production/\(name)"))
            }
        }
        try await isRefused {
            try await client.send(
                SecretsManager.DeleteSecret(
                    secretID: "gaara-store/production/redis-url", recoveryWindowInDays: 30))
        }
        let key = try #require(bench.key("alias/gaara-store/production"))
        try await isRefused { try await client.send(KMS.DescribeKey(keyID: key.id)) }
    }

    @Test("an administrator in IAM alone cannot read what the key's policy keeps")
    func administrator() async throws {
        try await apply()
        let role = "role/admin"
        bench.account.addRole("admin")
        bench.account.attachPolicy("arn:aws:iam::aws:policy/AdministratorAccess", to: role)
        let client = try bench.client(as: role)
        do {
            _ = try await client.send(
                SecretsManager.GetSecretValue(secretID: "gaara-store/production/redis-url"))
            Issue.record("the value was read")
        } catch {
            #expect(error.message == "Access to KMS is not allowed")
        }
    }

    private func isRefused<Output>(
        _ call: () async throws -> Output, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        do {
            _ = try await call()
            Issue.record("the call was not refused", sourceLocation: sourceLocation)
        } catch let error as AWSError {
            #expect(error.kind == .accessDenied, "\(error)", sourceLocation: sourceLocation)
        }
    }
}
