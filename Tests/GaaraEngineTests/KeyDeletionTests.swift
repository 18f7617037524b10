import AWS
import AWSSandbox
import GaaraEngine
import GaaraPlan
import POSIX
import Testing

@Suite("destroy --key")
struct KeyDeletionTests {
    private let bench = Bench()
    private let values = ValueSources.apiToken("v1")

    private func compare(_ plan: Plan) async throws -> Comparison {
        let session = try await Session.open(
            try bench.client(), for: plan.identity, acceptsSimulation: true)
        return try await Comparison.make(
            of: plan, in: session, valuesFrom: nil, seeksKeyUsers: true,
            now: { [sandbox = bench.sandbox] in Int64(sandbox.now) })
    }

    private func refusals(_ plan: Plan) async throws -> [String] {
        let comparison = try await compare(plan)
        do throws(Refusals) {
            _ = try comparison.destruction(scope: Scope(key: true))
            return []
        } catch {
            return error.diagnostics.map(\.code)
        }
    }

    private func isPending(_ alias: String) -> Bool {
        bench.key(alias)?.deletionDate != nil
    }

    @Test("is refused while a secret is there or recoverable, and runs when the last is gone")
    func waitsForSecrets() async throws {
        let plan = try PlanText.small()
        try await bench.apply(plan, values: values)
        #expect(try await refusals(plan) == ["key-in-use", "key-in-use"])
        let destroyed = try await bench.compare(plan).destruction()
        #expect(
            destroyed.notes.contains {
                $0.code == "key-kept" && $0.message.contains("2 secrets are recoverable until 20")
            })
        expectComplete(try await bench.destroy(plan))
        #expect(try await refusals(plan) == ["key-in-use", "key-in-use"])
        try await bench.sandbox.time.sleep(milliseconds: 31 * 86_400_000)
        let comparison = try await compare(plan)
        let changeset = try comparison.destruction(scope: Scope(key: true))
        #expect(changeset.words == ["- key", "- key/value-tokens"])
        #expect(changeset.steps.allSatisfy { $0.consequence != nil })
        expectComplete(await Applier(comparison, bench.hooks()).apply(changeset))
        #expect(isPending("alias/gaara-store/staging"))
        #expect(isPending("alias/gaara-store/staging/value-tokens"))
        #expect(try await compare(plan).destruction(scope: Scope(key: true)).words == [])
        // Until the window ends an apply saves them.
        _ = try await bench.apply(plan, values: values)
        #expect(!isPending("alias/gaara-store/staging"))
    }

    @Test("is refused for a secret of somebody else that names the key")
    func strangers() async throws {
        let plan = try PlanText.small()
        try await bench.apply(plan, values: values)
        expectComplete(try await bench.destroy(plan))
        try await bench.sandbox.time.sleep(milliseconds: 31 * 86_400_000)
        try await strange()
        #expect(try await refusals(plan) == ["key-in-use", "key-in-use"])
    }

    @Test("is refused for a secret that names the key by another alias of it")
    func otherAlias() async throws {
        let plan = try PlanText.small()
        try await bench.apply(plan, values: values)
        expectComplete(try await bench.destroy(plan))
        try await bench.sandbox.time.sleep(milliseconds: 31 * 86_400_000)
        _ = try await bench.client().send(
            KMS.CreateAlias(
                aliasName: "alias/shared", targetKeyID: try #require(bench.key()).arn))
        try await strange(under: "alias/shared")
        #expect(try await refusals(plan) == ["key-in-use", "key-in-use"])
    }

    @Test(
        "does not wait for a secret under the plan's names that is neither ours nor under the key")
    func external() async throws {
        let plan = try PlanText.small()
        try await bench.apply(plan, values: values)
        expectComplete(try await bench.destroy(plan))
        try await bench.sandbox.time.sleep(milliseconds: 31 * 86_400_000)
        try await strange(named: "gaara-store/staging/theirs", under: nil)
        #expect(try await refusals(plan) == [])
    }

    @Test("looks again before each deletion: a secret that was made since stops it")
    func race() async throws {
        let plan = try PlanText.small()
        try await bench.apply(plan, values: values)
        expectComplete(try await bench.destroy(plan))
        try await bench.sandbox.time.sleep(milliseconds: 31 * 86_400_000)
        let comparison = try await compare(plan)
        let changeset = try comparison.destruction(scope: Scope(key: true))
        try await strange()
        let receipt = await Applier(comparison, bench.hooks()).apply(changeset)
        #expect(receipt.failures.count == 2)
        #expect(!isPending("alias/gaara-store/staging"))
    }

    @Test("spares a protected key, and one that the plan does not own")
    func spared() async throws {
        let plan = try PlanText.small(
            ("description: Opens the door", "description: Opens the door\n    protect: true"))
        try await bench.apply(plan, values: values)
        #expect(try await refusals(plan) == ["protected", "protected"])
    }

    private func strange() async throws {
        try await strange(under: try #require(bench.key()).arn)
    }

    private func strange(named name: String = "somebody/else", under key: String?) async throws {
        _ = try await bench.client().send(
            SecretsManager.CreateSecret(
                name: name, clientRequestToken: String(repeating: "t", count: 32), kmsKeyID: key,
                value: .string(ProtectedBytes(Array("made-up".utf8)))))
    }
}
