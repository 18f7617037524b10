/// Credentials of an EC2 instance's role.
package struct InstanceCredentials: CredentialProvider {
    private let context: CredentialContext

    package init(_ context: CredentialContext) { self.context = context }

    package func credentials() async throws(CredentialError) -> Credentials {
        throw .absent(["EC2 instance metadata: not available"])
    }
}
