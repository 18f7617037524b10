import SigV4
import Testing

@testable import AWS

@Suite("CredentialChain")
struct CredentialChainTests {
    private static let keys = """
        [default]
        aws_access_key_id = AKIDFILE
        aws_secret_access_key = file-secret
        aws_session_token = file-token
        [half]
        aws_access_key_id = AKIDHALF
        [empty]
        """

    private func outcome(
        profile: String? = nil, _ environment: [String: String] = [:], keys: String? = Self.keys
    ) async throws -> Result<Credentials, CredentialError> {
        let bench = CredentialBench(
            arguments: Settings.Arguments(profile: profile),
            environment: environment.merging(["HOME": "/home", "AWS_EC2_METADATA_DISABLED": "true"])
            { $1 },
            files: TableFiles(keys.map { ["/home/.aws/credentials": $0] } ?? [:]))
        return await CredentialChain.standard(try bench.context()).outcome()
    }

    private let environment = [
        "AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "env-secret",
        "AWS_SESSION_TOKEN": "env-token",
    ]

    @Test("the environment comes before the profile")
    func environmentFirst() async throws {
        let found = try await outcome(environment).get()
        #expect(found.signing.accessKeyID == "AKIDENV")
        #expect(found.signing.secretAccessKey == "env-secret")
        #expect(found.signing.sessionToken == "env-token")
        #expect(found.source == "the environment")
    }

    @Test("--profile takes the environment out of the chain; AWS_PROFILE does not")
    func explicitProfile() async throws {
        let argument = try await outcome(profile: "default", environment).get()
        #expect(argument.signing.accessKeyID == "AKIDFILE")
        let variable = try await outcome(
            environment.merging(["AWS_PROFILE": "half"]) { $1 }
        ).get()
        #expect(variable.signing.accessKeyID == "AKIDENV")
    }

    @Test("blank variables are not set, and the profile is used")
    func blank() async throws {
        let found = try await outcome([
            "AWS_ACCESS_KEY_ID": " ", "AWS_SECRET_ACCESS_KEY": "", "AWS_PROFILE": "\t",
        ]).get()
        #expect(found.signing.accessKeyID == "AKIDFILE")
        #expect(found.signing.sessionToken == "file-token")
        #expect(found.source == "profile default in ~/.aws/config or ~/.aws/credentials")
    }

    @Test("half a pair is an error that names the missing half, not a fall through")
    func half() async throws {
        #expect(
            try await outcome(["AWS_ACCESS_KEY_ID": "AKID"])
                == .failure(
                    .unusable("AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not")))
        #expect(
            try await outcome(["AWS_SECRET_ACCESS_KEY": "x"])
                == .failure(
                    .unusable("AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not")))
        #expect(
            try await outcome(profile: "half")
                == .failure(
                    .unusable(
                        "profile half: it has aws_access_key_id, but no aws_secret_access_key, in"
                            + " ~/.aws/config or ~/.aws/credentials")))
    }

    @Test("when nothing is found, every place says why")
    func nothing() async throws {
        let places = "~/.aws/config or ~/.aws/credentials"
        guard case .failure(.absent(let reasons)) = try await outcome(keys: nil) else {
            Issue.record("something was found")
            return
        }
        #expect(
            reasons.prefix(3) == [
                "environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set",
                "profile default: it is not in \(places)",
                "web identity: AWS_WEB_IDENTITY_TOKEN_FILE is not set",
            ])
        #expect(reasons.count == 5)
        #expect(reasons[3].contains("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"))
        #expect(reasons[4].contains("AWS_EC2_METADATA_DISABLED"))
    }

    @Test("a profile that was asked for and is missing, or empty and --profile's, is an error")
    func missingProfile() async throws {
        #expect(
            try await outcome(["AWS_PROFILE": "nobody"])
                == .failure(
                    .unusable("profile nobody: it is not in ~/.aws/config or ~/.aws/credentials")))
        #expect(
            try await outcome(profile: "empty", environment)
                == .failure(
                    .unusable(
                        "profile empty: it has no credentials in ~/.aws/config or"
                            + " ~/.aws/credentials")))
    }

    @Test("a profile that AWS_PROFILE names for its settings alone leaves credentials to others")
    func settingsOnly() async throws {
        let found = try await outcome(["AWS_PROFILE": "empty"])
        guard case .failure(.absent(let reasons)) = found else {
            Issue.record("\(found)")
            return
        }
        #expect(reasons.count == 5)
    }

    @Test("an unusable place stops the search, but the last one only ends the list")
    func lastPlace() async throws {
        let time = ManualTime()
        let empty = ScriptedProvider([.failure(.absent(["nothing here"]))])
        let broken = ScriptedProvider([.failure(.unusable("half of it"))])
        let other = ScriptedProvider([.success(.test("A", endsIn: nil, time))])
        #expect(await CredentialChain(empty, broken, other).complaint() == "half of it")
        #expect(other.count == 0)
        #expect(
            await CredentialChain(empty, broken).complaint() == "absent: nothing here; half of it")
    }

    @Test("half of web identity is an error that names the other half")
    func halfWebIdentity() async throws {
        #expect(
            try await outcome(["AWS_WEB_IDENTITY_TOKEN_FILE": "/t"], keys: nil)
                == .failure(
                    .unusable("AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not")))
    }

    @Test("what was found stays: when it cannot be renewed, no other place stands in for it")
    func noFallThrough() async throws {
        let time = ManualTime()
        let first = ScriptedProvider(
            [
                .failure(.absent(["first: not yet"])), .success(.test("A", endsIn: 3600, time)),
                .failure(.absent(["first: gone"])),
            ])
        let second = ScriptedProvider([
            .failure(.absent(["second: not yet"])), .success(.test("B", endsIn: 3600, time)),
        ])
        let chain = CredentialChain(first, second, time: time, random: { 0 })
        #expect(await chain.complaint() == "absent: first: not yet; second: not yet")
        #expect(try await chain.credentials().source == "A")
        time.advance(seconds: 3500)
        #expect(await chain.complaint() == "absent: first: gone")
        #expect(second.count == 1)
    }

    @Test("credentials print, dump and reflect without secret and token")
    func redaction() {
        let credentials = Credentials(
            accessKeyID: "AKIDEXAMPLE", secretAccessKey: "hunter2", sessionToken: "swordfish",
            source: "the test")
        var dumped = ""
        dump([credentials], to: &dumped)
        let shown = "\(credentials) \(String(reflecting: [credentials])) \(dumped)"
        #expect(!shown.contains("hunter2"))
        #expect(!shown.contains("swordfish"))
        #expect(shown.contains("the test"))
    }

    @Test("a long-lived key is told by its first letters")
    func longLived() {
        func isLongLived(_ id: String, token: String? = nil) -> Bool {
            Credentials(
                accessKeyID: id, secretAccessKey: "s", sessionToken: token, source: "the test"
            ).isLongLived
        }
        #expect(isLongLived("AKIAIOSFODNN7EXAMPLE"))
        #expect(!isLongLived("ASIAIOSFODNN7EXAMPLE", token: "t"))
        // As in the cache of aws login.
        #expect(!isLongLived("AKIAIOSFODNN7EXAMPLE", token: "t"))
    }
}
