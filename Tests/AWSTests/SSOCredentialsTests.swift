import HTTP
import JSON
import POSIX
import SigV4
import Testing

@testable import AWS

// The scripted clock stands at 2015-08-30T12:36:00Z.
@Suite("SSOCredentials")
struct SSOCredentialsTests {
    private static let portal =
        "https://portal.sso.eu-west-1.amazonaws.com/federation/credentials"
        + "?role_name=My%20Role%2B&account_id=123456789012"
    // The file names are those of the recorded cases "sso_credentials" and "sso_assume_role".
    private static let path = "/home/.aws/sso/cache/34c6fceca75e456f25e7e99531e2425c6c1de443.json"
    private static let role = """
        {"roleCredentials":{"accessKeyId":"ASIAEXAMPLE","secretAccessKey":"canary-secret",\
        "sessionToken":"canary-session","expiration":1440959760999}}
        """
    private static let renewed = """
        {"accessToken":"canary-new","tokenType":"Bearer","expiresIn":3600,\
        "refreshToken":"canary-refresh-2"}
        """

    private static func source(session: String? = "dev") -> SSOSource {
        SSOSource(
            startURL: "https://ssotest.awsapps.com/start", region: "eu-west-1",
            accountID: "123456789012", roleName: "My Role+", sessionName: session, profile: "work")
    }

    /// A file like those of `aws sso login`.
    private static func file(
        until end: String, renewable: Bool = true, registration: String = "2015-11-28T00:00:00Z"
    ) -> String {
        """
        {"startUrl":"https://ssotest.awsapps.com/start","region":"eu-west-1","unknown":[1],\
        "accessToken":"canary-old","expiresAt":"\(end)"\
        \(renewable
            ? #","refreshToken":"canary-refresh","clientId":"id","clientSecret":"canary-client","#
                + "\"registrationExpiresAt\":\"\(registration)\"" : "")}
        """
    }

    private static func bench(
        _ file: String?, _ answers: [Result<HTTPResponse, HTTPError>],
        environment: [String: String] = [:]
    ) throws -> MetadataBench {
        try MetadataBench(
            ["HOME": "/home", "AWS_MAX_ATTEMPTS": "1"].merging(environment) { $1 },
            files: file.map { [path: $0] } ?? [:], answers: answers)
    }

