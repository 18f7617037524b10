/// Credentials that a profile of the shared files has, or leads to.
package struct ProfileCredentials: CredentialProvider {
    private let provider: Result<any CredentialProvider, CredentialError>
    private let name: String
    private let warnings: [String]

    /// The profile that arguments and environment select.
    ///
    /// A profile without credentials is passed over, as in the SDKs, unless `--profile` names it:
    /// then somebody wants its credentials and no others. A profile that is missing is passed over
    /// only when nobody named any.
    package init(_ context: CredentialContext) {
        let selection = context.configuration.selection(
            argument: context.arguments.profile, environment: context.environment)
        name = selection.name
        do throws(ProfileChain.Fault) {
            let chain = try ProfileChain(name, in: context.configuration)
            provider = .success(chain.provider(context))
            warnings = context.configuration.warnings + chain.warnings
        } catch {
            let isArgument = blankIsUnset(context.arguments.profile) != nil
            let isWanted = error.code == .noProfile ? selection.isExplicit : isArgument
            provider = .failure(
                error.isAbsence && !isWanted
                    ? .absent([error.message]) : .unusable(error.message))
            warnings = []
        }
    }

    package func credentials() async throws(CredentialError) -> Credentials {
        let provider = try provider.get()
        do {
            var credentials = try await provider.credentials()
            credentials.warnings += warnings
            return credentials
        } catch {
            // The profile names this place; no other one may stand in for it.
            guard case .absent(let reasons) = error else { throw error }
            throw .unusable("profile \(name): " + reasons.joined(separator: "; "))
        }
    }
}

extension ProfileChain {
    /// What carries the chain out.
    func provider(_ context: CredentialContext) -> any CredentialProvider {
        var provider = source.provider(in: sourceProfile, context)
        for role in roles {
            provider = AssumeRoleCredentials(
                role, with: RefreshingCredentials(provider, context), context)
        }
        return provider
    }
}

extension ProfileChain.Source {
    fileprivate func provider(
        in profile: String, _ context: CredentialContext
    ) -> any CredentialProvider {
        switch self {
        case .keys(let credentials): credentials
        case .webIdentity(let identity): WebIdentityCredentials(identity, context)
        case .sso(let source): SSOCredentials(source, context)
        case .ssoToken(let session, _, _):
            UnusableCredentials(
                "profile \(profile): its sso_session \(session) gives a token only: credentials"
                    + " need sso_account_id and sso_role_name")
        case .login(let session):
            LoginCredentials(session: session, profile: profile, context)
        case .process(let command, let accountID):
            ProcessCredentials(
                command: command, accountID: accountID, profile: profile, context)
        case .named(.environment): EnvironmentCredentials(context.environment)
        case .named(.container): ContainerCredentials(context)
        case .named(.instance): SteadyCredentials(InstanceCredentials(context))
        }
    }
}

/// A place that is known to give none.
private struct UnusableCredentials: CredentialProvider {
    private let reason: String

    init(_ reason: String) { self.reason = reason }

    func credentials() async throws(CredentialError) -> Credentials { throw .unusable(reason) }
}
