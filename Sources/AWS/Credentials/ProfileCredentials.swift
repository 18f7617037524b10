/// Credentials that a profile of the shared files holds as static keys.
package struct ProfileCredentials: CredentialProvider {
    private let selection: SharedConfiguration.Selection
    private let configuration: SharedConfiguration

    package init(
        _ selection: SharedConfiguration.Selection, in configuration: SharedConfiguration
    ) {
        self.selection = selection
        self.configuration = configuration
    }

    /// What a profile may use instead of static keys, in the order in which the SDKs look.
    ///
    /// Passing over one that is configured would act as somebody else than was meant.
    private static let otherSources = [
        "role_arn", "credential_source", "source_profile", "web_identity_token_file", "sso_session",
        "sso_start_url", "login_session", "credential_process",
    ]

    package func credentials() async throws(CredentialError) -> Credentials {
        let name = selection.name
        let files = configuration.places
        guard let profile = configuration.profiles[name] else {
            let reason = "profile \(name): it is not in \(files)"
            if selection.isExplicit { throw .unusable(reason) }
            throw .absent([reason])
        }
        if let other = Self.otherSources.first(where: { blankIsUnset(profile[$0]) != nil }) {
            throw .unusable("profile \(name) uses \(other), which is not supported yet")
        }
        let id = blankIsUnset(profile["aws_access_key_id"])
        let secret = blankIsUnset(profile["aws_secret_access_key"])
        switch (id, secret) {
        case (let id?, let secret?):
            return Credentials(
                accessKeyID: id, secretAccessKey: secret,
                sessionToken: blankIsUnset(profile["aws_session_token"]),
                accountID: blankIsUnset(profile["aws_account_id"]),
                source: "profile \(name) in \(files)")
        case (nil, nil):
            let reason = "profile \(name): it has no credentials in \(files)"
            if selection.isExplicit { throw .unusable(reason) }
            throw .absent([reason])
        case (_?, nil):
            throw .unusable(
                "profile \(name) has aws_access_key_id, but no aws_secret_access_key, in \(files)")
        case (nil, _?):
            throw .unusable(
                "profile \(name) has aws_secret_access_key, but no aws_access_key_id, in \(files)")
        }
    }
}
