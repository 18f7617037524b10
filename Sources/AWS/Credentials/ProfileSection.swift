/// One profile with the properties that lead to credentials, read strictly.
struct ProfileSection {
    let name: String
    let properties: [String: String]
    let configuration: SharedConfiguration

    private func value(of property: String) -> String? { blankIsUnset(properties[property]) }

    private func fault(_ code: ProfileChain.Fault.Code, _ reason: String) -> ProfileChain.Fault {
        ProfileChain.Fault(code, profile: name, reason)
    }

    /// The role that this profile assumes with other credentials; a role of web identity is a
    /// source of its own.
    func role() throws(ProfileChain.Fault) -> ProfileChain.Role? {
        guard let arn = value(of: "role_arn"), value(of: "web_identity_token_file") == nil else {
            return nil
        }
        return ProfileChain.Role(
            arn: arn, sessionName: value(of: "role_session_name"),
            externalID: value(of: "external_id"), duration: try duration(),
            mfaSerial: value(of: "mfa_serial"), profile: name)
    }

    private func duration() throws(ProfileChain.Fault) -> Int? {
        guard let text = value(of: "duration_seconds") else { return nil }
        // STS API reference, AssumeRole: from 15 minutes to 12 hours.
        guard let seconds = Int(text), (900...43_200).contains(seconds) else {
            throw fault(.badValue, "its duration_seconds is not a number from 900 to 43200")
        }
        return seconds
    }

    /// The profile with the credentials that the role is assumed with; `nil` for this one itself,
    /// which has a `credential_source`.
    func next() throws(ProfileChain.Fault) -> String? {
        switch (value(of: "source_profile"), value(of: "credential_source")) {
        case (let profile?, nil): return profile
        case (nil, _?): return nil
        case (_?, _?):
            throw fault(
                .twoSourcesOfRole, "it has source_profile and credential_source: remove one")
        case (nil, nil):
            throw fault(
                .roleWithoutSource,
                "its role_arn needs a source_profile, a credential_source or a"
                    + " web_identity_token_file")
        }
    }

    /// - Parameter isFirst: whether nothing depends on this profile, so that having nothing is no
    ///   fault.
    func source(isFirst: Bool) throws(ProfileChain.Fault) -> ProfileChain.Source {
        if let source = value(of: "credential_source") {
            guard let named = ProfileChain.NamedSource(rawValue: source) else {
                let all = ProfileChain.NamedSource.allCases.map(\.rawValue).joined(separator: ", ")
                throw fault(.badValue, "its credential_source is none of \(all)")
            }
            return .named(named)
        }
        if let file = value(of: "web_identity_token_file") {
            guard let role = value(of: "role_arn") else {
                throw fault(
                    .webIdentityWithoutRole, "its web_identity_token_file needs a role_arn")
            }
            return .webIdentity(
                WebIdentity(
                    roleARN: role, tokenFile: file, sessionName: value(of: "role_session_name"),
                    place: "profile \(name)"))
        }
        if let sso = try sso() { return sso }
        if let session = value(of: "login_session") { return .login(session: session) }
        if let command = value(of: "credential_process") {
            return .process(command: command, accountID: value(of: "aws_account_id"))
        }
        if let keys = try keys() { return .keys(keys) }
        throw fault(
            isFirst ? .nothingConfigured : .sourceWithoutCredentials,
            "it has no credentials in \(configuration.places)")
    }

    /// `nil` without keys; one half without the other is an error.
    func keys() throws(ProfileChain.Fault) -> Credentials? {
        switch (value(of: "aws_access_key_id"), value(of: "aws_secret_access_key")) {
        case (let id?, let secret?):
            return Credentials(
                accessKeyID: id, secretAccessKey: secret,
                sessionToken: value(of: "aws_session_token"),
                accountID: value(of: "aws_account_id"),
                source: "profile \(name) in \(configuration.places)")
        case (nil, nil): return nil
        case (_?, nil):
            throw fault(
                .keysWithoutSecret,
                "it has aws_access_key_id, but no aws_secret_access_key, in"
                    + " \(configuration.places)")
        case (nil, _?):
            throw fault(
                .keysWithoutID,
                "it has aws_secret_access_key, but no aws_access_key_id, in"
                    + " \(configuration.places)")
        }
    }
}

extension ProfileSection {
    private static let ssoProperties = [
        "sso_session", "sso_start_url", "sso_account_id", "sso_role_name",
    ]

    private func sso() throws(ProfileChain.Fault) -> ProfileChain.Source? {
        guard Self.ssoProperties.contains(where: { value(of: $0) != nil }) else { return nil }
        let session = value(of: "sso_session")
        let (startURL, region) = try portal(session)
        switch (value(of: "sso_account_id"), value(of: "sso_role_name"), session) {
        case (let account?, let role?, _):
            return .sso(
                SSOSource(
                    startURL: startURL, region: region, accountID: account, roleName: role,
                    sessionName: session, profile: name))
        case (nil, nil, let session?):
            return .ssoToken(session: session, startURL: startURL, region: region)
        case (let account, _, _):
            let missing = account == nil ? "sso_account_id" : "sso_role_name"
            throw fault(.ssoIncomplete, "its IAM Identity Center settings lack \(missing)")
        }
    }

    /// Start URL and region, which are the session's alone where there is one.
    private func portal(
        _ session: String?
    ) throws(ProfileChain.Fault) -> (startURL: String, region: String) {
        var place = ""
        var properties = properties
        if let session {
            for property in ["sso_start_url", "sso_region"] where value(of: property) != nil {
                throw fault(
                    .ssoSettingsTwice,
                    "its \(property) belongs into the section [sso-session \(session)]")
            }
            guard let found = configuration.ssoSessions[session] else {
                throw fault(
                    .ssoSessionMissing,
                    "its sso_session \(session) has no section [sso-session \(session)]")
            }
            properties = found
            place = " in the section [sso-session \(session)]"
        }
        guard let startURL = blankIsUnset(properties["sso_start_url"]) else {
            throw fault(
                .ssoIncomplete, "its IAM Identity Center settings lack sso_start_url\(place)")
        }
        guard let region = blankIsUnset(properties["sso_region"]) else {
            throw fault(
                .ssoIncomplete, "its IAM Identity Center settings lack sso_region\(place)")
        }
        return (startURL, region)
    }
}

extension ProfileSection {
    /// What of a profile is used, beside its first source.
    enum Use { case role, keys }

    /// What is configured beside what is used: somebody may think that it counts.
    func warnings(using use: Use?) -> [String] {
        let sources = [
            ["credential_source"], ["web_identity_token_file"], ["sso_session", "sso_start_url"],
            ["login_session"], ["credential_process"], ["aws_access_key_id"],
        ]
        var present = sources.compactMap { names in names.first { value(of: $0) != nil } }
        switch use {
        case .role: present.insert("role_arn", at: 0)
        case .keys:
            present.removeAll { $0 == "aws_access_key_id" }
            if value(of: "role_arn") != nil { present.insert("role_arn", at: 0) }
            present.insert("aws_access_key_id", at: 0)
        case nil: break
        }
        var warnings: [String] = []
        if let first = present.first, present.count > 1 {
            let others = present.dropFirst().joined(separator: " and ")
            warnings.append("profile \(name): \(first) is used, and not its \(others)")
        }
        if value(of: "source_profile") != nil, value(of: "role_arn") == nil {
            warnings.append("profile \(name): its source_profile means nothing without a role_arn")
        }
        return warnings
    }
}
