import HTTP
import JSON
import POSIX
import SigV4
import Testing

@testable import AWS

@Suite("SSOCredentials")
struct SSOCredentialsTests {
    @Test("a token of the cache gets the role's credentials, by a request that is not signed")
    func success() async throws {
        let bench = try SSOBench.bench(
            SSOBench.file(until: "2015-08-30T13:36:00Z"), [.answer(200, SSOBench.role)])
        let credentials = try await SSOCredentials(SSOBench.source(), bench.context).credentials()
        #expect(credentials.signing.accessKeyID == "ASIAEXAMPLE")
        #expect(credentials.accountID == "123456789012")
        #expect(credentials.expiration == 1_440_959_760)
        #expect(
            credentials.source
                == "role My Role+ of account 123456789012 by IAM Identity Center (sso-session dev)")
        #expect(bench.sent == ["GET \(SSOBench.portal)"])
        let request = try #require(bench.transport.sent.first)
        #expect(request.value("x-amz-sso_bearer_token") == "canary-old")
        #expect(request.value("Authorization") == nil)
        #expect(request.value("Content-Type") == nil)
        #expect(request.body.isEmpty)
        #expect(bench.files.writes.isEmpty)
    }

    @Test("without a session the file is named by the start URL")
    func legacyName() async throws {
        #expect(
            SSOToken.fileName(of: SSOBench.source())
                == String(SSOBench.path.split(separator: "/")[4]))
        #expect(
            SSOToken.fileName(of: SSOBench.source(session: nil))
                == "dace00cba5f8355ec9d274ceb2bcebdfbeed0e12.json")
    }

    @Test("a configured endpoint of the portal is used, --endpoint-url is not")
    func endpoint() async throws {
        let bench = try SSOBench.bench(
            SSOBench.file(until: "2015-08-30T13:36:00Z"), [.answer(200, SSOBench.role)],
            environment: ["AWS_ENDPOINT_URL_SSO": "https://127.0.0.1:8443"])
        var context = bench.context
        context.arguments.endpointURL = "https://127.0.0.1:1"
        context.arguments.region = "us-east-1"
        _ = try await SSOCredentials(SSOBench.source(), context).credentials()
        #expect(bench.transport.sent.first?.port == 8443)
    }

    @Test("a token that has ended says which command signs in")
    func ended() async throws {
        let ended = SSOBench.file(until: "2015-08-30T12:36:00Z", renewable: false)
        let bench = try SSOBench.bench(ended, [])
        #expect(
            try await SSOBench.error(bench)
                == "the sign-in of sso-session dev ended at 2015-08-30T12:36:00Z:"
                + " run 'aws sso login --sso-session dev'")
        let name = "/home/.aws/sso/cache/\(SSOToken.fileName(of: SSOBench.source(session: nil)))"
        bench.files[name] = ended
        #expect(
            try await SSOBench.error(bench, session: nil)
                .hasSuffix("run 'aws sso login --profile work'"))
        #expect(bench.sent.isEmpty)
    }

    @Test(
        "no file, and one that is no token, say which command signs in",
        arguments: [
            nil, "", "canary", "[]", #"{"accessToken":"canary"}"#,
            #"{"accessToken":"","expiresAt":"2015-08-30T13:36:00Z"}"#,
            #"{"accessToken":7,"expiresAt":"2015-08-30T13:36:00Z"}"#,
            #"{"accessToken":"canary","expiresAt":"tomorrow"}"#,
        ])
    func noToken(_ file: String?) async throws {
        let bench = try SSOBench.bench(file, [.answer(200, SSOBench.role)])
        #expect(
            try await SSOBench.error(bench).hasSuffix("run 'aws sso login --sso-session dev'"))
        #expect(bench.sent.isEmpty)
    }

    @Test("older versions of the AWS CLI write UTC for Z")
    func oldTimes() async throws {
        let bench = try SSOBench.bench(
            SSOBench.file(until: "2015-08-30T13:36:00UTC", renewable: false),
            [.answer(200, SSOBench.role)])
        _ = try await SSOCredentials(SSOBench.source(), bench.context).credentials()
        #expect(bench.sent.count == 1)
    }

    @Test("a token that the portal refuses says which command signs in; another refusal, its code")
    func refusals() async throws {
        let file = SSOBench.file(until: "2015-08-30T13:36:00Z")
        let expired = try SSOBench.bench(
            file,
            [
                .answer(
                    401, #"{"message":"canary-old"}"#,
                    ["x-amzn-errortype": "UnauthorizedException"])
            ])
        #expect(
            try await SSOBench.error(expired)
                == "the sign-in of sso-session dev is no longer valid:"
                + " run 'aws sso login --sso-session dev'")
        let foreign = try SSOBench.bench(
            file,
            [.answer(403, #"{"message":"No access"}"#, ["x-amzn-errortype": "ForbiddenException"])]
        )
        let text = try await SSOBench.error(foreign)
        #expect(text.contains("role My Role+ of account 123456789012"))
        #expect(text.contains("ForbiddenException: No access"))
    }

    @Test(
        "an answer of the portal without whole credentials is an error",
        arguments: [
            "", "{}", SSOBench.role.replacing("canary-secret", with: ""),
            SSOBench.role.replacing("1440959760999", with: "\"soon\""),
        ])
    func malformed(_ body: String) async throws {
        let bench = try SSOBench.bench(
            SSOBench.file(until: "2015-08-30T13:36:00Z"), [.answer(200, body)])
        _ = try await SSOBench.error(bench)
        #expect(bench.sent.count == 1)
    }

    @Test("a region that is none goes into no host name")
    func region() async throws {
        let bench = try SSOBench.bench(SSOBench.file(until: "2015-08-30T13:36:00Z"), [])
        let source = SSOSource(
            startURL: "https://x", region: "us-east-1.evil.example/#", accountID: "1",
            roleName: "r", sessionName: nil, profile: "work")
        #expect(
            await MetadataBench.failure(SSOCredentials(source, bench.context))
                == .unusable("sso_region of profile work is not a region's name, such as us-east-1")
        )
        #expect(bench.sent.isEmpty)
    }

    @Test("nothing of a token shows when it is printed, dumped or reflected")
    func redaction() throws {
        let token = try SSOToken(parsing: Array(SSOBench.file(until: "2015-08-30T13:36:00Z").utf8))
        let output = try SSO.GetRoleCredentials.output(from: Array(SSOBench.role.utf8))
        let renewed = try SSOOIDC.CreateToken.output(from: Array(SSOBench.renewed.utf8))
        var dumped = ""
        dump(token, to: &dumped)
        dump(output, to: &dumped)
        dump(renewed, to: &dumped)
        let texts = [
            dumped, "\(token)", String(reflecting: token), "\(output)", String(reflecting: output),
            "\(renewed)", String(reflecting: renewed),
        ]
        for text in texts { #expect(!text.contains("canary"), "\(text)") }
    }
}