    @Test("a token of the cache gets the role's credentials, by a request that is not signed")
    func success() async throws {
        let bench = try Self.bench(
            Self.file(until: "2015-08-30T13:36:00Z"), [.answer(200, Self.role)])
        let credentials = try await SSOCredentials(Self.source(), bench.context).credentials()
        #expect(credentials.signing.accessKeyID == "ASIAEXAMPLE")
        #expect(credentials.accountID == "123456789012")
        #expect(credentials.expiration == 1_440_959_760)
        #expect(
            credentials.source
                == "role My Role+ of account 123456789012 by IAM Identity Center (sso-session dev)")
        #expect(bench.sent == ["GET \(Self.portal)"])
        let request = try #require(bench.transport.sent.first)
        #expect(request.value("x-amz-sso_bearer_token") == "canary-old")
        #expect(request.value("Authorization") == nil)
        #expect(request.value("Content-Type") == nil)
        #expect(request.body.isEmpty)
        #expect(bench.files.writes.isEmpty)
    }

    @Test("without a session the file is named by the start URL")
    func legacyName() async throws {
        #expect(SSOToken.fileName(of: Self.source()) == String(Self.path.split(separator: "/")[4]))
        #expect(
            SSOToken.fileName(of: Self.source(session: nil))
                == "dace00cba5f8355ec9d274ceb2bcebdfbeed0e12.json")
    }

    @Test("a configured endpoint of the portal is used, --endpoint-url is not")
    func endpoint() async throws {
        let bench = try Self.bench(
            Self.file(until: "2015-08-30T13:36:00Z"), [.answer(200, Self.role)],
            environment: ["AWS_ENDPOINT_URL_SSO": "https://127.0.0.1:8443"])
        var context = bench.context
        context.arguments.endpointURL = "https://127.0.0.1:1"
        context.arguments.region = "us-east-1"
        _ = try await SSOCredentials(Self.source(), context).credentials()
        #expect(bench.transport.sent.first?.port == 8443)
    }

    @Test("less than five minutes before its end a token is renewed and written back whole")
    func renewal() async throws {
        let bench = try Self.bench(
            Self.file(until: "2015-08-30T12:40:59Z"),
            [.answer(200, Self.renewed), .answer(200, Self.role)])
        _ = try await SSOCredentials(Self.source(), bench.context).credentials()
        #expect(
            bench.sent == ["POST https://oidc.eu-west-1.amazonaws.com/token", "GET \(Self.portal)"])
        let sent = bench.transport.sent
        #expect(sent[0].value("Authorization") == nil)
        #expect(
            try JSON(parsing: sent[0].body) == [
                "clientId": "id", "clientSecret": "canary-client", "grantType": "refresh_token",
                "refreshToken": "canary-refresh",
            ])
        #expect(sent[1].value("x-amz-sso_bearer_token") == "canary-new")
        #expect(bench.files.writes == [Self.path])
        #expect(
            try JSON(parsing: bench.files[Self.path] ?? "") == [
                "startUrl": "https://ssotest.awsapps.com/start", "region": "eu-west-1",
                "unknown": [1], "accessToken": "canary-new", "expiresAt": "2015-08-30T13:36:00Z",
                "refreshToken": "canary-refresh-2", "clientId": "id",
                "clientSecret": "canary-client", "registrationExpiresAt": "2015-11-28T00:00:00Z",
            ])
    }

    @Test(
        "with five minutes left, without a refresh token or with a registration that has ended, not"
    )
    func noRenewal() async throws {
        for file in [
            Self.file(until: "2015-08-30T12:41:00Z"),
            Self.file(until: "2015-08-30T12:37:00Z", renewable: false),
            Self.file(until: "2015-08-30T12:37:00Z", registration: "2015-08-30T12:36:00Z"),
        ] {
            let bench = try Self.bench(file, [.answer(200, Self.role)])
            _ = try await SSOCredentials(Self.source(), bench.context).credentials()
            #expect(bench.sent == ["GET \(Self.portal)"])
        }
    }

    @Test("while the old token is good a renewal that fails does no harm, and rests for 30 seconds")
    func failedRenewal() async throws {
        let bench = try Self.bench(
            Self.file(until: "2015-08-30T12:40:00Z"),
            [
                .answer(400, #"{"error":"invalid_grant"}"#), .answer(200, Self.role),
                .answer(200, Self.role), .answer(200, Self.renewed), .answer(200, Self.role),
            ])
        let provider = SSOCredentials(Self.source(), bench.context)
        _ = try await provider.credentials()
        try await bench.time.sleep(milliseconds: 29_999)
        _ = try await provider.credentials()
        #expect(bench.sent.count { $0.hasPrefix("POST") } == 1)
        try await bench.time.sleep(milliseconds: 1)
        _ = try await provider.credentials()
        #expect(bench.sent.count { $0.hasPrefix("POST") } == 2)
        #expect(bench.transport.sent.last?.value("x-amz-sso_bearer_token") == "canary-new")
    }

    @Test("a token that somebody else renewed meanwhile is used")
    func renewedElsewhere() async throws {
        let bench = try Self.bench(
            Self.file(until: "2015-08-30T13:36:00Z"),
            [.answer(200, Self.role), .answer(200, Self.role)])
        let provider = SSOCredentials(Self.source(), bench.context)
        _ = try await provider.credentials()
        bench.files[Self.path] = Self.file(until: "2015-08-30T14:36:00Z").replacing(
            "canary-old", with: "canary-other")
        _ = try await provider.credentials()
        #expect(bench.transport.sent.last?.value("x-amz-sso_bearer_token") == "canary-other")
    }

    @Test("a cache that cannot be written to does not lose the renewed token")
    func readOnly() async throws {
        let bench = try Self.bench(
            nil, [.answer(200, Self.renewed), .answer(200, Self.role), .answer(200, Self.role)])
        var context = bench.context
        context.files = MetadataFiles(
            [Self.path: Self.file(until: "2015-08-30T12:40:00Z")], isReadOnly: true)
        let provider = SSOCredentials(Self.source(), context)
        for _ in 1...2 { _ = try await provider.credentials() }
        #expect(bench.sent.count == 3)
        #expect(bench.transport.sent.last?.value("x-amz-sso_bearer_token") == "canary-new")
    }
}

