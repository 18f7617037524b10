/// An OpenID Connect provider that an account trusts.
struct IdentityProvider: Hashable, Sendable, Codable {
    let arn: String
    /// The issuer without `https://`.
    let issuer: String
    /// The audiences that its tokens may have.
    var audiences: [String]
}

/// IAM Identity Center: the clients that are registered, and who has signed in to which roles.
struct SignIn: Sendable, Codable {
    struct Client: Hashable, Sendable, Codable {
        let secret: String
        /// Seconds since 1970.
        let expires: Int
    }

    /// A role that somebody may take.
    struct Role: Hashable, Sendable, Codable {
        let account: String
        /// The permission set, `ReadOnly`; the role in the account has a longer name.
        let name: String
        /// The name of that role.
        let role: String
    }

    /// Somebody who has signed in.
    struct Person: Hashable, Sendable, Codable {
        let name: String
        let client: String
        let roles: [Role]
        /// When the sign-in itself ends, in seconds since 1970: nothing is renewed after it.
        let expires: Int
    }

    struct AccessToken: Hashable, Sendable, Codable {
        let person: Person
        /// Seconds since 1970.
        let expires: Int
    }

    var clients: [String: Client] = [:]
    var accessTokens: [String: AccessToken] = [:]
    /// Each is good for one renewal.
    var refreshTokens: [String: Person] = [:]

    mutating func settle(now: Int) {
        accessTokens = accessTokens.filter { $1.expires > now }
        refreshTokens = refreshTokens.filter { $1.expires > now }
    }
}
