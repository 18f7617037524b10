/// A place that credentials can come from.
package protocol CredentialProvider: Sendable {
    /// The credentials to sign the next request with; asked before each attempt, so a provider of
    /// temporary ones keeps and renews them by itself.
    func credentials() async throws(CredentialError) -> Credentials
}

/// Why a place gave no credentials.
package enum CredentialError: Error, Hashable, Sendable {
    /// There is nothing to be had, and the next place may be asked. One clause for each place
    /// looked at: `AWS_ACCESS_KEY_ID is not set`.
    case absent([String])
    /// There is something, and it cannot be used: half a pair, a file that does not parse. Falling
    /// through would act as somebody else than was meant.
    case unusable(String)
    /// The task that asked was cancelled while it waited.
    case cancelled
}

extension CredentialError {
    /// All of it in one line.
    var reason: String {
        switch self {
        case .absent(let places): places.joined(separator: "; ")
        case .unusable(let reason): reason
        case .cancelled: "cancelled"
        }
    }
}

extension Credentials: CredentialProvider {
    /// Itself: credentials at hand need no place to look at.
    package func credentials() async throws(CredentialError) -> Credentials { self }
}
