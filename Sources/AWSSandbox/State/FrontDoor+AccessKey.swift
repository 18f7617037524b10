internal import SigV4

extension FrontDoor {
    /// An access key and whose it is.
    struct AccessKey: Sendable, Codable {
        let id: String
        let secret: String
        /// Only temporary keys have one.
        let token: String?
        let account: String
        /// As STS says it: for a role, a session of it.
        let caller: String
        /// What permissions are about: for a session, its role.
        let principal: String
        /// Seconds since 1970.
        let created: Int
        /// When it ends, in seconds since 1970; `nil` for a key that does not.
        var expires: Int?
        /// The name of the user whose key it is for ListAccessKeys; `nil` for temporary keys and
        /// for those that were made from behind the scenes.
        var user: String?
        var isActive = true
        /// What was agreed when the session began; `nil` for a long-term key.
        var session: Session?

        var credential: SigningCredential {
            SigningCredential(accessKeyID: id, secretAccessKey: secret, sessionToken: token)
        }

        func isExpired(at now: Int) -> Bool { expires.map { $0 <= now } ?? false }

        /// A token that ended weeks ago is no longer told as expired but as unknown
        /// (jrl84/amazon-sp-api#57).
        func isForgotten(at now: Int) -> Bool { expires.map { $0 + 14 * 86_400 <= now } ?? false }

        /// Stands for whoever calls what needs no signature.
        static let nobody = AccessKey(
            id: "", secret: "", token: nil, account: "", caller: "", principal: "", created: 0)
    }
}

/// The terms of a temporary key.
struct Session: Hashable, Sendable, Codable {
    enum Kind: String, Hashable, Sendable, Codable {
        /// Of a role that another principal assumed.
        case role
        /// Of a role that the bearer of an OpenID Connect token assumed.
        case webIdentity
        /// Of a role that IAM Identity Center gave.
        case signIn
        /// Of GetSessionToken: the user again, for a time.
        case token
    }

    let kind: Kind
    /// The inline session policy, as it was sent: what it does not allow is denied.
    var policy: String?
    /// The ARNs of managed session policies.
    var policyARNs: [String] = []
    /// By key, those that were inherited included; a key keeps its case.
    var tags: [String: String] = [:]
    /// The keys of `tags` that a role that is assumed from here inherits.
    var transitive: [String] = []
    var sourceIdentity: String?
    /// The condition keys that the identity provider gave, such as `issuer:sub`.
    var claims: [String: [String]] = [:]
}

extension Account {
    /// A new temporary key of a principal of this account; `random` names it.
    mutating func beginSession(
        _ session: Session, caller: String, principal: String, at now: Int, until expires: Int?
    ) -> FrontDoor.AccessKey {
        let key = FrontDoor.AccessKey(
            id: "ASIA" + random.text(16, of: .base32), secret: random.text(40, of: .alphanumeric),
            token: random.text(320, of: .alphanumeric), account: id, caller: caller,
            principal: principal, created: now, expires: expires, session: session)
        accessKeys[key.id] = key
        return key
    }
}
