internal import AWS
internal import POSIX
internal import Synchronization

/// Tells an observer what is the matter with the credentials that secrets are read with.
final class CredentialWatch: Sendable {
    private let observer: any SecretObserver
    private let environment: DeploymentEnvironment
    private let application: String
    private let readers: [String]
    private let told = Mutex<Set<SecretWarning>>([])

    /// `nil` where nobody wants to know.
    init?(_ settings: ResolverSettings) {
        guard let observer = settings.observer else { return nil }
        self.observer = observer
        environment = settings.environment
        application = settings.application
        readers = settings.readers
    }

    /// Tells what has not been told.
    ///
    /// - Parameter client: one whose last call was signed, so that its credentials are at hand.
    func look(at client: AWSClient) async {
        guard let credentials = try? await client.currentCredentials() else { return }
        for warning in warnings(of: credentials)
        where told.withLock({ $0.insert(warning).inserted }) {
            observer.observe(warning)
        }
    }

    private func warnings(of credentials: Credentials) -> [SecretWarning] {
        var found = credentials.warnings.map { SecretWarning(.credentials, Terminal.escaped($0)) }
        if credentials.isLongLived, environment == .production {
            found.append(longLived(credentials))
        }
        return found
    }

    private func longLived(_ credentials: Credentials) -> SecretWarning {
        let matter =
            "the credentials from \(Terminal.escaped(credentials.source)) are a key that never"
            + " ends, in production: "
        guard readers.isEmpty else {
            let roles = readers.map { "role/\(Terminal.escaped($0))" }.joined(separator: " or ")
            return SecretWarning(.longLivedKey, matter + "use \(roles)")
        }
        return SecretWarning(
            .longLivedKey,
            matter + "use a role that may read \(application)/\(environment)/*",
            hint: "gaara-infra validate PLAN --names FILE, with GAARA_NAMES=FILE, names the role")
    }
}
