import HTTP
import JSON
import POSIX
import SigV4
import Testing

@testable import AWS

@Suite("LoginCredentials")
struct LoginCredentialsTests {
    /// Recorded cases that we answer otherwise, with the reason.
    private static let deviations = [
        "Success - Expired token triggers successful refresh":
            "renewal takes a signed proof of possession (DPoP), which is left to the AWS CLI:"
            + " the error names the command"
    ]

    @Test("every recorded case gives its credentials or an error, but those that we list")
    func cases() async throws {
        let cases = try CaseFile("credentials.json").cases("awsLogin")
        #expect(cases.count == 8)
        var tally = Tally("credentials.json awsLogin")
        for value in cases {
            let title = value["documentation"]?.string ?? ""
            let config = value["configContents"]?.string ?? ""
            var files: [String: String] = [:]
            for member in value["cacheContents"]?.object?.members ?? [] {
                files["/home/.aws/login/cache/\(member.key)"] = member.value.compact
            }
            let bench = try MetadataBench(["HOME": "/home"], config: config, files: files)
            // The cases were recorded at 2025-11-19T00:00:00Z.
            try await bench.time.sleep(milliseconds: (1_763_510_400 - 1_440_938_160) * 1_000)
            let session = try #require(
                bench.context.configuration.profiles["signin"]?["login_session"])
            let expected = value["outcomes"]?[0]
            let agrees: Bool
            do throws(CredentialError) {
                let credentials = try await LoginCredentials(
                    session: session, profile: "signin", bench.context
                ).credentials()
                agrees =
                    credentials.signing.accessKeyID == expected?["accessKeyId"]?.string
                    && credentials.signing.sessionToken == expected?["sessionToken"]?.string
                    && credentials.accountID == expected?["accountId"]?.string
                    && credentials.expiration.map(SSOToken.text)
                        == expected?["expiresAt"]?.string
            } catch {
                agrees = expected?["result"]?.string == "error"
                #expect(error.text.contains("aws login --profile signin"))
            }
            tally.add(
                title, agrees ? [] : ["another outcome"], because: Self.deviations[title])
            #expect(bench.sent.isEmpty && bench.files.writes.isEmpty, "\(title)")
        }
        tally.report()
        #expect(tally.differences == [:])
        #expect(
            tally.deviations.values.reduce(into: Set()) { $0.formUnion($1) }
                == Set(Self.deviations.keys))
    }

    // SHA-256 of "x".
    private static let name =
        "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881.json"
    private static let file = """
        {"accessToken":{"accessKeyId":"ASIAEXAMPLE","secretAccessKey":"canary-secret",\
        "sessionToken":"canary","accountId":"123456789012","expiresAt":"2015-08-30T12:36:01Z"}}
        """

    @Test("the cache is where the environment has it", arguments: ["/cache", "~/cache", nil])
    func folder(_ folder: String?) async throws {
        let path =
            switch folder {
            case "/cache": "/cache/"
            case nil: "/home/.aws/login/cache/"
            default: "/home/cache/"
            }
        var environment = ["HOME": "/home"]
        environment["AWS_LOGIN_CACHE_DIRECTORY"] = folder
        let bench = try MetadataBench(environment, files: [path + Self.name: Self.file])
        let provider = LoginCredentials(session: "x", profile: "work", bench.context)
        let credentials = try await provider.credentials()
        #expect(credentials.signing.accessKeyID == "ASIAEXAMPLE")
        #expect(credentials.source == "aws login of profile work")
    }

    @Test("at its end a login says which command renews it, and nothing of its secrets")
    func ended() async throws {
        let path = "/home/.aws/login/cache/\(Self.name)"
        let bench = try MetadataBench(["HOME": "/home"], files: [path: Self.file])
        let provider = LoginCredentials(session: "x", profile: "work", bench.context)
        #expect(await MetadataBench.failure(provider) == nil)
        try await bench.time.sleep(milliseconds: 1_000)
        #expect(
            await MetadataBench.failure(provider)
                == .unusable(
                    "the login of profile work ended at 2015-08-30T12:36:01Z:"
                        + " run 'aws login --profile work'"))
        bench.files[path] = "canary"
        let error = try #require(await MetadataBench.failure(provider))
        #expect(error.text.hasSuffix("run 'aws login --profile work'"))
        #expect(!error.text.contains("canary"))
    }
}
