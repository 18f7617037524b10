import AWS
import AWSSandbox
import HTTP
import JSON
import POSIX
import Testing

@Suite struct SandboxTests {
    /// The bytes of some answers of one run.
    private func run(seed: UInt64) async throws -> [String] {
        let bench = try Bench(seed: seed)
        let key = try await bench.client.send(KMS.CreateKey())
        let secret = try await bench.client.send(
            SecretsManager.CreateSecret(
                name: "a/b", clientRequestToken: token("1"), value: .text("x")))
        let listed = try await bench.raw("secretsmanager.ListSecrets", [:])
        return [key.arn, secret.arn, listed.text, listed.header("x-amzn-requestid") ?? ""]
    }

    @Test("the same seed gives the same answers, and another seed others")
    func deterministic() async throws {
        let first = try await run(seed: 7)
        #expect(try await run(seed: 7) == first)
        #expect(try await run(seed: 8) != first)
    }

    @Test("accounts and regions share nothing but the caller's IAM")
    func apart() async throws {
        let bench = try Bench()
        let other = bench.sandbox.addAccount(id: "210987654321")
        for (account, region) in [
            (bench.account, "us-east-1"), (bench.account, "eu-west-1"), (other, "us-east-1"),
        ] {
            let client = try account.client(as: "user/alice", in: region)
            let secret = try await client.send(
                SecretsManager.CreateSecret(
                    name: "same", clientRequestToken: token("1"), value: .text(region)))
            #expect(secret.arn.hasPrefix("arn:aws:secretsmanager:\(region):\(account.id):"))
        }
        #expect(bench.account.secrets(in: "us-east-1").count == 1)
        #expect(other.secret("same", in: "eu-west-1") == nil)
    }

    @Test("GetCallerIdentity says who holds the key, a role by its session")
    func identity() async throws {
        let bench = try Bench()
        let user = try await bench.client.send(STS.GetCallerIdentity())
        #expect(user.account == Bench.accountID)
        #expect(user.arn == "arn:aws:iam::123456789012:user/alice")
        #expect(user.userID.hasPrefix("AIDA"))
        let session = try bench.account.client(as: "role/team/app", in: Bench.region)
        let role = try await session.send(STS.GetCallerIdentity())
        #expect(role.arn == "arn:aws:sts::123456789012:assumed-role/app/sandbox")
        #expect(role.userID.hasPrefix("AROA") && role.userID.hasSuffix(":sandbox"))
    }

    @Test(
        "the sandbox knows every call that the client makes, and which of them write",
        arguments: AWS.Operation.all)
    func complete(operation: AWS.Operation) async throws {
        let bench = try Bench()
        let key = bench.account.accessKey(for: "user/alice")
        let service = operation.service.prefix
        var request: HTTPRequest
        switch operation.service.form {
        case .json(let prefix), .queryCompatibleJSON(let prefix):
            request = bench.request(
                service: service, target: "\(prefix).\(operation.name)",
                body: Array("{}".utf8), signedWith: key)
        case .query(let version):
            request = bench.query(
                service: service, form: "Action=\(operation.name)&Version=\(version)",
                signedWith: key)
        case .rest:
            request = bench.request(
                service: service, target: operation.name, body: [], signedWith: key)
            request.headers.removeAll { $0.name == "X-Amz-Target" }
            (request.method, request.target) =
                switch operation.service {
                case .sso: ("GET", "/federation/credentials?role_name=r&account_id=1")
                case .ssoOIDC: ("POST", "/token")
                default: ("GET", "/2015-03-31/functions/f/policy")
                }
        }
        let status = try await bench.sandbox.send(request).status
        #expect(status != 501)
        #expect(bench.sandbox.calls.first?.isWrite == !operation.isRead)
    }

    @Test("the log tells writes from reads, and done from refused")
    func log() async throws {
        let bench = try Bench()
        _ = try await bench.client.send(STS.GetCallerIdentity())
        #expect(bench.sandbox.writes.isEmpty)
        await expectRefusal("ValidationException") {
            try await bench.client.send(
                SecretsManager.CreateSecret(name: "no spaces", clientRequestToken: token("1")))
        }
        #expect(bench.sandbox.writes.isEmpty)
        _ = try await bench.client.send(KMS.CreateKey())
        #expect(bench.sandbox.writes.map(\.operation) == ["CreateKey"])
        #expect(bench.sandbox.calls.map(\.sequence) == [1, 2, 3])
        #expect(bench.sandbox.calls[1].outcome == .refused("ValidationException"))
    }

    // binbashar/le-tf-infra-aws#874.
    @Test("a denied action is refused in AWS's words, until it is allowed again")
    func denied() async throws {
        let bench = try Bench()
        bench.account.deny("secretsmanager:Describe*", for: "user/alice")
        await expectRefusal(
            "AccessDeniedException",
            "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: "
                + "secretsmanager:DescribeSecret on resource: a because no identity-based policy "
                + "allows the secretsmanager:DescribeSecret action"
        ) { try await bench.client.send(SecretsManager.DescribeSecret(secretID: "a")) }
        bench.account.deny("iam:ListPolicies", for: "user/alice")
        await expectRefusal("AccessDenied", status: 403) {
            try await bench.client.send(IAM.ListPolicies())
        }
        bench.account.allow("iam:ListPolicies", for: "user/alice")
        #expect(try await bench.client.send(IAM.ListPolicies()).items.isEmpty)
    }

    @Test("a lost answer leaves what was executed, and CreateKey is not sent twice")
    func lostAfter() async throws {
        let bench = try Bench(faults: .at("CreateKey", .lost(executed: true)))
        await #expect(throws: AWSError.self) { try await bench.client.send(KMS.CreateKey()) }
        #expect(bench.account.keys(in: Bench.region).count == 1)
        #expect(bench.sandbox.calls.count == 1)
    }

    @Test("a call lost on its way is not executed")
    func lostBefore() async throws {
        let bench = try Bench(faults: .at("CreateKey", .lost(executed: false)))
        await #expect(throws: AWSError.self) { try await bench.client.send(KMS.CreateKey()) }
        #expect(bench.account.keys(in: Bench.region).isEmpty)
        #expect(bench.sandbox.calls.map(\.outcome) == [.notExecuted])
    }

    @Test(
        "the client gets through what may be repeated",
        arguments: [
            Fault.notSent, .throttled, .status(500, executed: false), .status(503, executed: true),
            .cut, .lost(executed: true),
        ])
    func repeated(fault: Fault) async throws {
        let bench = try Bench(faults: .at("DescribeKey", fault))
        let key = try await bench.client.send(KMS.CreateKey())
        #expect(try await bench.client.send(KMS.DescribeKey(keyID: key.arn)) == key)
        #expect(bench.sandbox.calls.count == 3)
        #expect(bench.sandbox.calls[1].fault == fault)
    }

    @Test("garbage with status 200 is no answer")
    func garbage() async throws {
        let bench = try Bench(faults: .always("GetCallerIdentity", .garbage))
        await #expect(throws: AWSError.self) {
            try await bench.client.send(STS.GetCallerIdentity())
        }
    }

    @Test("the clock moves only by hand or by a client's sleep")
    func clock() async throws {
        let bench = try Bench()
        #expect(bench.sandbox.now == 1_767_225_600)
        bench.sandbox.advance(by: 90)
        try await bench.sandbox.time.sleep(milliseconds: 1500)
        #expect(bench.sandbox.now == 1_767_225_691)
    }
}