extension SSOCredentialsTests {
    private static func error(
        _ bench: MetadataBench, session: String? = "dev"
    ) async throws -> String {
        let error = try #require(
            await MetadataBench.failure(SSOCredentials(source(session: session), bench.context)))
        #expect(!error.isAbsent)
        #expect(!error.text.contains("canary"))
        return error.text
    }

    @Test("a token that has ended says which command signs in")
    func ended() async throws {
        let ended = Self.file(until: "2015-08-30T12:36:00Z", renewable: false)
        let bench = try Self.bench(ended, [])
        #expect(
            try await Self.error(bench)
                == "the sign-in of sso-session dev ended at 2015-08-30T12:36:00Z:"
                + " run 'aws sso login --sso-session dev'")
        let name = "/home/.aws/sso/cache/\(SSOToken.fileName(of: Self.source(session: nil)))"
        bench.files[name] = ended
        #expect(
            try await Self.error(bench, session: nil)
                .hasSuffix("run 'aws sso login --profile work'"))
        #expect(bench.sent.isEmpty)
    }

    @Test("a token that has ended and cannot be renewed says why as well")
    func renewalRefused() async throws {
        let bench = try Self.bench(
            Self.file(until: "2015-08-30T12:00:00Z"),
            [
                .answer(
                    400, #"{"message":"canary-refresh is void"}"#,
                    ["x-amzn-errortype": "InvalidGrantException"])
            ])
        let text = try await Self.error(bench)
        #expect(text.contains("InvalidGrantException"))
        #expect(text.hasSuffix("run 'aws sso login --sso-session dev'"))
        #expect(bench.sent.count == 1)
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
        let bench = try Self.bench(file, [.answer(200, Self.role)])
        #expect(
            try await Self.error(bench).hasSuffix("run 'aws sso login --sso-session dev'"))
        #expect(bench.sent.isEmpty)
    }

    @Test("older versions of the AWS CLI write UTC for Z")
    func oldTimes() async throws {
        let bench = try Self.bench(
            Self.file(until: "2015-08-30T13:36:00UTC", renewable: false), [.answer(200, Self.role)])
        _ = try await SSOCredentials(Self.source(), bench.context).credentials()
        #expect(bench.sent.count == 1)
    }

    @Test("a token that the portal refuses says which command signs in; another refusal, its code")
    func refusals() async throws {
        let file = Self.file(until: "2015-08-30T13:36:00Z")
        let expired = try Self.bench(
            file,
            [
                .answer(
                    401, #"{"message":"canary-old"}"#,
                    ["x-amzn-errortype": "UnauthorizedException"])
            ])
        #expect(
            try await Self.error(expired)
                == "the sign-in of sso-session dev is no longer valid:"
                + " run 'aws sso login --sso-session dev'")
        let foreign = try Self.bench(
            file,
            [.answer(403, #"{"message":"No access"}"#, ["x-amzn-errortype": "ForbiddenException"])]
        )
        let text = try await Self.error(foreign)
        #expect(text.contains("role My Role+ of account 123456789012"))
        #expect(text.contains("ForbiddenException: No access"))
    }

    @Test(
        "an answer of the portal without whole credentials is an error",
        arguments: [
            "", "{}", role.replacing("canary-secret", with: ""),
            role.replacing("1440959760999", with: "\"soon\""),
        ])
    func malformed(_ body: String) async throws {
        let bench = try Self.bench(
            Self.file(until: "2015-08-30T13:36:00Z"), [.answer(200, body)])
        _ = try await Self.error(bench)
        #expect(bench.sent.count == 1)
    }

    @Test("a region that is none goes into no host name")
    func region() async throws {
        let bench = try Self.bench(Self.file(until: "2015-08-30T13:36:00Z"), [])
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
        let token = try SSOToken(parsing: Array(Self.file(until: "2015-08-30T13:36:00Z").utf8))
        let output = try SSO.GetRoleCredentials.output(from: Array(Self.role.utf8))
        let renewed = try SSOOIDC.CreateToken.output(from: Array(Self.renewed.utf8))
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
