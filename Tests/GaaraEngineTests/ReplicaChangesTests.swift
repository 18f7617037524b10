import AWS
import AWSSandbox
import GaaraEngine
import GaaraPlan
import Testing

@Suite("A replica")
struct ReplicaChangesTests {
    private let bench = Bench()
    private let values = ValueSources.apiToken("v1")

    private func plan(_ replicas: String?) throws -> Plan {
        guard let replicas else { return try PlanText.small() }
        return try PlanText.small(
            (
                "value: { from: environment }",
                "value: { from: environment }\n    replicas: \(replicas)"
            ))
    }

    private func key(in region: String, alias: String) async throws -> String {
        let client = try bench.client().inRegion(region)
        let key = try await client.send(
            KMS.CreateKey(description: "there", policy: nil, tags: []))
        try await client.send(KMS.CreateAlias(aliasName: alias, targetKeyID: key.keyID))
        return key.arn
    }

    @Test("is made after its secret, waited for, and then stands")
    func isMade() async throws {
        let plan = try plan("[{ region: eu-west-1 }]")
        expectComplete(try await bench.apply(plan, values: values))
        #expect(bench.secret("api-token")?.replicas == ["eu-west-1": "InSync"])
        #expect(bench.events.told.contains { $0.contains("waiting for the replica") })
        #expect(bench.account.secret("gaara-store/staging/api-token", in: "eu-west-1") != nil)
        #expect(try await bench.changeset(plan, values: values).words == [])
    }

    @Test("follows a value that changes, without a step of its own")
    func follows() async throws {
        let plan = try plan("[{ region: eu-west-1 }]")
        try await bench.apply(plan, values: values)
        expectComplete(try await bench.apply(plan, values: .apiToken("v2")))
        #expect(try await bench.changeset(plan, values: .apiToken("v2")).words == [])
    }

    @Test("that the plan gives up is removed with consent alone, and waited for")
    func isRemoved() async throws {
        try await bench.apply(
            try plan("[{ region: eu-west-1 }, { region: us-west-2 }]"), values: values)
        let fewer = try plan("[{ region: us-west-2 }]")
        let changeset = try await bench.changeset(fewer, values: values)
        // The readers' policy names the replicas.
        #expect(
            changeset.words == [
                "~ policy/gaara-store-staging-app", "- replica/api-token/eu-west-1",
            ])
        #expect(changeset.steps[1].consequence != nil)
        expectComplete(try await bench.apply(fewer, values: values))
        #expect(bench.secret("api-token")?.replicas == ["us-west-2": "InSync"])
        #expect(try await bench.changeset(fewer, values: values).words == [])
    }

    @Test("of which the plan says nothing stays and is noted")
    func unmanaged() async throws {
        try await bench.apply(try plan("[{ region: eu-west-1 }]"), values: values)
        let changeset = try await bench.changeset(try plan(nil), values: values)
        #expect(changeset.words == ["~ policy/gaara-store-staging-app"])
        #expect(changeset.notes.map(\.code) == ["replica-unmanaged"])
        let none = try await bench.changeset(try plan("[]"), values: values)
        #expect(none.words.contains("- replica/api-token/eu-west-1"))
    }

    @Test("that AWS cannot make is reported with AWS's reason, and tried again by the next apply")
    func failure() async throws {
        bench.account.failReplication(to: "us-east-1", "no such key there")
        bench.account.failReplication(to: "eu-west-1", "no such key there")
        let plan = try plan("[{ region: eu-west-1 }]")
        let receipt = try await bench.apply(plan, values: values)
        #expect(receipt.failures.map(\.step.address.description) == ["replica/api-token/eu-west-1"])
        let failed = try await bench.changeset(plan, values: values)
        #expect(failed.words == ["~ replica/api-token/eu-west-1"])
        #expect(failed.steps[0].reason?.contains("no such key there") == true)
        bench.account.failReplication(to: "us-east-1", nil)
        bench.account.failReplication(to: "eu-west-1", nil)
        expectComplete(try await bench.apply(plan, values: values))
        #expect(try await bench.changeset(plan, values: values).words == [])
    }

    @Test("has a key of its own region, which is looked at first and stands in the readers' policy")
    func key() async throws {
        let plan = try plan("[{ region: eu-west-1, key: alias/there }]")
        let refusals = await #expect(throws: Refusals.self) {
            try await bench.changeset(plan, values: values)
        }
        #expect(refusals?.diagnostics.map(\.code) == ["replica-key-missing"])
        let arn = try await key(in: "eu-west-1", alias: "alias/there")
        expectComplete(try await bench.apply(plan, values: values))
        let document = try #require(bench.account.policy("gaara-store-staging-app")?.document)
        #expect(document.contains(arn))
        #expect(document.contains("secretsmanager.eu-west-1.amazonaws.com"))
        #expect(
            document.contains(
                "arn:aws:secretsmanager:eu-west-1:123456789012:secret:gaara-store/staging/"
                    + "api-token-??????"))
        #expect(try await bench.changeset(plan, values: values).words == [])
        let client = try bench.client().inRegion("eu-west-1")
        _ = try await client.send(KMS.ScheduleKeyDeletion(keyID: arn, pendingWindowInDays: 7))
        let unusable = await #expect(throws: Refusals.self) {
            try await bench.changeset(plan, values: values)
        }
        #expect(unusable?.diagnostics.map(\.code) == ["replica-key-unusable"])
    }

    @Test("whose key changes is removed and made anew, with consent")
    func otherKey() async throws {
        _ = try await key(in: "eu-west-1", alias: "alias/there")
        try await bench.apply(try plan("[{ region: eu-west-1 }]"), values: values)
        let other = try plan("[{ region: eu-west-1, key: alias/there }]")
        let changeset = try await bench.changeset(other, values: values)
        let step = try #require(
            changeset.steps.first { $0.address.description.contains("replica") })
        #expect(step.consequence != nil)
        expectComplete(try await bench.apply(other, values: values))
        #expect(try await bench.changeset(other, values: values).words == [])
    }

    @Test("goes before its secret when the plan is destroyed")
    func destroyed() async throws {
        let plan = try plan("[{ region: eu-west-1 }]")
        try await bench.apply(plan, values: values)
        let before = bench.sandbox.writes.count
        expectComplete(try await bench.destroy(plan))
        let order = bench.sandbox.writes.dropFirst(before).map(\.operation)
        let removal = try #require(order.firstIndex(of: "RemoveRegionsFromReplication"))
        let deletion = try #require(order.firstIndex(of: "DeleteSecret"))
        #expect(removal < deletion)
        #expect(bench.secret("api-token")?.deletionDate != nil)
    }
}
