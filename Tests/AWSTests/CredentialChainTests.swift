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
        [role]
        role_arn = arn:aws:iam::123456789012:role/x
        aws_access_key_id = AKIDROLE
        aws_secret_access_key = role-secret
        [empty]
        """

    private func outcome(
        profile: String? = nil, _ environment: [String: String] = [:], keys: String? = Self.keys
    ) async throws -> Result<Credentials, CredentialError> {
        let configuration = try SharedConfiguration(
            config: nil, credentials: keys, locations: SharedConfiguration.Locations([:]))
        let chain = CredentialChain.standard(
            arguments: Settings.Arguments(profile: profile), environment: environment,
            configuration: configuration)
        do {
            return .success(try await chain.credentials())
        } catch {
            return .failure(error)
        }
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
                        "profile half has aws_access_key_id, but no aws_secret_access_key, in"
                            + " ~/.aws/config or ~/.aws/credentials")))
    }

    @Test("when nothing is found, every place says why")
    func nothing() async throws {
        #expect(
            try await outcome(keys: nil)
                == .failure(
                    .absent([
                        "environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set",
                        "profile default: it is not in ~/.aws/config or ~/.aws/credentials",
                    ])))
    }

    @Test("a profile that was asked for and is missing or empty is an error")
    func missingProfile() async throws {
        #expect(
            try await outcome(["AWS_PROFILE": "nobody"])
                == .failure(
                    .unusable("profile nobody: it is not in ~/.aws/config or ~/.aws/credentials")))
        #expect(
            try await outcome(profile: "empty")
                == .failure(
                    .unusable(
                        "profile empty: it has no credentials in ~/.aws/config or"
                            + " ~/.aws/credentials")))
    }

    @Test("a profile with another source of credentials is refused, not read as static keys")
    func otherSource() async throws {
        #expect(
            try await outcome(profile: "role")
                == .failure(.unusable("profile role uses role_arn, which is not supported yet")))
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
}
