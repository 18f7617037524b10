import HTTP
import Testing

@testable import AWS

@Suite("Knocking at an endpoint")
struct ReachTests {
    @Test("any answer is one, a refusal too, and its date tells the clock")
    func refusal() async throws {
        // 12 minutes after the bench's 2015-08-30T12:36:00Z.
        let bench = try Bench([
            .answer(403, "", ["Date": "Sun, 30 Aug 2015 12:48:00 GMT", "x-gaara-sandbox": "1"])
        ])
        let reach = await bench.client.reach(.kms)
        #expect(reach.error == nil)
        #expect(reach.clock == ClockOffset(seconds: 720))
        #expect(bench.client.clockOffset == ClockOffset(seconds: 720))
        #expect(bench.client.sawSandbox)
    }

    @Test("one request without signature, credentials or body is sent, and not a second one")
    func request() async throws {
        struct Forbidden: CredentialProvider {
            func credentials() async throws(CredentialError) -> Credentials {
                Issue.record("credentials were asked for")
                throw .absent([])
            }
        }
        let bench = try Bench([.error(.notSent), .answer(200, "")], credentials: Forbidden())
        let reach = await bench.client.reach(.secretsManager)
        #expect(reach.error?.kind == .notSent)
        #expect(reach.error?.message == "scripted")
        #expect(reach.clock == nil)
        let request = try #require(bench.transport.sent.first)
        #expect(bench.transport.sent.count == 1)
        #expect(request.method == "GET" && request.target == "/" && request.body.isEmpty)
        #expect(request.host == "secretsmanager.eu-west-1.amazonaws.com")
        #expect(request.headers.map(\.name) == ["Host", "User-Agent"])
    }

    @Test("each way of having no answer keeps its meaning")
    func faults() async throws {
        for (code, kind): (HTTPError.Code, AWSError.Kind) in [
            (.notSent, .notSent), (.untrusted, .untrusted), (.ambiguous, .ambiguous),
            (.unusableAnswer, .malformedAnswer), (.cancelled, .cancelled),
        ] {
            let bench = try Bench([.error(code)])
            #expect(await bench.client.reach(.sts).error?.kind == kind)
        }
    }

    @Test("the credentials in use can be asked for, and print without their secret")
    func credentials() async throws {
        let credentials = try await Bench([]).client.currentCredentials()
        #expect(credentials.source == "the test")
        #expect(!"\(credentials)".contains("wJalr"))
    }

    @Test("a permission is named as policies name it, whatever the service's host is called")
    func actions() {
        #expect(KMS.DescribeKey.operation.action == "kms:DescribeKey")
        #expect(ServiceID.cloudWatch.actionPrefix == "cloudwatch")
        #expect(ServiceID.tagging.actionPrefix == "tag")
    }
}
