import AWS
import AWSSandbox
import HTTP
import JSON
import Testing

@Suite struct DelaysTests {
    static let document =
        #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#

    // reference/aws-semantics.md section 5 row 1.
    @Test("a policy and its attachment are read late, and written at once")
    func policy() async throws {
        let bench = try Bench(delays: Delays(iam: 10...10))
        bench.account.addRole("app")
        let policy = try await bench.client.send(
            IAM.CreatePolicy(policyName: "p", policyDocument: Self.document))
        await expectRefusal("NoSuchEntity", status: 404) {
            try await bench.client.send(IAM.GetPolicy(policyARN: policy.arn))
        }
        // The name is taken all the same.
        await expectRefusal("EntityAlreadyExists", status: 409) {
            try await bench.client.send(
                IAM.CreatePolicy(policyName: "p", policyDocument: Self.document))
        }
        bench.sandbox.advance(by: 9)
        #expect(try await bench.client.send(IAM.ListPolicies()).items.isEmpty)
        bench.sandbox.advance(by: 1)
        #expect(try await bench.client.send(IAM.ListPolicies()).items.count == 1)
        #expect(bench.account.policy("p") != nil)
    }

    // reference/aws-semantics.md section 4 row 4: one of the three meanings of the code.
    @Test("a key policy cannot name a role that was made just now")
    func principal() async throws {
        let bench = try Bench(delays: Delays(iam: 10...10))
        let key = try await bench.client.send(KMS.CreateKey())
        let trust =
            #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","#
            + #""Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}}"#
        _ = try await bench.client.send(
            IAM.CreateRole(roleName: "fresh", assumeRolePolicyDocument: trust))
        let statement: JSON = [
            "Effect": "Allow", "Action": "kms:*", "Resource": "*",
            "Principal": [
                "AWS": [
                    "arn:aws:iam::123456789012:role/fresh", "arn:aws:iam::123456789012:root",
                ]
            ],
        ]
        let document: JSON = ["Version": "2012-10-17", "Statement": [statement]]
        let policy = document.compact
        await expectRefusal(
            "MalformedPolicyDocumentException",
            "Policy contains a statement with one or more invalid principals."
        ) { try await bench.client.send(KMS.PutKeyPolicy(keyID: key.keyID, policy: policy)) }
        bench.sandbox.advance(by: 10)
        try await bench.client.send(KMS.PutKeyPolicy(keyID: key.keyID, policy: policy))
    }

    @Test("changes become visible in their order, each with a delay of its own from the seed")
    func order() async throws {
        let bench = try Bench(delays: Delays(iam: 1...60), seed: 4)
        for number in 1...5 {
            _ = try await bench.client.send(
                IAM.CreatePolicy(policyName: "p\(number)", policyDocument: Self.document))
        }
        var counts: [Int] = []
        for _ in 0..<61 {
            counts.append(try await bench.client.send(IAM.ListPolicies()).items.count)
            bench.sandbox.advance(by: 1)
        }
        #expect(counts == counts.sorted())
        #expect(counts.first == 0)
        #expect(counts.last == 5)
    }

    @Test("an alias names its key late, for DescribeKey and for Secrets Manager")
    func alias() async throws {
        let bench = try Bench(delays: Delays(alias: 20...20))
        let key = try await bench.client.send(KMS.CreateKey())
        try await bench.client.send(
            KMS.CreateAlias(aliasName: "alias/a", targetKeyID: key.keyID))
        await expectRefusal("NotFoundException") {
            try await bench.client.send(KMS.DescribeKey(keyID: "alias/a"))
        }
        // Whoever makes it a second time is told at once.
        await expectRefusal("AlreadyExistsException") {
            try await bench.client.send(
                KMS.CreateAlias(aliasName: "alias/a", targetKeyID: key.keyID))
        }
        #expect(try await bench.client.send(KMS.DescribeKey(keyID: key.keyID)).arn == key.arn)
        bench.sandbox.advance(by: 20)
        #expect(try await bench.client.send(KMS.DescribeKey(keyID: "alias/a")).arn == key.arn)
        #expect(bench.account.key("alias/a", in: Bench.region) != nil)
    }

    @Test("tags are found late, and read from their service at once")
    func tags() async throws {
        let bench = try Bench(delays: Delays(tags: 30...30))
        let key = try await bench.client.send(KMS.CreateKey(tags: [Tag("a", "1")]))
        #expect(try await bench.client.send(Tagging.GetResources(tags: [])).items.isEmpty)
        bench.sandbox.advance(by: 30)
        #expect(try await bench.client.send(Tagging.GetResources(tags: [])).items.count == 1)
        try await bench.client.send(
            KMS.TagResource(keyID: key.keyID, tags: [Tag("a", "2")]))
        let listed = try await bench.client.send(KMS.ListResourceTags(keyID: key.keyID))
        #expect(listed.items == [Tag("a", "2")])
        #expect(
            try await bench.client.send(Tagging.GetResources(tags: [Tag("a", "2")])).items.isEmpty)
        bench.sandbox.advance(by: 30)
        #expect(
            try await bench.client.send(Tagging.GetResources(tags: [Tag("a", "2")])).items.count
                == 1)
    }

    @Test("without delays the answers are the same as ever, byte for byte")
    func none() async throws {
        func run(_ bench: Bench) async throws -> [String] {
            let key = try await bench.client.send(KMS.CreateKey(tags: [Tag("a", "b")]))
            _ = try await bench.client.send(
                IAM.CreatePolicy(policyName: "p", policyDocument: Self.document))
            return [key.arn, try await bench.raw("TrentService.ListKeys", [:]).text]
        }
        let plain = try await run(Bench(seed: 3))
        #expect(try await run(Bench(delays: .none, seed: 3)) == plain)
    }
}
