import AWSSandbox
import JSON
import Testing

@Suite struct ReplicationTests {
    private static let there = Bench.elsewhere

    private func bench(_ delays: Delays = Delays(replication: 10...20)) throws -> Bench {
        try Bench(Sandbox(delays: delays))
    }

    private func replicate(
        _ bench: Bench, key: JSON = .null, overwrites: Bool = false
    ) async throws {
        try await bench.done(
            "Secrets.ReplicateSecretToRegions",
            [
                "SecretId": "a",
                "AddReplicaRegions": [["Region": .string(Self.there), "KmsKeyId": key]],
                "ForceOverwriteReplicaSecret": .bool(overwrites),
            ])
    }

    private func status(_ bench: Bench) async throws -> [String?] {
        let entry = try await bench.done("Secrets.DescribeSecret", ["SecretId": "a"])[
            "ReplicationStatus"]?[0]
        return [entry?["Status"]?.string, entry?["StatusMessage"]?.string]
    }

    // botocore ReplicationStatusType.StatusMessage.
    @Test("a name that is taken over there is found out late, and forgotten or overwritten")
    func nameTaken() async throws {
        let bench = try bench()
        try await bench.create("a")
        try await bench.create("a", [("SecretString", "other")], in: Self.there)
        try await replicate(bench)
        bench.sandbox.advance(by: 9)
        #expect(try await status(bench) == ["InProgress", nil])
        bench.sandbox.advance(by: 11)
        #expect(
            try await status(bench)
                == ["Failed", "Secret with this name already exists in this region"])
        #expect(bench.account.secret("a", in: Self.there)?.value == .text("other"))
        // To forget a copy that failed touches nothing over there.
        try await bench.done(
            "Secrets.RemoveRegionsFromReplication",
            ["SecretId": "a", "RemoveReplicaRegions": [.string(Self.there)]])
        #expect(bench.account.secret("a", in: Self.there)?.value == .text("other"))
        try await replicate(bench, overwrites: true)
        bench.sandbox.advance(by: 20)
        #expect(try await status(bench).first == "InSync")
        #expect(bench.account.secret("a", in: Self.there)?.value == .text("one"))
    }

    // aws-cloudformation/cloudformation-coverage-roadmap#1459.
    @Test("a key that is not there, and what a script says, make copies fail late")
    func failing() async throws {
        let bench = try bench()
        try await bench.create("a")
        try await replicate(bench, key: "alias/nobody")
        bench.sandbox.advance(by: 20)
        #expect(try await status(bench).first == "Failed")
        // One that failed is tried again.
        bench.account.failReplication(to: Self.there, "out of order")
        try await replicate(bench)
        bench.sandbox.advance(by: 20)
        #expect(try await status(bench) == ["Failed", "out of order"])
        bench.account.failReplication(to: Self.there, nil)
        try await replicate(bench)
        bench.sandbox.advance(by: 20)
        #expect(try await status(bench) == ["InSync", "Replication succeeded"])
        try await bench.refused(
            "Secrets.ReplicateSecretToRegions",
            ["SecretId": "a", "AddReplicaRegions": [["Region": .string(Self.there)]]],
            "InvalidParameterException")
    }

    @Test("a copy has the end of its primary's ARN and all that it has, and follows it")
    func follows() async throws {
        let bench = try bench(.none)
        try await bench.create(
            "a",
            [
                ("AddReplicaRegions", [["Region": .string(Self.there)]]),
                ("Tags", [["Key": "k", "Value": "v"]]), ("Description", "words"),
            ])
        bench.sandbox.advance(by: 1)
        let primary = try #require(bench.account.secret("a", in: Bench.region))
        let copy = try #require(bench.account.secret("a", in: Self.there))
        #expect(copy.arn == primary.arn.replacing("us-east-1", with: Self.there))
        #expect(copy.tags == ["k": "v"] && copy.description == "words")
        #expect(copy.primaryRegion == Bench.region)
        try await bench.put("a", "2", "two")
        #expect(bench.account.secret("a", in: Self.there)?.value == .text("two"))
        let listed = try await bench.done(
            "Secrets.ListSecrets", ["Filters": [["Key": "primary-region", "Values": ["us-"]]]],
            in: Self.there)
        #expect(listed["SecretList"]?.array?.count == 1)
    }

    // lgallard/terraform-aws-secrets-manager#188; gruntwork-io/cloud-nuke#435.
    @Test("whatever changes a copy is refused, but its key may change")
    func readOnly() async throws {
        let bench = try bench(.none)
        try await bench.create("a", [("AddReplicaRegions", [["Region": .string(Self.there)]])])
        bench.sandbox.advance(by: 1)
        let value: JSON = [
            "ClientRequestToken": .string(token("2")), "SecretString": "two",
        ]
        let writes: [(String, JSON)] = [
            ("PutSecretValue", value), ("UpdateSecret", value),
            ("UpdateSecret", ["Description": "d"]), ("DeleteSecret", [:]), ("RestoreSecret", [:]),
            ("DeleteSecret", ["ForceDeleteWithoutRecovery": true]),
            ("TagResource", ["Tags": [["Key": "a", "Value": ""]]]),
            ("UntagResource", ["TagKeys": ["a"]]), ("CancelRotateSecret", [:]),
            ("RotateSecret", ["ClientRequestToken": .string(token("2"))]),
            ("PutResourcePolicy", ["ResourcePolicy": "{}"]), ("DeleteResourcePolicy", [:]),
            ("UpdateSecretVersionStage", ["VersionStage": "x"]),
            ("ReplicateSecretToRegions", ["AddReplicaRegions": [["Region": "eu-west-2"]]]),
            ("RemoveRegionsFromReplication", ["RemoveReplicaRegions": ["eu-west-2"]]),
        ]
        for (operation, more) in writes {
            try await bench.refused(
                "Secrets.\(operation)", more.with("SecretId", "a"), "InvalidParameterException",
                "Operation not permitted on a replica secret. "
                    + "Call must be made in primary secret's region.", in: Self.there)
        }
        let key =
            try await bench.done("KMS.CreateKey", [:], in: Self.there)["KeyMetadata"]?["Arn"]
            ?? ""
        try await bench.done(
            "Secrets.UpdateSecret", ["SecretId": "a", "KmsKeyId": key], in: Self.there)
        bench.sandbox.advance(by: 1)
        #expect(bench.account.secret("a", in: Self.there)?.keyID == key.string)
        #expect(bench.account.secret("a", in: Bench.region)?.keyID == nil)
    }

    @Test("the same seed decides the same copies at the same second")
    func deterministic() async throws {
        var moments: [Int] = []
        for _ in 1...2 {
            let bench = try bench(Delays(replication: 1...1000))
            try await bench.create("a")
            try await replicate(bench)
            var seconds = 0
            while bench.account.secret("a", in: Self.there) == nil, seconds < 1001 {
                bench.sandbox.advance(by: 1)
                seconds += 1
            }
            moments.append(seconds)
        }
        #expect(moments[0] == moments[1] && moments[0] <= 1000)
    }
}
