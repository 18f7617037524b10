import HTTP
import JSON
import POSIX
import Testing

@testable import AWS

@Suite("Renewal of SSOCredentials")
struct SSORenewalTests {
    @Test("less than five minutes before its end a token is renewed and written back whole")
    func renewal() async throws {
        let bench = try SSOBench.bench(
            SSOBench.file(until: "2015-08-30T12:40:59Z"),
            [.answer(200, SSOBench.renewed), .answer(200, SSOBench.role)])
        _ = try await SSOCredentials(SSOBench.source(), bench.context).credentials()
        #expect(
            bench.sent == [
                "POST https://oidc.eu-west-1.amazonaws.com/token", "GET \(SSOBench.portal)",
            ])
        let sent = bench.transport.sent
        #expect(sent[0].value("Authorization") == nil)
        #expect(
            try JSON(parsing: sent[0].body) == [
                "clientId": "id", "clientSecret": "canary-client", "grantType": "refresh_token",
                "refreshToken": "canary-refresh",
            ])
        #expect(sent[1].value("x-amz-sso_bearer_token") == "canary-new")
        #expect(bench.files.writes == [SSOBench.path])
        #expect(
            try JSON(parsing: bench.files[SSOBench.path] ?? "") == [
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
            SSOBench.file(until: "2015-08-30T12:41:00Z"),
            SSOBench.file(until: "2015-08-30T12:37:00Z", renewable: false),
            SSOBench.file(until: "2015-08-30T12:37:00Z", registration: "2015-08-30T12:36:00Z"),
        ] {
            let bench = try SSOBench.bench(file, [.answer(200, SSOBench.role)])
            _ = try await SSOCredentials(SSOBench.source(), bench.context).credentials()
            #expect(bench.sent == ["GET \(SSOBench.portal)"])
        }
    }

    @Test("while the old token is good a renewal that fails does no harm, and rests for 30 seconds")
    func failedRenewal() async throws {
        let bench = try SSOBench.bench(
            SSOBench.file(until: "2015-08-30T12:40:00Z"),
            [
                .answer(400, #"{"error":"invalid_grant"}"#), .answer(200, SSOBench.role),
                .answer(200, SSOBench.role), .answer(200, SSOBench.renewed),
                .answer(200, SSOBench.role),
            ])
        let provider = SSOCredentials(SSOBench.source(), bench.context)
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
        let bench = try SSOBench.bench(
            SSOBench.file(until: "2015-08-30T13:36:00Z"),
            [.answer(200, SSOBench.role), .answer(200, SSOBench.role)])
        let provider = SSOCredentials(SSOBench.source(), bench.context)
        _ = try await provider.credentials()
        bench.files[SSOBench.path] = SSOBench.file(until: "2015-08-30T14:36:00Z").replacing(
            "canary-old", with: "canary-other")
        _ = try await provider.credentials()
        #expect(bench.transport.sent.last?.value("x-amz-sso_bearer_token") == "canary-other")
    }

    @Test("a cache that cannot be written to does not lose the renewed token")
    func readOnly() async throws {
        let bench = try SSOBench.bench(
            nil,
            [
                .answer(200, SSOBench.renewed), .answer(200, SSOBench.role),
                .answer(200, SSOBench.role),
            ])
        var context = bench.context
        context.files = MetadataFiles(
            [SSOBench.path: SSOBench.file(until: "2015-08-30T12:40:00Z")], isReadOnly: true)
        let provider = SSOCredentials(SSOBench.source(), context)
        for _ in 1...2 { _ = try await provider.credentials() }
        #expect(bench.sent.count == 3)
        #expect(bench.transport.sent.last?.value("x-amz-sso_bearer_token") == "canary-new")
    }

    @Test("a token that has ended and cannot be renewed says why as well")
    func renewalRefused() async throws {
        let bench = try SSOBench.bench(
            SSOBench.file(until: "2015-08-30T12:00:00Z"),
            [
                .answer(
                    400, #"{"message":"canary-refresh is void"}"#,
                    ["x-amzn-errortype": "InvalidGrantException"])
            ])
        let text = try await SSOBench.error(bench)
        #expect(text.contains("InvalidGrantException"))
        #expect(text.hasSuffix("run 'aws sso login --sso-session dev'"))
        #expect(bench.sent.count == 1)
    }

    @Test("a renewed token replaces its file as a whole, readable by its owner alone")
    func onDisk() async throws {
        let home = try TemporaryFolder()
        let folder = home.file(".aws/sso/cache")
        for name in [".aws", ".aws/sso", ".aws/sso/cache"] { try Folder.make(home.file(name)) }
        let path = "\(folder)/\(SSOToken.fileName(of: SSOBench.source()))"
        let old = Array(SSOBench.file(until: "2015-08-30T12:40:00Z").utf8)
        try File.write(path, old, mode: 0o644)
        // Another name of the same file: what is written into the file shows here as well.
        let other = home.file("other")
        #expect(
            try ChildProcess(["/bin/ln", path, other], environment: [:]).run().isSuccess)
        let environment = ["HOME": home.path, "AWS_MAX_ATTEMPTS": "1"]
        let context = CredentialContext.system(
            arguments: .init(), environment: environment,
            configuration: try SharedConfiguration(
                config: nil, credentials: nil, locations: .init(environment)),
            transport: ScriptedTransport([
                .answer(200, SSOBench.renewed), .answer(200, SSOBench.role),
            ]), time: ManualTime(), traffic: Traffic())
        _ = try await SSOCredentials(SSOBench.source(), context).credentials()

        let written = try File.contents(path, maximumBytes: 1 << 20)
        #expect(try JSON(parsing: written.bytes)["accessToken"] == "canary-new")
        #expect(written.mode == 0o600)
        #expect(try File.read(other, maximumBytes: 1 << 20) == old)
        let listing = try ChildProcess(["/bin/ls", "-A", folder], environment: [:]).run()
        #expect(
            String(decoding: listing.output, as: UTF8.self)
                == SSOToken.fileName(of: SSOBench.source()) + "\n")
    }
}
