/// Credentials of a role of IAM Identity Center.
package struct SSOCredentials: CredentialProvider {
    private let context: CredentialContext

    package init(_ source: SSOSource, _ context: CredentialContext) { self.context = context }

    package func credentials() async throws(CredentialError) -> Credentials {
        throw .absent(["IAM Identity Center: not configured"])
    }
}
