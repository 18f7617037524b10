import AWSSandbox
import GaaraEngine
import GaaraPlan
import GaaraStore
import JSON
import Testing

@Suite("The repository's plans in an empty account")
struct RepositoryPlansTests {
    @Test(
        "are applied from nothing: keys, alias, rotation, policy, tags, attachments as declared",
        arguments: ["staging", "production"])
    func fromNothing(_ name: String) async throws {
        let bench = Bench()
        let plan = try PlanText.repository(name)
        expectComplete(try await bench.apply(plan, values: .repository))

        let key = try #require(bench.key("alias/gaara-store/\(name)"))
        let pepperKey = try #require(bench.key("alias/gaara-store/\(name)/value-tokens"))
        #expect(bench.keys.count == 2)
        #expect(key.spec == "SYMMETRIC_DEFAULT")
        #expect(key.description == "Gaara Store encryption key")
        #expect(key.rotationPeriod == 365)
        #expect(pepperKey.spec == "HMAC_256")
        #expect(pepperKey.rotationPeriod == nil)
        for (live, declared) in zip([key, pepperKey], plan.keys) {
            #expect(live.policy == plan.keyPolicy(of: declared).text)
            #expect(live.tags == declared.declaredTags(in: plan))
        }

        for secret in plan.secrets {
            let live = try #require(bench.secret(secret.name.text, environment: name))
            #expect(live.description ?? "" == secret.description)
            #expect(live.keyID == key.arn)
            #expect(live.tags == secret.declaredTags(in: plan))
            #expect(live.stages.count == 1)
        }
        #expect(
            bench.secret("database-url", environment: name)?.tags["gaara:protect"]
                == (name == "production" ? "true" : nil))

        for declared in plan.policies {
            let live = try #require(bench.account.policy(declared.name))
            #expect(live.path == "/gaara-store/\(name)/")
            #expect(
                live.document
                    == plan.readerPolicy(of: declared.access).document(keyARN: key.arn).text)
            #expect(live.tags == plan.allTags)
            #expect(live.attachedTo == declared.access.principals.map(\.description))
        }
        let rotation = try #require(bench.secret("database-login", environment: name)?.rotation)
        #expect(rotation.isEnabled)
        #expect(rotation.days == 30)
    }

    @Test(
        "give each secret its declared value, under the token of that value",
        arguments: ["staging", "production"])
    func values(_ name: String) async throws {
        let bench = Bench()
        let plan = try PlanText.repository(name)
        try await bench.apply(plan, values: .repository)

        let comparison = try await bench.compare(plan, values: .repository)
        let pepper = try #require(comparison.pepper)
        var tokens: Set<String> = []
        for secret in plan.secrets {
            let live = try #require(bench.secret(secret.name.text, environment: name))
            guard case .text(let text) = live.value else {
                Issue.record("\(secret.name) is no text")
                continue
            }
            #expect(
                live.versionID == pepper.token(of: SecretValue(string: text), name: live.name))
            tokens.insert(live.versionID ?? "")
        }
        #expect(tokens.count == plan.secrets.count)
        #expect(
            bench.secret("database-url", environment: name)?.value
                == .text("postgresql://canary-database"))
        #expect(bench.secret("smtp-password", environment: name)?.value == .text("canary-mail"))
        let drawn = try #require(bench.secret("jwt-secret", environment: name)?.value)
        #expect(drawn.bytes.count == 64)
        let login = try #require(bench.secret("database-login", environment: name)?.value)
        let fields = try JSON(parsing: login.bytes).object
        #expect(fields?["username"]?.string == "gaara_store")
        #expect(fields?["password"]?.string?.count == 40)
    }

    @Test(
        "applied again have no step, and no write reaches the account",
        arguments: ["staging", "production"])
    func again(_ name: String) async throws {
        let bench = Bench()
        let plan = try PlanText.repository(name)
        try await bench.apply(plan, values: .repository)
        let writes = bench.sandbox.writes.count
        let changeset = try await bench.changeset(plan, values: .repository)
        #expect(changeset.words == [])
        #expect(changeset.notCompared == [])
        let receipt = try await bench.apply(plan, values: .repository)
        #expect(receipt.entries == [])
        #expect(bench.sandbox.writes.count == writes)
    }

    @Test("live side by side in one account, and neither touches the other's")
    func sideBySide() async throws {
        let bench = Bench()
        let staging = try PlanText.repository("staging")
        let production = try PlanText.repository("production")
        try await bench.apply(staging, values: .repository)
        let before = bench.account.secrets(in: Bench.region)
        let keys = bench.keys
        let policies = bench.account.policies()

        try await bench.apply(production, values: .repository)
        #expect(bench.keys.count == 4)
        #expect(
            bench.account.secrets(in: Bench.region).filter { $0.name.contains("/staging/") }
                == before)
        #expect(bench.keys.filter { keys.contains($0) }.count == 2)
        #expect(bench.account.policies().filter { policies.contains($0) } == policies)

        expectComplete(try await bench.destroy(staging))
        #expect(try await bench.changeset(production, values: .repository).words == [])
        #expect(bench.secret("redis-url")?.deletionDate != nil)
        #expect(bench.secret("redis-url", environment: "production")?.deletionDate == nil)
    }

    @Test("are planned from nothing by who may list secrets and describe only those that exist")
    func deniedDescription() async throws {
        let bench = Bench()
        let plan = try PlanText.repository("staging")
        bench.account.deny("secretsmanager:DescribeSecret", for: "role/planner")
        let first = try await bench.changeset(plan, values: .repository, as: "role/planner")
        #expect(first.steps.count { $0.verb == .create && $0.words.contains(" secret/") } == 6)

        try await bench.apply(plan, values: .repository)
        let listed = try await engineError {
            _ = try await bench.changeset(plan, values: .repository, as: "role/planner")
        }
        #expect(listed?.hint == "allow secretsmanager:DescribeSecret to these credentials")
    }

    @Test("show no step at all to who may not list secrets", arguments: [true, false])
    func deniedList(isApplied: Bool) async throws {
        let bench = Bench()
        let plan = try PlanText.repository("staging")
        if isApplied { try await bench.apply(plan, values: .repository) }
        bench.account.deny("secretsmanager:ListSecrets", for: "role/planner")
        let error = try await engineError {
            _ = try await bench.changeset(plan, values: .repository, as: "role/planner")
        }
        #expect(error?.hint == "allow secretsmanager:ListSecrets to these credentials")
    }

    @Test("need no permission to read a value, for planning or for applying")
    func withoutReadingValues() async throws {
        let bench = Bench()
        bench.account.deny("secretsmanager:GetSecretValue", for: Bench.applier)
        bench.account.deny("secretsmanager:BatchGetSecretValue", for: Bench.applier)
        let plan = try PlanText.repository("production")
        expectComplete(try await bench.apply(plan, values: .repository))
        #expect(try await bench.changeset(plan, values: .repository).words == [])
        #expect(!bench.sandbox.calls.contains { $0.operation.contains("GetSecretValue") })
    }

    // Counted with production.yaml: two keys, six secrets, one rotation, two policies and two
    // attachments.
    @Test("production takes at most 32 calls to apply from nothing, and at most 25 to plan again")
    func callCounts() async throws {
        let bench = Bench()
        let plan = try PlanText.repository("production")
        try await bench.apply(plan, values: .repository)
        let first = bench.sandbox.calls.count
        #expect(first <= 32)
        #expect(bench.sandbox.writes.count == 16)
        _ = try await bench.changeset(plan, values: .repository)
        #expect(bench.sandbox.calls.count - first <= 25)
    }
}
