import AWS
import AWSSandbox
import JSON
import Testing

@Suite struct SandboxKMSAliasTests {
    let bench: Bench
    var client: AWSClient { bench.client }

    init() throws { bench = try Bench() }

    private func alias(_ name: String, _ key: KMS.KeyMetadata) async throws {
        _ = try await client.send(KMS.CreateAlias(aliasName: name, targetKeyID: key.keyID))
    }

    // LS test_create_alias; reference/moto.md row CreateAlias: moto takes `alias/aws/anything`.
    @Test("names need their prefix and letters, and AWS keeps alias/aws/ to itself")
    func names() async throws {
        let key = try await client.send(KMS.CreateKey())
        await expectRefusal(
            "ValidationException",
            "Alias must start with the prefix \"alias/\". Please see "
                + "https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html"
        ) { try await alias("app", key) }
        await expectRefusal("ValidationException") { try await alias("alias/a b", key) }
        await expectRefusal("ValidationException") { try await alias("alias/a.b", key) }
        await expectRefusal("NotAuthorizedException") { try await alias("alias/aws/app", key) }
        await expectRefusal("ValidationException", "Aliases must refer to keys. Not aliases") {
            try await client.send(
                KMS.CreateAlias(aliasName: "alias/a", targetKeyID: "alias/b"))
        }
        #expect(bench.account.key(key.keyID, in: Bench.region)?.aliases == [])
    }

    // crossplane-contrib/provider-aws#1741.
    @Test("the first alias wins, and its name leads to the key")
    func winner() async throws {
        let (first, second) = (
            try await client.send(KMS.CreateKey()), try await client.send(KMS.CreateKey())
        )
        try await alias("alias/app", first)
        await expectRefusal(
            "AlreadyExistsException",
            "An alias with the name arn:aws:kms:us-east-1:123456789012:alias/app already exists"
        ) { try await alias("alias/app", second) }
        #expect(
            try await client.send(KMS.DescribeKey(keyID: "alias/app")).keyID == first.keyID)
        _ = try await client.send(
            KMS.UpdateAlias(aliasName: "alias/app", targetKeyID: second.keyID))
        #expect(bench.account.key("alias/app", in: Bench.region)?.id == second.keyID)
        _ = try await client.send(KMS.DeleteAlias(aliasName: "alias/app"))
        await expectRefusal("NotFoundException") {
            try await client.send(KMS.DeleteAlias(aliasName: "alias/app"))
        }
    }

    // botocore UpdateAlias.
    @Test("an alias does not move between keys of different kinds")
    func kinds() async throws {
        let key = try await client.send(KMS.CreateKey())
        let mac = try await client.send(
            KMS.CreateKey(keySpec: .hmac256, keyUsage: .generateVerifyMAC))
        try await alias("alias/app", key)
        await expectRefusal("ValidationException") {
            try await client.send(
                KMS.UpdateAlias(aliasName: "alias/app", targetKeyID: mac.keyID))
        }
    }

    // reference/moto.md row ListAliases: moto never pages. Two keys: a key has 50 aliases at most.
    @Test("aliases come in pages, AWS's own among them without a target")
    func pages() async throws {
        let keys = [
            try await client.send(KMS.CreateKey()), try await client.send(KMS.CreateKey()),
            try await client.send(KMS.CreateKey()),
        ]
        for number in 0..<120 {
            try await alias("alias/n\(1000 + number)", keys[number / 50])
        }
        let first = try await bench.raw("TrentService.ListAliases", [:])
        #expect(first.json?["Aliases"]?.array?.count == 50)
        #expect(first.json?["Truncated"] == true)
        let all = try await client.all(KMS.ListAliases())
        #expect(all.filter { $0.targetKeyID != nil }.count == 120)
        #expect(all.contains { $0.name == "alias/aws/secretsmanager" && $0.targetKeyID == nil })
        #expect(Set(all.map(\.name)).count == all.count)
        let own = try await client.all(KMS.ListAliases(keyID: keys[2].keyID))
        #expect(own.count == 20)
        try await alias("alias/n-last", keys[2])
        await expectRefusal("LimitExceededException") {
            try await alias("alias/one-more", keys[0])
        }
    }
}
