/// Several places, asked in order until one has credentials.
package struct CredentialChain: CredentialProvider {
    private let providers: [any CredentialProvider]

    package init(_ providers: any CredentialProvider...) { self.providers = providers }

    /// The environment, then the selected profile; an explicitly selected profile alone, as in the
    /// SDKs: `--profile` is a choice, `AWS_PROFILE` is not.
    package static func standard(
        arguments: Settings.Arguments, environment: [String: String],
        configuration: SharedConfiguration
    ) -> CredentialChain {
        let profile = ProfileCredentials(
            configuration.selection(argument: arguments.profile, environment: environment),
            in: configuration)
        guard blankIsUnset(arguments.profile) == nil else { return CredentialChain(profile) }
        return CredentialChain(EnvironmentCredentials(environment), profile)
    }

    /// The first credentials found.
    ///
    /// Throws `absent` with what every place said, and `unusable` as soon as one is.
    package func credentials() async throws(CredentialError) -> Credentials {
        var reasons: [String] = []
        for provider in providers {
            do {
                return try await provider.credentials()
            } catch {
                switch error {
                case .absent(let more): reasons += more
                case .unusable: throw error
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
