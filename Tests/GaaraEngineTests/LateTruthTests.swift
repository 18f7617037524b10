import AWSSandbox
import GaaraEngine
import GaaraPlan
import Testing

@Suite("A refusal")
struct LateTruthTests {
    private let bench = Bench()
    private let values = ValueSources.apiToken("v1")

    /// Applies from nothing, without `action` until half a minute was waited.
    private func apply(lateBy action: String) async throws -> Receipt {
        bench.account.deny(action, for: Bench.applier)
        let comparison = try await bench.compare(try PlanText.small(), values: values)
        let hooks = bench.hooks(onSleep: { [account = bench.account, events = bench.events] in
            if events.slept > 30_000 { account.allow(action, for: Bench.applier) }
        })
        return await Applier(comparison, hooks)
            .apply(try comparison.changeset(scope: Scope()))
    }

    @Test(
        "of a call that depends on something just made is waited out, with the reason",
        arguments: [
            ("kms:EnableKeyRotation", "key:"), ("kms:CreateAlias", "key:"),
            ("kms:GenerateMac", "key/value-tokens:"), ("kms:GenerateDataKey", "secret/"),
            ("secretsmanager:RotateSecret", "rotation/login:"),
            ("iam:AttachRolePolicy", "attachment/"),
        ])
    func late(_ action: String, _ address: String) async throws {
        expectComplete(try await apply(lateBy: action))
        #expect(bench.events.slept > 30_000)
        #expect(bench.events.told.contains { $0.hasPrefix(address) && $0.contains("waiting for") })
        #expect(try await bench.changeset(try PlanText.small(), values: values).words == [])
        #expect(bench.keys.count == 2)
    }

    @Test("that lasts is given up after six minutes")
    func lasting() async throws {
        bench.account.deny("iam:AttachRolePolicy", for: Bench.applier)
        let receipt = try await bench.apply(try PlanText.small(), values: values)
        #expect(bench.events.slept == 360_000)
        #expect(
            receipt.failures.map(\.step.address.description) == [
                "attachment/gaara-store-staging-app/role/app"
            ])
        #expect(
            receipt.failures.first?.error.hint == "allow iam:AttachRolePolicy to these credentials")
    }

    @Test(
        "of a call on what was there before is reported at once",
        arguments: [
            ("kms:UpdateKeyDescription", "First description", "Second"),
            ("secretsmanager:UpdateSecret", "Opens the door", "Closes it"),
            ("iam:CreatePolicyVersion", "[api-token]", "[login]"),
            ("secretsmanager:RotateSecret", "every: 30 days", "every: 31 days"),
            ("iam:AttachRolePolicy", "[app]", "[worker]"),
        ])
    func plain(_ action: String, _ before: String, _ after: String) async throws {
        try await bench.apply(try PlanText.small(), values: values)
        bench.account.deny(action, for: Bench.applier)
        let receipt = try await bench.apply(try PlanText.small((before, after)), values: values)
        #expect(receipt.failures.count == 1)
        #expect(
            receipt.failures.first?.error.hint == "allow \(action) to these credentials")
        #expect(bench.events.told == [])
        #expect(bench.events.slept == 0)
    }

    @Test("by Secrets Manager itself, of a secret under a key just made, is reported at once")
    func ownRefusal() async throws {
        bench.account.deny("secretsmanager:CreateSecret", for: Bench.applier)
        let receipt = try await bench.apply(try PlanText.small(), values: values)
        #expect(Set(receipt.doneWords).isSuperset(of: ["+ key", "+ key/value-tokens"]))
        #expect(
            receipt.failures.first?.error.hint
                == "allow secretsmanager:CreateSecret to these credentials")
        #expect(bench.events.slept == 0)
    }

    @Test("of the first write on nothing new is reported at once")
    func firstWrite() async throws {
        bench.account.deny("kms:CreateKey", for: Bench.applier)
        let receipt = try await bench.apply(try PlanText.small(), values: values)
        #expect(receipt.done == [])
        #expect(bench.sandbox.writes == [])
        #expect(bench.events.slept == 0)
    }
}
