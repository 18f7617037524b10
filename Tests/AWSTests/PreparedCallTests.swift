import HTTP
import Testing

@testable import AWS

/// What an answer is taken for: a success, a refusal, or something to try again.
@Suite("PreparedCall")
struct PreparedCallTests {
    private static let key = #"""
        {"KeyMetadata":{"KeyId":"k","Arn":"arn:aws:kms:eu-west-1:123456789012:key/k","KeyState":"Enabled",
        "KeyUsage":"ENCRYPT_DECRYPT","KeySpec":"SYMMETRIC_DEFAULT","Origin":"AWS_KMS",
        "KeyManager":"CUSTOMER","CreationDate":1.5E9,"Description":"d"}}
        """#

    @Test(
        "an answer of another media type than the protocol's is refused, but for emulators",
        arguments: [
            ("application/x-amz-json-1.1", true), ("application/x-amz-json-1.0", true),
            ("application/json; charset=utf-8", true), ("Application/JSON", true),
            ("text/html; charset=utf-8", false), ("text/plain", false), ("", false),
            ("text/xml", false),
        ])
    func mediaType(type: String, isAccepted: Bool) async throws {
        let answer = Result<HTTPResponse, HTTPError>.answer(200, Self.key, ["Content-Type": type])
        let error = try await Bench([answer]).failure(KMS.CreateKey())
        #expect((error == nil) == isAccepted)
        if let error {
            #expect(error.kind == .malformedAnswer)
            #expect(error.isAmbiguous)
        }
        let custom = try Settings(
            arguments: .init(region: "eu-west-1", endpointURL: "http://127.0.0.1:5000"),
            environment: [:], profile: [:])
        #expect(try await Bench([answer], settings: custom).failure(KMS.CreateKey()) == nil)
    }

    @Test("an XML answer is text/xml or application/xml, and an empty one of any type")
    func xmlMediaType() async throws {
        let attach = IAM.AttachRolePolicy(roleName: "r", policyARN: "p")
        let body = "<AttachRolePolicyResponse/>"
        for (type, isAccepted) in [
            ("text/xml", true), ("application/xml", true), ("application/json", false),
        ] {
            let bench = try Bench([.answer(200, body, ["Content-Type": type])])
            #expect(await (bench.failure(attach) == nil) == isAccepted)
        }
        try await Bench([.answer(200, "", ["Content-Type": "text/plain"])]).client.send(
            KMS.EnableKey(keyID: "k"))
    }

    @Test("what is transient: four statuses, two codes, and an identity provider's silence at STS")
    func transient() async throws {
        func attempts(_ status: Int, _ code: String?, _ input: some AWSOperation) async throws
            -> Int
        {
            let json = code.map { #"{"__type":"\#($0)"}"# } ?? ""
            let xml = code.map { "<R><Error><Code>\($0)</Code></Error></R>" } ?? ""
            let body = type(of: input).operation.service == .sts ? xml : json
            let bench = try Bench(Array(repeating: .answer(status, body), count: 3))
            _ = await bench.failure(input)
            return bench.transport.sent.count
        }
        let describe = KMS.DescribeKey(keyID: "k")
        let identity = STS.GetCallerIdentity()
        for status in [500, 502, 503, 504] {
            #expect(try await attempts(status, nil, describe) == 3)
        }
        for status in [501, 505, 599, 400, 403, 404, 409] {
            #expect(try await attempts(status, nil, describe) == 1)
        }
        #expect(try await attempts(400, "RequestTimeout", describe) == 3)
        #expect(try await attempts(400, "RequestTimeoutException", identity) == 3)
        #expect(try await attempts(400, "IDPCommunicationError", identity) == 3)
        #expect(try await attempts(400, "IDPCommunicationError", describe) == 1)
    }

    @Test("what is throttling: fourteen codes, and 429 without a code")
    func throttling() async throws {
        let codes = [
            "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException",
            "TooManyRequestsException", "ProvisionedThroughputExceededException",
            "TransactionInProgressException", "RequestLimitExceeded", "BandwidthLimitExceeded",
            "LimitExceededException", "RequestThrottled", "SlowDown", "PriorRequestNotComplete",
            "EC2ThrottledException",
        ]
        let identity = STS.GetCallerIdentity()
        for code in codes {
            let body = "<R><Error><Code>\(code)</Code></Error></R>"
            let bench = try Bench(Array(repeating: .answer(400, body), count: 3))
            #expect(await bench.failure(identity)?.kind == .throttled, "\(code)")
            #expect(bench.time.sleeps == [1_000, 2_000], "\(code)")
        }
        let bare = try Bench(Array(repeating: .answer(429, "<html>"), count: 3))
        #expect(await bare.failure(identity)?.kind == .throttled)
        #expect(bare.transport.sent.count == 3)
        // A quota of things in these two: waiting does not help.
        for input: any AWSOperation in [
            KMS.CreateKey(), SecretsManager.DescribeSecret(secretID: "s"),
        ] {
            let quota = #"{"__type":"LimitExceededException"}"#
            let bench = try Bench([.answer(400, quota)])
            #expect(await bench.failure(input)?.kind == .quotaExceeded)
            #expect(bench.transport.sent.count == 1)
        }
    }

    @Test("the answer of each operation has a cap, larger where many things come at once")
    func caps() async throws {
        let bench = try Bench([.error(.untrusted), .error(.untrusted), .error(.untrusted)])
        _ = await bench.failure(KMS.DescribeKey(keyID: "k"))
        _ = await bench.failure(SecretsManager.BatchGetSecretValue(secretIDs: ["a"]))
        _ = await bench.failure(IAM.GetAccountAuthorizationDetails())
        #expect(bench.transport.sent.map(\.limits.maximumBody) == [1 << 20, 8 << 20, 16 << 20])
    }
}
