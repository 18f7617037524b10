import AWS
import AWSSandbox
import JSON
import Testing

@Suite struct SandboxKMSPolicyTests {
    static let root = "arn:aws:iam::123456789012:root"
    static let notForever =
        "The new key policy will not allow you to update the key policy in the future."

    let bench: Bench
    var client: AWSClient { bench.client }

    init() throws { bench = try Bench() }

    private func policy(
        _ principal: JSON, _ action: JSON = "kms:*", effect: JSON = "Allow", condition: JSON? = nil
    ) -> String {
        var statement: JSONObject = [
            "Effect": effect, "Principal": principal, "Action": action, "Resource": "*",
        ]
        statement["Condition"] = condition
        return JSON.object(["Version": "2012-10-17", "Statement": [.object(statement)]]).compact
    }

    // KMS guide, "Default key policy".
    @Test("a key without a policy trusts its account")
    func standard() async throws {
        let key = try await client.send(KMS.CreateKey())
        let policy = try await client.send(KMS.GetKeyPolicy(keyID: key.keyID))
        let statement = try JSON(parsing: policy)["Statement"]?[0]
        #expect(statement?["Principal"]?["AWS"] == .string(Self.root))
        #expect(statement?["Action"] == "kms:*")
    }

    // reference/moto.md row PutKeyPolicy: moto takes malformed JSON and lock-out policies.
    @Test("what is no policy is refused, and the old one stays")
    func malformed() async throws {
        let key = try await client.send(KMS.CreateKey())
        let old = bench.account.key(key.keyID, in: Bench.region)?.policy
        for text in [
            "{", "[]", #"{"Statement":[]}"#, #"{"Statement":{"Effect":"Allow"}}"#,
            #"{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}"#,
        ] {
            await expectRefusal("MalformedPolicyDocumentException") {
                try await client.send(KMS.PutKeyPolicy(keyID: key.keyID, policy: text))
            }
            await expectRefusal("MalformedPolicyDocumentException") {
                try await client.send(KMS.CreateKey(policy: text))
            }
        }
        #expect(bench.account.key(key.keyID, in: Bench.region)?.policy == old)
        #expect(bench.account.keys(in: Bench.region).count == 1)
    }

    // trussworks/terraform-aws-cloudtrail#178.
    @Test("a policy that leaves nobody to change it is refused")
    func lockOut() async throws {
        let role = bench.account.addRole("ops")
        for text in [
            policy(["AWS": .string(role)]),
            policy(["AWS": .string(Self.root)], ["kms:Get*", "kms:Describe*"]),
            policy(
                ["AWS": .string(Self.root)],
                condition: ["StringEquals": ["aws:PrincipalArn": .string(role)]]),
            policy(["Service": "secretsmanager.amazonaws.com"]),
        ] {
            await expectRefusal("MalformedPolicyDocumentException", Self.notForever) {
                try await client.send(KMS.CreateKey(policy: text))
            }
        }
        for text in [
            policy(["AWS": .string(Self.root)], "kms:Put*"),
            policy(["AWS": "123456789012"], "kms:PutKeyPolicy"),
            policy(["AWS": "arn:aws:iam::123456789012:user/alice"]),
            policy("*", "*"),
        ] {
            _ = try await client.send(KMS.CreateKey(policy: text))
        }
    }

    // awslabs/minimum-viable-dataspace-on-aws#6.
    @Test("principals must be there, path included")
    func principals() async throws {
        let invalid = "Policy contains a statement with one or more invalid principals."
        bench.account.addRole("ops", path: "/team/")
        for principal in [
            "arn:aws:iam::123456789012:role/ops", "arn:aws:iam::123456789012:user/bob",
            "AROAABCDEFGHIJKLMNOPQ",
        ] {
            await expectRefusal("MalformedPolicyDocumentException", invalid) {
                try await client.send(
                    KMS.CreateKey(
                        policy: policy(["AWS": [.string(Self.root), .string(principal)]]))
                )
            }
        }
        _ = try await client.send(
            KMS.CreateKey(
                policy: policy([
                    "AWS": [.string(Self.root), "arn:aws:iam::123456789012:role/team/ops"]
                ])))
    }
}
