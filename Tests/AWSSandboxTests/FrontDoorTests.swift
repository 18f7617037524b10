import AWSSandbox
import HTTP
import JSON
import SigV4
import Testing

@Suite struct FrontDoorTests {
    let bench: Bench
    let key: SigningCredential

    init() throws {
        bench = try Bench()
        key = bench.account.accessKey(for: "user/alice")
    }

    private func send(_ key: SigningCredential?, skew: Int = 0) async throws -> HTTPResponse {
        try await bench.sandbox.send(
            bench.request(
                service: "secretsmanager", target: "secretsmanager.ListSecrets",
                body: Array("{}".utf8), signedWith: key, skew: skew))
    }

    private func sendQuery(_ key: SigningCredential?, skew: Int = 0) async throws -> HTTPResponse {
        try await bench.sandbox.send(
            bench.query(
                service: "sts", form: "Action=GetCallerIdentity&Version=2011-06-15",
                signedWith: key, skew: skew))
    }

    @Test("answers say what they are and carry a request id")
    func headers() async throws {
        let answer = try await send(key)
        #expect(answer.status == 200)
        #expect(answer.header("content-type") == "application/x-amz-json-1.1")
        #expect(answer.header("x-gaara-sandbox") == "1")
        #expect(answer.header("x-amzn-requestid")?.utf8.count == 36)
    }

    // reference/moto.md, wire level: AWS answers 400 MissingAuthenticationTokenException.
    @Test("an unsigned call is refused in the form of its service")
    func unsigned() async throws {
        let json = try await send(nil)
        #expect(json.status == 400)
        #expect(
            json.refusal
                == ["MissingAuthenticationTokenException", "Missing Authentication Token"])
        let query = try await sendQuery(nil)
        #expect(query.status == 403)
        #expect(query.text.contains("<Code>MissingAuthenticationToken</Code>"))
    }

    @Test("a wrong secret key is a wrong signature: 400 for JSON, 403 for XML")
    func wrongSecret() async throws {
        let wrong = SigningCredential(accessKeyID: key.accessKeyID, secretAccessKey: "guessed")
        let json = try await send(wrong)
        #expect(json.status == 400)
        #expect(json.refusal.first == "InvalidSignatureException")
        let query = try await sendQuery(wrong)
        #expect(query.status == 403)
        #expect(query.text.contains("<Code>SignatureDoesNotMatch</Code>"))
        #expect(query.text.contains("<Type>Sender</Type>"))
    }

    @Test("a body that changed after signing is refused")
    func tampered() async throws {
        var request = bench.request(
            service: "kms", target: "TrentService.ListKeys", body: Array("{}".utf8),
            signedWith: key)
        request.body = Array(#"{"Limit":1}"#.utf8)
        let answer = try await bench.sandbox.send(request)
        #expect(answer.refusal.first == "InvalidSignatureException")
    }

    // ArranJacques/laravel-aws-cognito-auth#25, evanshortiss/sns-mobile#14.
    @Test("an unknown access key is refused by its own name in each protocol")
    func unknownKey() async throws {
        let stranger = SigningCredential(accessKeyID: "AKIANOBODY", secretAccessKey: "x")
        let json = try await send(stranger)
        #expect(
            json.refusal == [
                "UnrecognizedClientException",
                "The security token included in the request is invalid.",
            ])
        let query = try await sendQuery(stranger)
        #expect(query.status == 403)
        #expect(query.text.contains("<Code>InvalidClientTokenId</Code>"))
    }

    @Test("a session key without its token is refused")
    func token() async throws {
        let session = bench.account.accessKey(for: "role/app")
        #expect(try await send(session).status == 200)
        let bare = SigningCredential(
            accessKeyID: session.accessKeyID, secretAccessKey: session.secretAccessKey)
        #expect(try await send(bare).refusal.first == "UnrecognizedClientException")
    }

    // hassy/artillery-dino#2, s12v/awsbeats#48.
    @Test("a JSON service tolerates five minutes of skew, and says both times beyond it")
    func clock() async throws {
        #expect(try await send(key, skew: -300).status == 200)
        #expect(try await send(key, skew: 300).status == 200)
        #expect(
            try await send(key, skew: -301).refusal == [
                "InvalidSignatureException",
                "Signature expired: 20251231T235459Z is now earlier than 20251231T235500Z "
                    + "(20260101T000000Z - 5 min.)",
            ])
        #expect(
            try await send(key, skew: 301).refusal == [
                "InvalidSignatureException",
                "Signature not yet current: 20260101T000501Z is still later than "
                    + "20260101T000500Z (20260101T000000Z + 5 min.)",
            ])
    }

    // aws/aws-cli#6676.
    @Test("STS tolerates fifteen minutes of skew")
    func queryClock() async throws {
        #expect(try await sendQuery(key, skew: -900).status == 200)
        let late = try await sendQuery(key, skew: -901)
        #expect(late.status == 403)
        #expect(late.text.contains("<Code>SignatureDoesNotMatch</Code>"))
        #expect(late.text.contains("20251231T234500Z (20260101T000000Z - 15 min.)"))
    }

    @Test("a target that is not among the signed headers is refused")
    func unsignedTarget() async throws {
        var request = bench.request(
            service: "kms", target: "", body: Array("{}".utf8), signedWith: nil)
        request.headers.removeAll { $0.name == "X-Amz-Target" }
        let added = SigV4(region: Bench.region, service: "kms").sign(
            SignableRequest(
                method: "POST", target: "/",
                headers: request.headers.map { (name: $0.name, value: $0.value) },
                body: request.body),
            with: key, at: SigningDate(secondsSince1970: bench.sandbox.now))
        request.headers += added.map { HTTPHeader($0.name, $0.value) }
        request.headers.append(HTTPHeader("X-Amz-Target", "TrentService.ListKeys"))
        let answer = try await bench.sandbox.send(request)
        #expect(answer.refusal.first == "IncompleteSignatureException")
    }

    @Test("a signature for another service or another region is refused")
    func scope() async throws {
        let service = try await bench.sandbox.send(
            bench.request(
                service: "secretsmanager", target: "TrentService.ListKeys",
                body: Array("{}".utf8), signedWith: key))
        #expect(service.refusal.first == "InvalidSignatureException")
        let region = try await bench.sandbox.send(
            bench.request(
                service: "kms", target: "TrentService.ListKeys", body: Array("{}".utf8),
                signedWith: key, region: "eu-west-1"))
        #expect(
            region.refusal.last == "Credential should be scoped to a valid region: 'us-east-1'.")
    }

    // design.md section 6: 501 to what it does not know.
    @Test("what the sandbox does not know is answered 501")
    func unknown() async throws {
        #expect(try await bench.raw("TrentService.ReplicateKey", [:]).status == 501)
        #expect(try await bench.raw("DynamoDB_20120810.ListTables", [:]).status == 501)
    }

    @Test("a body that is not JSON is a SerializationException")
    func unreadable() async throws {
        let answer = try await bench.sandbox.send(
            bench.request(
                service: "kms", target: "TrentService.ListKeys", body: Array("{".utf8),
                signedWith: key))
        #expect(answer.status == 400)
        #expect(answer.refusal.first == "SerializationException")
    }
}
