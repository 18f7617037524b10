import AWS
import HTTP
import JSON
import SigV4
import Testing

@testable import AWSSandbox

/// Policies held against calls.
@Suite("IAM, enforced")
struct EnforcementTests {
    private let bench: Bench
    private let root: AWSClient

    init() throws {
        let sandbox = Sandbox(enforcesIAM: true)
        bench = try Bench(sandbox: sandbox, account: sandbox.addAccount(id: Bench.accountID))
        root = try bench.account.client(as: "root", in: Bench.region)
        bench.account.addUser("alice")
    }

    /// A policy of one statement.
    private static func policy(
        _ action: String, on resource: String = "*", effect: String = "Allow",
        condition: JSON = [:], principal: JSON? = nil
    ) -> String {
        var statement: JSON = [
            "Effect": .string(effect), "Action": .string(action), "Resource": .string(resource),
            "Condition": condition,
        ]
        if let principal { statement = statement.with("Principal", principal) }
        return (["Version": "2012-10-17", "Statement": [statement]] as JSON).compact
    }

    private func allow(_ action: String, on resource: String = "*", condition: JSON = [:]) {
        bench.account.putPolicy(
            action, Self.policy(action, on: resource, condition: condition), for: "user/alice")
    }

    private func deny(_ action: String) {
        bench.account.putPolicy(
            "no \(action)", Self.policy(action, effect: "Deny"), for: "user/alice")
    }

    /// A secret that root made, under the service's own key unless told otherwise.
    @discardableResult
    private func secret(_ name: String = "app/one", key: String? = nil) async throws -> String {
        try await root.send(
            SecretsManager.CreateSecret(
                name: name, clientRequestToken: token("a"), kmsKeyID: key,
                value: .text("made up"), tags: [Tag("team", "platform")])
        ).arn
    }

    private func read(_ id: String = "app/one") async throws {
        _ = try await bench.client.send(SecretsManager.GetSecretValue(secretID: id))
    }

    private static let alice = "arn:aws:iam::123456789012:user/alice"

    private static func denial(
        _ action: String, on resource: String? = nil, _ reason: String
    ) -> String {
        "User: \(alice) is not authorized to perform: \(action)"
            + (resource.map { " on resource: \($0)" } ?? "") + " \(reason)"
    }

