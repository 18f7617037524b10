import HTTP
import JSON
import POSIX
import Synchronization
import Testing

@testable import AWS

@Suite("AWSClient")
struct AWSClientTests {
    private static let key = #"""
        {"KeyMetadata":{"KeyId":"k","Arn":"arn:aws:kms:eu-west-1:123456789012:key/k","KeyState":"Enabled",
        "KeyUsage":"ENCRYPT_DECRYPT","KeySpec":"SYMMETRIC_DEFAULT","Origin":"AWS_KMS",
        "KeyManager":"CUSTOMER","CreationDate":1.5E9,"Description":"d"}}
        """#

    @Test(
        "an idempotent call is sent again after a lost answer, with the same body and id, newly signed"
    )
    func retries() async throws {
        let bench = try Bench([.error(.ambiguous), .answer(503, ""), .answer(200, Self.key)])
        let key = try await bench.client.send(KMS.DescribeKey(keyID: "k"))
        #expect(key.creationDate == 1_500_000_000)
        #expect(bench.time.sleeps == [50, 100])
        let sent = bench.transport.sent
        #expect(sent.count == 3)
        #expect(Set(sent.map(\.body)).count == 1)
        func header(_ name: String) -> [String?] {
            sent.map { request in request.headers.first { $0.name == name }?.value }
        }
        #expect(
            header("amz-sdk-request") == [
                "attempt=1; max=3", "attempt=2; max=3", "attempt=3; max=3",
            ])
        #expect(Set(header("amz-sdk-invocation-id")) == ["ffffffff-ffff-4fff-bfff-ffffffffffff"])
        #expect(header("User-Agent").first == "gaara-infra/0.1")
    }

    @Test("a call that must not be executed twice fails as ambiguous after a lost answer or a 5xx")
    func neverTwice() async throws {
        for lost: Result<HTTPResponse, HTTPError> in [
            .error(.ambiguous), .answer(500, ""), .answer(503, ""),
        ] {
            let bench = try Bench([lost, .answer(200, Self.key)])
            let error = try #require(await bench.failure(KMS.CreateKey()))
            #expect(error.isAmbiguous)
            #expect(bench.transport.sent.count == 1)
        }
    }

    @Test("a call that must not be executed twice is sent again when it was not sent or throttled")
    func neverTwiceButSafe() async throws {
        let throttled = #"{"__type":"ThrottlingException","message":"slow down"}"#
        let bench = try Bench([.error(.notSent), .answer(400, throttled), .answer(200, Self.key)])
        _ = try await bench.client.send(KMS.CreateKey())
        #expect(bench.transport.sent.count == 3)
        #expect(bench.time.sleeps == [50, 2_000])
    }

    @Test("a refusal after a lost answer says that the call may have been executed")
    func ambiguousRefusal() async throws {
        let exists = #"{"__type":"AlreadyExistsException","message":"it exists"}"#
        let bench = try Bench([
            .error(.ambiguous), .answer(400, exists, ["x-amzn-RequestId": "r-1"]),
        ])
        let error = try #require(
            await bench.failure(KMS.CreateAlias(aliasName: "alias/a", targetKeyID: "k")))
        #expect(error.kind == .alreadyExists)
        #expect(error.isAmbiguous)
        #expect(
            error.description
                == "kms CreateAlias: AlreadyExistsException: it exists (request id r-1, the call may"
                + " have been executed)")
    }

    @Test("a read is never ambiguous: there is nothing that it may have done")
    func reads() async throws {
        let bench = try Bench(Array(repeating: .error(.ambiguous), count: 3))
        let error = try #require(await bench.failure(KMS.DescribeKey(keyID: "k")))
        #expect(error.kind == .ambiguous)
        #expect(!error.isAmbiguous)
        #expect(bench.transport.sent.count == 3)
    }

    @Test("a certificate that does not verify, a refusal and a quota of things are not tried again")
    func failsAtOnce() async throws {
        let quota = #"{"__type":"LimitExceededException","message":"too many keys"}"#
        let denied = #"{"__type":"AccessDeniedException","Message":"no"}"#
        let cases: [(Result<HTTPResponse, HTTPError>, AWSError.Kind)] = [
            (.error(.untrusted), .untrusted), (.answer(400, quota), .quotaExceeded),
            (.answer(400, denied), .accessDenied), (.error(.invalidRequest), .invalidRequest),
            (.answer(501, ""), .unavailable), (.answer(302, ""), .malformedAnswer),
        ]
        for (answer, kind) in cases {
            let bench = try Bench([answer])
            let error = try #require(await bench.failure(KMS.DescribeKey(keyID: "k")))
            #expect(error.kind == kind)
            #expect(bench.transport.sent.count == 1)
            #expect(bench.time.sleeps.isEmpty)
        }
    }

    @Test(
        "a success that does not parse strictly is an error that names what is wrong, and ambiguous",
        arguments: [
            ("", "the answer is not JSON, at 1:1: the JSON text ends too early"),
            ("<html>", "the answer is not JSON, at 1:1: unexpected character in JSON"),
            (
                #"{"KeyMetadata":{"KeyId":"k""#,
                "the answer is not JSON, at 1:28: the JSON text ends too early"
            ),
            ("[]", "the answer is not a JSON object"), ("{}", "KeyMetadata is missing"),
            (#"{"KeyMetadata":{"KeyId":"k"}}"#, "KeyMetadata.Arn is missing"),
            (#"{"KeyMetadata":{"KeyId":7}}"#, "KeyMetadata.KeyId is not a string"),
            (
                #"{"KeyMetadata":{"KeyId":"k"},"KeyMetadata":{}}"#,
                "the answer is not JSON, at 1:30: this key stands twice in one JSON object"
            ),
        ])
    func strict(body: String, reason: String) async throws {
        let bench = try Bench([.answer(200, body)])
        let error = try #require(await bench.failure(KMS.CreateKey()))
        #expect(error.kind == .malformedAnswer)
        #expect(error.message == reason)
        #expect(error.isAmbiguous)
        #expect(bench.transport.sent.count == 1)
    }

    @Test("an operation without output accepts an empty body and no page of a proxy")
    func withoutOutput() async throws {
        let operation = KMS.EnableKey(keyID: "k")
        for body in ["", "{}"] {
            try await Bench([.answer(200, body)]).client.send(operation)
        }
        let html = try Bench([.answer(200, "<html></html>")])
        #expect(await html.failure(operation)?.kind == .malformedAnswer)
        let attach = IAM.AttachRolePolicy(roleName: "r", policyARN: "p")
        try await Bench([.answer(200, "<AttachRolePolicyResponse/>")]).client.send(attach)
        for body in ["", "<html/>", "<DetachRolePolicyResponse/>"] {
            let bench = try Bench([.answer(200, body)])
            #expect(await bench.failure(attach)?.kind == .malformedAnswer)
        }
    }

    @Test("all calls to one service share one retry quota, so a failing service is not stormed")
    func sharedQuota() async throws {
        let bench = try Bench(Array(repeating: .answer(500, ""), count: 200))
        for _ in 0..<30 { _ = await bench.failure(KMS.DescribeKey(keyID: "k")) }
        // 500 tokens pay for 35 retries of 14.
        #expect(bench.transport.sent.count == 30 + 35)
        _ = await bench.failure(STS.GetCallerIdentity())
        #expect(bench.transport.sent.count == 30 + 35 + 3)
    }

    @Test("x-amz-retry-after is heeded, and nonsense in it is not")
    func retryAfter() async throws {
        for (text, sleep) in [("1500", 1_500), ("-1", 50), ("soon", 50)] {
            let bench = try Bench([
                .answer(500, "", ["x-amz-retry-after": text]), .answer(200, Self.key),
            ])
            _ = try await bench.client.send(KMS.DescribeKey(keyID: "k"))
            #expect(bench.time.sleeps == [sleep])
        }
    }

    @Test("calls are paced: the sixth CreateKey waits for its second")
    func pacing() async throws {
        let bench = try Bench(Array(repeating: .answer(200, Self.key), count: 6))
        for _ in 0..<6 { _ = try await bench.client.send(KMS.CreateKey()) }
        #expect(bench.time.sleeps == [1_000])
    }

    @Test("without credentials nothing is sent, and the error says where was looked")
    func noCredentials() async throws {
        let bench = try Bench([], credentials: CredentialChain(EnvironmentCredentials([:])))
        let error = try #require(await bench.failure(STS.GetCallerIdentity()))
        #expect(error.kind == .credentials)
        #expect(
            error.description
                == "sts GetCallerIdentity: no credentials were found; looked at environment:"
                + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set")
        #expect(bench.transport.sent.isEmpty)
    }

    @Test("the observer hears of every attempt, and of nothing that was said in it")
    func observer() async throws {
        let heard = Mutex<[WireAttempt]>([])
        let bench = try Bench(
            [
                .error(.ambiguous),
                .answer(400, #"{"__type":"ThrottlingException"}"#, ["x-amzn-RequestId": "r-1"]),
                .answer(200, Self.key, ["x-amzn-RequestId": "r-2", "X-Gaara-Sandbox": "1"]),
            ], observer: { attempt in heard.withLock { $0.append(attempt) } })
        #expect(!bench.client.sawSandbox)
        _ = try await bench.client.send(KMS.DescribeKey(keyID: "k"))
        let attempts = heard.withLock { $0 }
        #expect(attempts.map(\.number) == [1, 2, 3])
        #expect(attempts.map(\.status) == [nil, 400, 200])
        #expect(attempts.map(\.fault) == ["ambiguous", "ThrottlingException", nil])
        #expect(attempts.map(\.requestID) == [nil, "r-1", "r-2"])
        #expect(attempts.map(\.isSandbox) == [false, false, true])
        #expect(bench.client.sawSandbox)
    }

    @Test("an error of a custom endpoint names the endpoint")
    func customEndpoint() async throws {
        let settings = try Settings(
            arguments: Settings.Arguments(
                region: "eu-west-1", endpointURL: "http://127.0.0.1:5000"),
            environment: [:], profile: [:])
        let bench = try Bench([.answer(403, "")], settings: settings)
        let error = try #require(await bench.failure(KMS.DescribeKey(keyID: "k")))
        #expect(
            error.description == "kms DescribeKey: status 403 (endpoint 127.0.0.1:5000)")
        let sent = try #require(bench.transport.sent.first)
        #expect(sent.scheme == .http)
        #expect(sent.port == 5000)
        #expect(sent.headers.first == HTTPHeader("Host", "127.0.0.1:5000"))
    }

    @Test("a refusal that quotes the value does not bring it into the error")
    func quotedValue() async throws {
        let echo = #"{"__type":"ValidationException","Message":"Value 'hunter2' at secretString"}"#
        let bench = try Bench([.answer(400, echo)])
        let error = try #require(
            await bench.failure(
                SecretsManager.PutSecretValue(
                    secretID: "s", clientRequestToken: SampleInputs.token,
                    value: .string(ProtectedBytes(Array("hunter2".utf8))))))
        #expect(error.code == "ValidationException")
        #expect(!error.description.contains("hunter2"))
    }

    @Test("a cancelled task sends nothing more")
    func cancellation() async throws {
        let bench = try Bench([.answer(200, Self.key)])
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return await bench.failure(KMS.DescribeKey(keyID: "k"))
        }
        task.cancel()
        let error = await task.value
        #expect(error?.kind == .cancelled)
        #expect(bench.transport.sent.isEmpty)
    }
}
