import HTTP
import SigV4
import Synchronization
import Testing

@testable import AWS

@Suite("ClockOffset")
struct ClockOffsetTests {
    // The scripted clock stands at 2015-08-30T12:36:00Z.
    private static let inTwelveMinutes = "Sun, 30 Aug 2015 12:48:00 GMT"
    private static let fiveMinutesAgo = "Sun, 30 Aug 2015 12:31:00 GMT"
    private static let inFourMinutes = "Sun, 30 Aug 2015 12:40:00 GMT"
    private static let now = "Sun, 30 Aug 2015 12:36:01 GMT"
    private static let key = #"""
        {"KeyMetadata":{"KeyId":"k","Arn":"arn:aws:kms:eu-west-1:123456789012:key/k","KeyState":"Enabled",
        "KeyUsage":"ENCRYPT_DECRYPT","KeySpec":"SYMMETRIC_DEFAULT","Origin":"AWS_KMS",
        "KeyManager":"CUSTOMER","CreationDate":1.5E9,"Description":"d"}}
        """#

    private func refusal(
        _ code: String, _ date: String?, status: Int = 400
    ) -> Result<HTTPResponse, HTTPError> {
        .answer(
            status, #"{"__type":"\#(code)","message":"Signature not yet current"}"#,
            date.map { ["Date": $0] } ?? [:])
    }

    private func dates(_ bench: Bench) -> [String?] {
        bench.transport.sent.map { $0.headers.first { $0.name == "X-Amz-Date" }?.value }
    }

    @Test(
        "a refused date is signed again by the service's clock, once, also of a call never sent twice",
        arguments: ClockOffset.codes.sorted())
    func corrected(code: String) async throws {
        let heard = Mutex<[WireAttempt]>([])
        let bench = try Bench(
            [
                refusal(code, Self.inTwelveMinutes),
                .answer(200, Self.key, ["Date": Self.inTwelveMinutes]),
                .answer(200, Self.key),
            ], observer: { attempt in heard.withLock { $0.append(attempt) } })
        _ = try await bench.client.send(KMS.CreateKey())
        #expect(bench.time.sleeps.isEmpty)
        #expect(bench.client.clockOffset == ClockOffset(seconds: 720))
        #expect(heard.withLock { $0.map(\.fault) } == [code, nil])
        #expect(
            heard.withLock { $0.first?.clock?.description }
                == "your clock is 12 minutes off (behind)")
        // What was learned stays, for every later call to that host.
        _ = try await bench.client.send(KMS.DescribeKey(keyID: "k"))
        #expect(dates(bench) == ["20150830T123600Z", "20150830T124800Z", "20150830T124800Z"])
        for sent in bench.transport.sent {
            let verified = try SigV4.verify(
                SignableRequest(
                    method: sent.method, target: sent.target,
                    headers: sent.headers.map { (name: $0.name, value: $0.value) }, body: sent.body)
            ) { _ in Bench.credentials.signing }
            #expect(verified.scope.day == "20150830")
        }
    }

    @Test("a refusal after the correction is the end, and says that the clock is off")
    func once() async throws {
        let refused = refusal("InvalidSignatureException", Self.fiveMinutesAgo)
        let bench = try Bench([refused, refused, refused])
        let error = try #require(await bench.failure(KMS.CreateKey()))
        #expect(bench.transport.sent.count == 2)
        #expect(error.kind == .rejectedCredentials)
        #expect(!error.isAmbiguous)
        #expect(
            error.description
                == "kms CreateKey: InvalidSignatureException: your clock is 5 minutes off (ahead);"
                + " Signature not yet current")
    }

    @Test("a wrong key is not taken for a wrong clock: a small offset, or none, is not corrected")
    func smallOffset() async throws {
        for date in [Self.inFourMinutes, Self.now, nil, "yesterday"] {
            let bench = try Bench([refusal("SignatureDoesNotMatch", date, status: 403)])
            let error = try #require(await bench.failure(KMS.DescribeKey(keyID: "k")))
            #expect(bench.transport.sent.count == 1)
            #expect(!error.message.contains("your clock"))
        }
    }

    @Test("other refusals are not corrected, whatever the clocks say")
    func otherCodes() async throws {
        let bench = try Bench([refusal("AccessDeniedException", Self.inTwelveMinutes)])
        let error = try #require(await bench.failure(KMS.DescribeKey(keyID: "k")))
        #expect(bench.transport.sent.count == 1)
        #expect(!error.message.contains("your clock"))
        #expect(bench.client.clockOffset == ClockOffset(seconds: 720))
    }

    @Test("after a lost answer a correction keeps the call ambiguous")
    func afterLostAnswer() async throws {
        let refused = refusal("RequestExpired", Self.inTwelveMinutes)
        let bench = try Bench([.error(.ambiguous), refused, refused])
        let error = try #require(
            await bench.failure(KMS.CreateAlias(aliasName: "alias/a", targetKeyID: "k")))
        #expect(error.isAmbiguous)
        #expect(bench.transport.sent.count == 3)
    }

    @Test("one attempt is one attempt, and a second one for the clock's sake")
    func oneAttempt() async throws {
        let settings = try Settings(region: "eu-west-1", maximumAttempts: 1)
        let bench = try Bench(
            [refusal("RequestExpired", Self.inTwelveMinutes), .answer(500, "")], settings: settings)
        let error = try #require(await bench.failure(KMS.DescribeKey(keyID: "k")))
        #expect(error.status == 500)
        let attempts = bench.transport.sent.map {
            $0.headers.first { $0.name == "amz-sdk-request" }?.value
        }
        #expect(attempts == ["attempt=1; max=1", "attempt=2; max=2"])
    }

    @Test(
        "an offset is said in words",
        arguments: [
            (0, "your clock is right"), (1, "your clock is 1 seconds off (behind)"),
            (-119, "your clock is 119 seconds off (ahead)"),
            (241, "your clock is 4 minutes off (behind)"),
            (-3_600, "your clock is 60 minutes off (ahead)"),
        ])
    func words(seconds: Int, text: String) {
        #expect(ClockOffset(seconds: seconds).description == text)
        #expect(ClockOffset(seconds: seconds).isTooMuch == (seconds.magnitude > 240))
    }
}