    @Test("every operation of every service has its rights written down, and nothing else has")
    func rows() {
        #expect(Set(KMSNeeds.rows.keys) == Set(SandboxKMS.operations.keys))
        #expect(
            Set(SecretsManagerNeeds.rows.keys) == Set(SandboxSecretsManager.operations.keys))
        #expect(Set(IAMNeeds.rows.keys) == Set(SandboxIAM.operations.keys))
        #expect(Set(STSNeeds.rows.keys) == Set(SandboxSTS.operations.keys))
        #expect(Set(CloudWatchNeeds.rows.keys) == Set(SandboxCloudWatch.operations.keys))
        #expect(Set(TaggingNeeds.rows.keys) == Set(SandboxTagging.operations.keys))
        #expect(Set(LambdaNeeds.rows.keys) == Set(SandboxLambda.operations.keys))
    }

    // IAM User Guide, "Troubleshoot access denied error messages".
    @Test("who has no policy may only say who they are, and is refused in AWS's words")
    func nothing() async throws {
        let arn = try await secret()
        let action = "secretsmanager:GetSecretValue"
        await expectRefusal(
            "AccessDeniedException",
            Self.denial(
                action, on: arn, "because no identity-based policy allows the \(action) action")
        ) { try await read() }
        await expectRefusal(
            "AccessDeniedException",
            Self.denial(
                "secretsmanager:ListSecrets",
                "because no identity-based policy allows the secretsmanager:ListSecrets action")
        ) { try await bench.client.send(SecretsManager.ListSecrets()) }
        await expectRefusal(
            "AccessDenied",
            Self.denial(
                "iam:GetUser", on: Self.alice,
                "because no identity-based policy allows the iam:GetUser action"), status: 403
        ) { try await bench.client.send(IAM.GetUser(userName: "alice")) }
        let caller = try await bench.client.send(STS.GetCallerIdentity())
        #expect(caller.arn == Self.alice)
    }

    @Test("root may do everything, and what a policy allows is done")
    func allowed() async throws {
        let arn = try await secret()
        allow("secretsmanager:GetSecretValue", on: arn)
        try await read()
        try await read(arn)
        await expectRefusal("AccessDeniedException") {
            try await bench.client.send(SecretsManager.DescribeSecret(secretID: arn))
        }
    }

    @Test("an explicit deny goes before everything that allows")
    func explicitDeny() async throws {
        let arn = try await secret()
        allow("*")
        deny("secretsmanager:Get*")
        await expectRefusal(
            "AccessDeniedException",
            Self.denial(
                "secretsmanager:GetSecretValue", on: arn,
                "with an explicit deny in an identity-based policy")
        ) { try await read() }
    }

    // jenkinsci/aws-secrets-manager-credentials-provider-plugin#65.
    @Test("a secret that is not there is refused by its name to whose policy wants a suffix")
    func absent() async throws {
        let action = "secretsmanager:GetSecretValue"
        allow(action, on: "arn:aws:secretsmanager:us-east-1:123456789012:secret:app/two-??????")
        await expectRefusal(
            "AccessDeniedException",
            Self.denial(
                action, on: "app/two",
                "because no identity-based policy allows the \(action) action")
        ) { try await read("app/two") }
        allow(action, on: "arn:aws:secretsmanager:us-east-1:123456789012:secret:app/*")
        await expectRefusal("ResourceNotFoundException") { try await read("app/two") }
    }

    @Test("conditions see the tags of the request, and of the resource")
    func tags() async throws {
        try await secret()
        allow(
            "secretsmanager:*Secret",
            condition: ["StringEquals": ["aws:RequestTag/team": "platform"]])
        func create(_ team: String) async throws {
            _ = try await bench.client.send(
                SecretsManager.CreateSecret(
                    name: "app/\(team)", clientRequestToken: token("b"), value: .text("x"),
                    tags: [Tag("team", team)]))
        }
        // Making it with tags is tagging it too.
        await expectRefusal(
            "AccessDeniedException",
            Self.denial(
                "secretsmanager:TagResource", on: "app/platform",
                "because no identity-based policy allows the secretsmanager:TagResource action")
        ) { try await create("platform") }
        allow("secretsmanager:TagResource")
        try await create("platform")
        await expectRefusal("AccessDeniedException") { try await create("other") }
        allow(
            "secretsmanager:GetSecretValue",
            condition: ["StringEquals": ["aws:ResourceTag/team": "platform"]])
        try await read()
        try await root.send(
            SecretsManager.TagResource(
                secretID: "app/one", tags: [Tag("team", "other")]))
        await expectRefusal("AccessDeniedException") { try await read() }
    }

    @Test("a boundary takes away what it does not allow")
    func boundary() async throws {
        let arn = try await secret()
        let policy = try await root.send(
            IAM.CreatePolicy(
                policyName: "bound", policyDocument: Self.policy("secretsmanager:Describe*")))
        bench.account.addUser("bob", boundary: policy.arn)
        bench.account.attachPolicy(
            "arn:aws:iam::aws:policy/AdministratorAccess", to: "user/bob")
        let bob = try bench.account.client(as: "user/bob", in: Bench.region)
        _ = try await bob.send(SecretsManager.DescribeSecret(secretID: arn))
        await expectRefusal(
            "AccessDeniedException",
            "User: arn:aws:iam::123456789012:user/bob is not authorized to perform: "
                + "secretsmanager:GetSecretValue on resource: \(arn) because no permissions "
                + "boundary allows the secretsmanager:GetSecretValue action"
        ) { try await bob.send(SecretsManager.GetSecretValue(secretID: arn)) }
    }

    // KMS Developer Guide, "Key policies": IAM counts only where the key's policy lets it.
    @Test("a key's policy that does not name the account shuts out even an administrator")
    func keyPolicy() async throws {
        let key = try await root.send(KMS.CreateKey())
        allow("kms:*")
        _ = try await bench.client.send(KMS.DescribeKey(keyID: key.keyID))
        bench.account.addUser("keeper")
        let keeper = "arn:aws:iam::123456789012:user/keeper"
        let policy: JSON = [
            "Version": "2012-10-17",
            "Statement": [
                [
                    "Effect": "Allow", "Action": "kms:*", "Resource": "*",
                    "Principal": ["AWS": .string(keeper)],
                ],
                [
                    "Effect": "Allow", "Action": "kms:PutKeyPolicy", "Resource": "*",
                    "Principal": ["AWS": "arn:aws:iam::123456789012:root"],
                ],
            ],
        ]
        try await root.send(KMS.PutKeyPolicy(keyID: key.keyID, policy: policy.compact))
        await expectRefusal(
            "AccessDeniedException",
            Self.denial(
                "kms:DescribeKey", on: key.arn,
                "because no resource-based policy allows the kms:DescribeKey action")
        ) { try await bench.client.send(KMS.DescribeKey(keyID: key.keyID)) }
        // Whom it names in person needs nothing else.
        let client = try bench.account.client(as: "user/keeper", in: Bench.region)
        _ = try await client.send(KMS.DescribeKey(keyID: key.keyID))
        // Root too is held by it (KMS Developer Guide, "Key policies").
        await expectRefusal("AccessDeniedException") {
            try await root.send(KMS.DescribeKey(keyID: key.keyID))
        }
    }

    // Secrets Manager User Guide, "Secret encryption and decryption".
    @Test("a secret's key is used in the caller's name, for that secret and through the service")
    func through() async throws {
        let key = try await root.send(KMS.CreateKey())
        let arn = try await secret(key: key.arn)
        allow("secretsmanager:*")
        await expectRefusal("AccessDeniedException", "Access to KMS is not allowed") {
            try await read()
        }
        allow(
            "kms:Decrypt", on: key.arn,
            condition: [
                "StringEquals": [
                    "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com",
                    "kms:EncryptionContext:SecretARN": .string(arn),
                ]
            ])
        try await read()
        // To write also a data key must be made.
        await expectRefusal("AccessDeniedException", "Access to KMS is not allowed") {
            try await bench.client.send(
                SecretsManager.PutSecretValue(
                    secretID: arn, clientRequestToken: token("c"), value: .text("y")))
        }
        allow("kms:GenerateDataKey", on: key.arn)
        _ = try await bench.client.send(
            SecretsManager.PutSecretValue(
                secretID: arn, clientRequestToken: token("c"), value: .text("y")))
        // Directly it may do nothing with the key.
        let sealed = try await bench.call(
            "iam", "GetUser", as: bench.account.accessKey(for: "user/alice"))
        #expect(sealed.status == 403)
    }

    @Test("a secret's own policy admits by itself, and denies whatever IAM says")
    func secretPolicy() async throws {
        let arn = try await secret()
        _ = try await root.send(
            SecretsManager.PutResourcePolicy(
                secretID: arn,
                resourcePolicy: Self.policy(
                    "secretsmanager:GetSecretValue", principal: ["AWS": .string(Self.alice)])))
        try await read()
        allow("*")
        _ = try await root.send(
            SecretsManager.PutResourcePolicy(
                secretID: arn,
                resourcePolicy: Self.policy(
                    "secretsmanager:GetSecretValue", effect: "Deny",
                    principal: ["AWS": .string(Self.alice)])))
        await expectRefusal(
            "AccessDeniedException",
            Self.denial(
                "secretsmanager:GetSecretValue", on: arn,
                "with an explicit deny in a resource-based policy")
        ) { try await read() }
    }

    @Test("of a batch each secret is asked about by itself")
    func batch() async throws {
        let one = try await secret()
        try await secret("app/two")
        allow("secretsmanager:BatchGetSecretValue")
        allow("secretsmanager:GetSecretValue", on: one)
        let answer = try await bench.done(
            "Secrets.BatchGetSecretValue", ["SecretIdList": ["app/one", "app/two"]]
        ).object
        let values = answer?["SecretValues"]?.array ?? []
        #expect(values.map { $0.object?["Name"]?.string } == ["app/one"])
        let errors = answer?["Errors"]?.array ?? []
        #expect(errors.map { $0.object?["SecretId"]?.string } == ["app/two"])
        #expect(errors.map { $0.object?["ErrorCode"]?.string } == ["AccessDeniedException"])
    }

    // IAM User Guide, "How permissions for role sessions are evaluated".
    @Test("a role's trust in the account asks for a policy too, in a person it does not")
    func assuming() async throws {
        func trust(_ principal: String) -> String {
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"#
                + #""\#(principal)"},"Action":"sts:AssumeRole"}]}"#
        }
        let named = bench.account.addRole("named", trust: trust(Self.alice))
        let open = bench.account.addRole(
            "open", trust: trust("arn:aws:iam::123456789012:root"))
        func assume(_ arn: String) async throws -> HTTPResponse {
            try await bench.call(
                "sts", "AssumeRole", ["RoleArn": arn, "RoleSessionName": "run"])
        }
        #expect(try await assume(named).status == 200)
        let refused = try await assume(open)
        #expect(
            refused.xmlRefusal
                == "403 AccessDenied "
                + Self.denial(
                    "sts:AssumeRole", on: open,
                    "because no identity-based policy allows the sts:AssumeRole action"))
        allow("sts:AssumeRole", on: open)
        #expect(try await assume(open).status == 200)
        deny("sts:AssumeRole")
        #expect(try await assume(named).status == 403)
    }

    @Test("a session has its role's rights, less what its own policy does not allow")
    func session() async throws {
        try await secret()
        let trust =
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"#
            + #""\#(Self.alice)"},"Action":"sts:AssumeRole"}]}"#
        let role = bench.account.addRole("reader", trust: trust)
        bench.account.putPolicy(
            "read", Self.policy("secretsmanager:*"), for: "role/reader")
        let answer = try await bench.call(
            "sts", "AssumeRole",
            [
                "RoleArn": role, "RoleSessionName": "run",
                "Policy": Self.policy("secretsmanager:DescribeSecret"),
            ])
        let key = RoleKey(answer)
        func call(_ operation: String) async throws -> HTTPResponse {
            try await bench.sandbox.send(
                bench.request(
                    service: "secretsmanager", target: "secretsmanager.\(operation)",
                    body: (["SecretId": "app/one"] as JSON).compactBytes,
                    signedWith: key.credential))
        }
        #expect(try await call("DescribeSecret").status == 200)
        let refused = try await call("GetSecretValue")
        #expect(
            refused.refusal[1]?.hasSuffix(
                "because no session policy allows the secretsmanager:GetSecretValue action")
                == true, "\(refused.text)")
    }

    // reference/aws-semantics.md section 5 row 1.
    @Test("a policy counts only when it is seen")
    func late() async throws {
        let sandbox = Sandbox(delays: Delays(iam: 10...10), enforcesIAM: true)
        let bench = try Bench(
            sandbox: sandbox, account: sandbox.addAccount(id: Bench.accountID))
        let root = try bench.account.client(as: "root", in: Bench.region)
        bench.account.addUser("alice")
        let policy = try await root.send(
            IAM.CreatePolicy(
                policyName: "list", policyDocument: Self.policy("secretsmanager:ListSecrets")))
        try await root.send(IAM.AttachUserPolicy(userName: "alice", policyARN: policy.arn))
        await expectRefusal("AccessDeniedException") {
            try await bench.client.send(SecretsManager.ListSecrets())
        }
        bench.sandbox.advance(by: 10)
        _ = try await bench.client.send(SecretsManager.ListSecrets())
    }

    @Test("whoever hands out policies can be held to some of them")
    func attaching() async throws {
        bench.account.addRole("app")
        allow(
            "iam:AttachRolePolicy",
            condition: ["ArnLike": ["iam:PolicyARN": "arn:aws:iam::123456789012:policy/app/*"]])
        for (path, isAllowed) in [("/app/", true), ("/", false)] {
            let policy = try await root.send(
                IAM.CreatePolicy(
                    policyName: "p\(isAllowed)", policyDocument: Self.policy("s3:List*"),
                    path: path))
            let attach = IAM.AttachRolePolicy(roleName: "app", policyARN: policy.arn)
            if isAllowed {
                try await bench.client.send(attach)
            } else {
                await expectRefusal("AccessDenied", status: 403) {
                    try await bench.client.send(attach)
                }
            }
        }
    }
}

/// The key of an answer of AssumeRole.
private struct RoleKey {
    let credential: SigningCredential

    init(_ answer: HTTPResponse) {
        credential = SigningCredential(
            accessKeyID: answer.element("AccessKeyId") ?? "",
            secretAccessKey: answer.element("SecretAccessKey") ?? "",
            sessionToken: answer.element("SessionToken"))
    }
}
