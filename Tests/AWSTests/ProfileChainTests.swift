import JSON
import SigV4
import Testing

@testable import AWS

@Suite("ProfileChain")
struct ProfileChainTests {
    @Test("every public case of a profile tree gives its steps or its error")
    func publicCases() throws {
        let cases = try CaseFile("credentials.json").cases("profileChain")
        #expect(cases.count == 28)
        var tally = Tally("credentials.json profileChain")
        for (index, value) in cases.enumerated() {
            let title = "\(index + 1): \(value["title"]?.string ?? "")"
            let found = try outcome(value)
            let wanted = Self.wanted(value)
            tally.add(title, found == wanted ? [] : ["\(found) is not \(wanted)"])
        }
        tally.report()
        #expect(tally.differences == [:])
    }

    private func outcome(_ value: JSON) throws -> [[String: String]] {
        let configuration = try SharedConfiguration(
            config: Self.file(value["profiles"], "profile ")
                + Self.file(value["ssoSessions"], "sso-session "),
            credentials: nil, locations: SharedConfiguration.Locations([:]))
        do {
            return try ProfileChain(value["profile"]?.string ?? "", in: configuration).steps
        } catch {
            return [["error": error.code.word]]
        }
    }

    /// The sections as a file has them.
    private static func file(_ sections: JSON?, _ kind: String) -> String {
        (sections?.object?.members ?? []).map { section in
            "[\(kind)\(section.key)]\n"
                + section.value.strings.map { "\($0.key) = \($0.value)\n" }.joined()
        }.joined()
    }

    private static func wanted(_ value: JSON) -> [[String: String]] {
        if let error = value["expect"]?["error"]?.string { return [["error": error]] }
        return value["expect"]?["steps"]?.array?.map(\.strings) ?? []
    }

    private func chain(
        _ config: String, _ name: String = "a"
    ) throws(ProfileChain.Fault) -> ProfileChain? {
        let configuration = try? SharedConfiguration(
            config: config, credentials: nil, locations: SharedConfiguration.Locations([:]))
        return try configuration.map { configuration throws(ProfileChain.Fault) in
            try ProfileChain(name, in: configuration)
        }
    }

    private func fault(_ config: String) -> String? {
        do {
            _ = try chain(config)
            return nil
        } catch {
            return error.message
        }
    }

    @Test("a role carries duration, MFA device, external id and session name")
    func role() throws {
        let found = try chain(
            """
            [profile a]
            role_arn = arn:r
            credential_source = Environment
            duration_seconds = 900
            mfa_serial = arn:mfa
            external_id = x
            role_session_name = me
            """)
        #expect(
            found?.roles == [
                ProfileChain.Role(
                    arn: "arn:r", sessionName: "me", externalID: "x", duration: 900,
                    mfaSerial: "arn:mfa", profile: "a")
            ])
        #expect(found?.source == .named(.environment))
    }

    @Test(
        "a duration outside of 900 to 43200 seconds is an error",
        arguments: [
            "899", "43201", "1h", "-900", "9223372036854775808",
        ])
    func duration(text: String) {
        #expect(
            fault(
                "[profile a]\nrole_arn = r\nsource_profile = a\nduration_seconds = \(text)\n")
                == "profile a: its duration_seconds is not a number from 900 to 43200")
    }

    @Test("an error names the profile and the property")
    func messages() {
        #expect(
            fault("[profile a]\nrole_arn = r\ncredential_source = Ec2\n")
                == "profile a: its credential_source is none of Environment,"
                + " Ec2InstanceMetadata, EcsContainer")
        #expect(
            fault("[profile a]\nrole_arn = r\nsource_profile = b\n[profile b]\n")
                == "profile b: it has no credentials in ~/.aws/config or ~/.aws/credentials")
        #expect(
            fault("[profile a]\nsso_start_url = https://x\nsso_region = eu-west-1\n")
                == "profile a: its IAM Identity Center settings lack sso_account_id")
        #expect(
            fault("[profile a]\nsso_session = s\n[sso-session s]\nsso_start_url = https://x\n")
                == "profile a: its IAM Identity Center settings lack sso_region in the section"
                + " [sso-session s]")
    }

    @Test("two sources in one profile are a warning with both and the one that is used")
    func twoSources() throws {
        let base = try chain(
            """
            [profile a]
            credential_process = p
            login_session = l
            aws_access_key_id = i
            aws_secret_access_key = s
            """)
        #expect(base?.source == .login(session: "l"))
        #expect(
            base?.warnings == [
                "profile a: login_session is used, and not its credential_process and"
                    + " aws_access_key_id"
            ])
        let role = try chain(
            """
            [profile a]
            role_arn = r
            source_profile = b
            credential_process = p
            [profile b]
            role_arn = r2
            source_profile = c
            aws_access_key_id = i
            aws_secret_access_key = s
            """)
        #expect(
            role?.warnings == [
                "profile a: role_arn is used, and not its credential_process",
                "profile b: aws_access_key_id is used, and not its role_arn",
            ])
    }

    @Test("what is meant by a profile that uses itself is no warning")
    func noWarning() throws {
        let found = try chain(
            """
            [profile a]
            role_arn = r
            source_profile = a
            aws_access_key_id = i
            aws_secret_access_key = s
            """)
        #expect(found?.warnings == [])
        #expect(found?.roles.count == 1)
    }
}

