package import POSIX
internal import Synchronization

/// Several places, asked in order until one has credentials; from then on that one alone.
///
/// A later fetch never falls through to another place: calls of one run are made by one caller.
package struct CredentialChain: CredentialProvider {
    private let found: RefreshingCredentials

    package init(
        _ providers: any CredentialProvider..., time: any TimeSource = SystemTime(),
        random: @escaping @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) }
    ) {
        self.init(providers, time: time, random: random)
    }

    private init(
        _ providers: [any CredentialProvider], time: any TimeSource,
        random: @escaping @Sendable () -> UInt64
    ) {
        found = RefreshingCredentials(CredentialSearch(providers), time: time, random: random)
    }

    /// The places of the SDKs: the environment, the selected profile, web identity of the
    /// environment, the container, the instance.
    ///
    /// An explicitly selected profile takes the environment out: `--profile` is a choice,
    /// `AWS_PROFILE` is not (botocore `credentials.py`, `disable_env_vars`).
    package static func standard(_ context: CredentialContext) -> CredentialChain {
        var providers: [any CredentialProvider] = [
            ProfileCredentials(context), WebIdentityCredentials.Environment(context),
            ContainerCredentials(context), SteadyCredentials(InstanceCredentials(context)),
        ]
        if blankIsUnset(context.arguments.profile) == nil {
            providers.insert(EnvironmentCredentials(context.environment), at: 0)
        }
        return CredentialChain(providers, time: context.time, random: context.random)
    }

    /// The first credentials found, renewed as they end.
    ///
    /// Throws `absent` with what every place said, and `unusable` as soon as one is that is not
    /// the last.
    package func credentials() async throws(CredentialError) -> Credentials {
        try await found.credentials()
    }
}

/// The search itself, which remembers where it ended.
///
/// `RefreshingCredentials` makes sure that one is under way at a time.
private final class CredentialSearch: CredentialProvider {
    private let providers: [any CredentialProvider]
    private let chosen = Mutex<(any CredentialProvider)?>(nil)

    init(_ providers: [any CredentialProvider]) { self.providers = providers }

    func credentials() async throws(CredentialError) -> Credentials {
        if let provider = chosen.withLock({ $0 }) { return try await provider.credentials() }
        var reasons: [String] = []
        for (index, provider) in providers.enumerated() {
            do {
                let credentials = try await provider.credentials()
                chosen.withLock { $0 = provider }
                return credentials
            } catch {
                switch error {
                case .absent(let more): reasons += more
                case .cancelled: throw error
                case .unusable(let reason):
                    // After the last place nothing could be acted as by mistake, and that the
                    // others have nothing is what a person wants to know first.
                    guard index == providers.count - 1, !reasons.isEmpty else { throw error }
                    reasons.append(reason)
                }
            }
        }
        throw .absent(reasons)
    }
}

/// A setting's value; `nil` when it is empty or only white space, which the SDKs read as not set.
func blankIsUnset(_ value: String?) -> String? {
    guard let value, value.contains(where: { !$0.isWhitespace }) else { return nil }
    return value
}
