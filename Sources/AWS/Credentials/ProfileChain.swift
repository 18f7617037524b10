/// What a profile stands for: where the first credentials are from, and the roles that are assumed
/// with them, one with the other.
///
/// Only the profiles are looked at, never the places that they name. The order inside one profile
/// is smithy-rs's (`profile/credentials/repr.rs`): a role, then `credential_source`, web identity,
/// IAM Identity Center, `login_session`, `credential_process`, keys.
package struct ProfileChain: Hashable, Sendable {
    /// Where credentials are found without other credentials.
    package enum Source: Hashable, Sendable {
        case keys(Credentials)
        case webIdentity(WebIdentity)
        case sso(SSOSource)
        /// An `sso-session` without account and role, which is for tokens, not for credentials.
        case ssoToken(session: String, startURL: String, region: String)
        case login(session: String)
        /// - Parameter accountID: what the profile says, for programs that do not.
        case process(command: String, accountID: String?)
        case named(NamedSource)
    }

    /// The values of `credential_source`.
    package enum NamedSource: String, Sendable, CaseIterable {
        case environment = "Environment"
        case instance = "Ec2InstanceMetadata"
        case container = "EcsContainer"
    }

    /// A role that is assumed with other credentials.
    package struct Role: Hashable, Sendable {
        package var arn: String
        package var sessionName: String?
        package var externalID: String?
        /// Seconds, 900 to 43,200; `nil` leaves it to STS.
        package var duration: Int?
        package var mfaSerial: String?
        /// The profile that says all this, for messages.
        package var profile: String
    }

    package let source: Source
    /// The profile that the source is in.
    package let sourceProfile: String
    /// In the order in which they are assumed.
    package let roles: [Role]
    /// What is configured and not used, one clause each.
    package let warnings: [String]

    /// Follows `source_profile` from the profile `name` to its end.
    package init(_ name: String, in configuration: SharedConfiguration) throws(Fault) {
        var roles: [Role] = []
        var warnings: [String] = []
        var visited: [String] = []
        var current = name
        while true {
            guard let properties = configuration.profiles[current] else {
                throw Fault.missing(current, wantedBy: visited.last, in: configuration.places)
            }
            guard !visited.contains(current) else {
                throw Fault(
                    .loop, profile: name,
                    "source_profile leads back to \(current): end it in a profile with credentials")
            }
            visited.append(current)
            let section = ProfileSection(
                name: current, properties: properties, configuration: configuration)
            // After the first profile keys go before a role, as in all SDKs.
            if !roles.isEmpty, let keys = try? section.keys() {
                source = .keys(keys)
                warnings += section.warnings(using: .keys)
                break
            }
            if let role = try section.role() {
                roles.append(role)
                if let next = try section.next(), next != current {
                    warnings += section.warnings(using: .role)
                    current = next
                    continue
                }
            }
            source = try section.source(isFirst: roles.isEmpty)
            warnings += section.warnings(using: nil)
            break
        }
        sourceProfile = current
        self.roles = roles.reversed()
        self.warnings = warnings
    }
}

extension ProfileChain {
    /// Why a profile stands for nothing that could be used.
    package struct Fault: Error, Hashable, Sendable {
        package enum Code: Hashable, Sendable {
            /// The profile that was selected is in no file.
            case noProfile
            /// The profile that was selected has no credentials, nor a way to any.
            case nothingConfigured
            /// As above, of a profile that another one needs.
            case sourceWithoutCredentials
            case sourceProfileMissing
            case loop
            case roleWithoutSource
            case twoSourcesOfRole
            case webIdentityWithoutRole
            case keysWithoutSecret
            case keysWithoutID
            case ssoIncomplete
            case ssoSettingsTwice
            case ssoSessionMissing
            /// A value that is none of those that the property may have.
            case badValue
        }

        package let code: Code
        package let profile: String
        /// One clause that names the property.
        package let reason: String

        init(_ code: Code, profile: String, _ reason: String) {
            self.code = code
            self.profile = profile
            self.reason = reason
        }

        fileprivate static func missing(
            _ name: String, wantedBy profile: String?, in places: String
        ) -> Fault {
            guard let profile else {
                return Fault(.noProfile, profile: name, "it is not in \(places)")
            }
            return Fault(
                .sourceProfileMissing, profile: profile,
                "its source_profile \(name) is not in \(places)")
        }

        /// Whether the next place may be asked for credentials instead.
        package var isAbsence: Bool { code == .noProfile || code == .nothingConfigured }

        package var message: String { "profile \(profile): \(reason)" }
    }
}
