import AWS
import AWSSandbox
import GaaraSecrets
import POSIX
import Synchronization
import Testing

@Suite("What a resolver's observer is told") struct CredentialWatchTests {
    private final class Log: SecretObserver {
        private let state = Mutex<[SecretWarning]>([])
        var warnings: [SecretWarning] { state.withLock { $0 } }
        func observe(_ warning: SecretWarning) { state.withLock { $0.append(warning) } }
    }

    private let sandbox = Sandbox()
    private let account: SandboxAccount
    private let log = Log()

    init() async throws {
        account = sandbox.addAccount(id: "123456789012")
        account.addRole("gaara-store-app")
        let writer = try account.client(as: "user/writer", in: "us-east-1")
        for environment in ["staging", "production"] {
            _ = try await writer.send(
                SecretsManager.CreateSecret(
                    name: "gaara-store/\(environment)/database-url",
                    clientRequestToken: String(repeating: "a", count: 32),
                    value: .string(ProtectedBytes(Array("canary".utf8)))))
        }
    }

    private func resolver(
        _ environment: String, as principal: String = "user/reader", warnings: [String] = [],
        names: String? = nil
    ) throws -> SecretResolver {
        var variables = ["ENVIRONMENT": environment, "SECRET_CACHE_TTL": "0"]
        variables["GAARA_NAMES"] = names
        var settings = try ResolverSettings(processEnvironment: variables)
        settings.allowsSandbox = true
        settings.observer = log
        var credentials = account.credentials(as: principal, source: "profile work\u{1B}[2J")
        credentials.warnings = warnings
        let client = AWSClient(
            transport: sandbox, credentials: credentials,
            settings: try Settings(region: "us-east-1"),
            time: sandbox.time)
        return SecretResolver(settings, source: AWSSource(settings, client: client))
    }

    private static let matter =
        "the credentials from profile work\\u{1b}[2J are a key that never ends, in production: "

    @Test("a user's key in production is a warning, once, that says what to use instead")
    func longLived() async throws {
        let resolver = try resolver("production")
        for _ in 1...3 { _ = try await resolver.getSecret("database-url") }
        #expect(log.warnings.map(\.code) == [.longLivedKey])
        #expect(
            log.warnings.map(\.description) == [
                Self.matter + "use a role that may read gaara-store/production/*\n"
                    + "hint: gaara-infra validate PLAN --names FILE, with GAARA_NAMES=FILE, names"
                    + " the role"
            ])
    }

    @Test("with the file of names the warning names the plan's roles, in the plan's environment")
    func roles() async throws {
        let folder = try TemporaryFolder()
        func names(of environment: String) throws -> String {
            let path = folder.file("\(environment).json")
            let text = """
                {"format_version": 1, "application": "gaara-store", "environment": "\(environment)",
                 "names": {"database-url": "DATABASE_URL"}, "readers": ["gaara-store-app", "job"]}
                """
            try File.writePrivate(path, Array(text.utf8))
            return path
        }
        _ = try await resolver("production", names: try names(of: "production"))
            .getSecret("database-url")
        #expect(
            log.warnings.map(\.message) == [Self.matter + "use role/gaara-store-app or role/job"])
        #expect(log.warnings.map(\.hint) == [nil])
        _ = try await resolver("production", names: try names(of: "staging"))
            .getSecret("database-url")
        #expect(log.warnings.count == 2)
        #expect(log.warnings.last?.message.contains("job") == false)
    }

    @Test(
        "a user's key elsewhere and a role's in production are no warnings",
        arguments: [("staging", "user/reader"), ("production", "role/gaara-store-app")])
    func silent(environment: String, principal: String) async throws {
        _ = try await resolver(environment, as: principal).getSecret("database-url")
        #expect(log.warnings == [])
    }

    @Test("who may not read is warned as well")
    func denied() async throws {
        account.deny("secretsmanager:GetSecretValue", for: "user/reader")
        let resolver = try resolver("production")
        await #expect(throws: SecretError.self) { try await resolver.getSecret("database-url") }
        #expect(log.warnings.map(\.code) == [.longLivedKey])
    }

    @Test("what is odd about the credentials' place is told, escaped, in every environment")
    func places() async throws {
        let odd = "profile a: sso_session is used, and not its\u{1B}[2J credential_process"
        _ = try await resolver("staging", warnings: [odd]).getSecret("database-url")
        #expect(
            log.warnings == [
                SecretWarning(
                    .credentials,
                    "profile a: sso_session is used, and not its\\u{1b}[2J credential_process")
            ])
    }

    @Test("without credentials they are looked for once, and there is nothing to tell")
    func absent() async throws {
        let nobody = Nobody()
        var settings = ResolverSettings(environment: .production)
        settings.observer = log
        let client = AWSClient(
            transport: sandbox, credentials: nobody, settings: try Settings(region: "us-east-1"),
            time: sandbox.time)
        let resolver = SecretResolver(settings, source: AWSSource(settings, client: client))
        await #expect(throws: SecretError.self) { try await resolver.getSecret("database-url") }
        #expect(nobody.count == 1)
        #expect(log.warnings == [])
    }

    private final class Nobody: CredentialProvider {
        private let asked = Mutex(0)
        var count: Int { asked.withLock { $0 } }

        func credentials() async throws(CredentialError) -> Credentials {
            asked.withLock { $0 += 1 }
            throw .absent(["nowhere"])
        }
    }
}
