/// Credentials of a container's role.
package struct ContainerCredentials: CredentialProvider {
    private let context: CredentialContext

    package init(_ context: CredentialContext) { self.context = context }

    package func credentials() async throws(CredentialError) -> Credentials {
        throw .absent(["container credentials: not configured"])
    }
}
