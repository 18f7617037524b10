/// Credentials of instance metadata, which are worth trying after their end.
struct SteadyCredentials: CredentialProvider {
    private let provider: any CredentialProvider

    init(_ provider: any CredentialProvider) { self.provider = provider }

    func credentials() async throws(CredentialError) -> Credentials {
        var credentials = try await provider.credentials()
        credentials.outlivesExpiration = true
        return credentials
    }
}