extension ProfileChain {
    /// As the cases write them.
    fileprivate var steps: [[String: String]] {
        let first: [String: String?] =
            switch source {
            case .keys(let keys):
                [
                    "step": "static", "access_key_id": keys.signing.accessKeyID,
                    "secret_access_key": keys.signing.secretAccessKey,
                    "session_token": keys.signing.sessionToken, "account_id": keys.accountID,
                ]
            case .webIdentity(let identity):
                [
                    "step": "web-identity", "role_arn": identity.roleARN,
                    "web_identity_token_file": identity.tokenFile,
                    "role_session_name": identity.sessionName,
                ]
            case .sso(let source):
                [
                    "step": "sso", "sso_account_id": source.accountID,
                    "sso_region": source.region, "sso_role_name": source.roleName,
                    "sso_start_url": source.startURL, "sso_session": source.sessionName,
                ]
            case .ssoToken(let session, let startURL, let region):
                [
                    "step": "sso", "sso_session": session, "sso_region": region,
                    "sso_start_url": startURL,
                ]
            case .login(let session): ["step": "login", "login_session": session]
            case .process(let command, _): ["step": "process", "credential_process": command]
            case .named(let source): ["step": "named-source", "source": source.rawValue]
            }
        return [first.compactMapValues { $0 }]
            + roles.map { role in
                [
                    "step": "assume-role", "role_arn": role.arn,
                    "external_id": role.externalID, "role_session_name": role.sessionName,
                ].compactMapValues { $0 }
            }
    }
}

extension ProfileChain.Fault.Code {
    /// As the cases write it.
    fileprivate var word: String {
        switch self {
        case .noProfile: "no-profiles"
        case .nothingConfigured, .sourceWithoutCredentials: "profile-has-no-credentials"
        case .sourceProfileMissing: "source-profile-not-found"
        case .loop: "source-profile-loop"
        case .roleWithoutSource: "role-without-source"
        case .twoSourcesOfRole: "both-source-and-credential-source"
        case .webIdentityWithoutRole: "web-identity-without-role"
        case .keysWithoutSecret: "partial-static-missing-secret"
        case .keysWithoutID: "partial-static-missing-id"
        case .ssoIncomplete: "sso-incomplete"
        case .ssoSettingsTwice: "sso-region-in-profile-and-session"
        case .ssoSessionMissing: "sso-session-not-found"
        case .badValue: "bad-value"
        }
    }
}
