/// Credentials of a session that aws login began.
package struct LoginCredentials: CredentialProvider {
    private let context: CredentialContext

    package init(session: String, profile: String, _ context: CredentialContext) { self.context = context }

    package func credentials() async throws(CredentialError) -> Credentials {
        throw .absent(["login_session: not configured"])
    }
}
