internal import JSON

/// IAM Identity Center: role credentials for somebody who is signed in, and the renewal of that.
enum SandboxSignIn {
    typealias Operation = @Sendable (Call, Input, inout World) throws(Refused) -> JSON

    /// Every operation that the sandbox knows.
    static let operations: [String: Operation] = [
        "GetRoleCredentials": getRoleCredentials,
        "CreateToken": createToken,
    ]

    static func getRoleCredentials(
        _ call: Call, _ input: Input, _ world: inout World
    ) throws(Refused) -> JSON {
        let account = try member("account_id", of: input)
        let name = try member("role_name", of: input)
        guard let token = try input.text("accessToken", isSecret: true),
            let access = world.signIn.accessTokens[token], access.expires > call.now
        else { throw Refused(.notSignedIn) }
        let person = access.person
        guard let grant = person.roles.first(where: { $0.account == account && $0.name == name }),
            let role = world.accounts[account]?.entities[.role]?[grant.role]
        else { throw Refused(.noAccess) }
        let key = world.withAccount(account) { owner in
            owner.beginSession(
                Session(kind: .signIn),
                caller: "arn:aws:sts::\(account):assumed-role/\(role.name)/\(person.name)",
                principal: role.arn, at: call.now,
                until: call.now + (role.role?.maximumSession ?? 3600))
        }
        return [
            "roleCredentials": [
                "accessKeyId": .string(key.id), "secretAccessKey": .string(key.secret),
                "sessionToken": .string(key.token ?? ""),
                // Milliseconds, unlike all other times of AWS (botocore RoleCredentials).
                "expiration": JSON((key.expires ?? 0) * 1000),
            ]
        ]
    }

    /// A new access token, and a new refresh token in the place of the old one.
    static func createToken(
        _ call: Call, _ input: Input, _ world: inout World
    ) throws(Refused) -> JSON {
        let id = try member("clientId", of: input)
        let secret = try member("clientSecret", of: input)
        let grant = try member("grantType", of: input)
        guard let client = world.signIn.clients[id], client.secret == secret,
            client.expires > call.now
        else { throw Refused(.unknownClient) }
        switch grant {
        case "refresh_token": break
        case "authorization_code", "urn:ietf:params:oauth:grant-type:device_code":
            throw Refused(.unknownOperation, "oidc CreateToken with the grant \(grant)")
        default: throw Refused(.unknownGrant)
        }
        let refresh = try member("refreshToken", of: input)
        guard let person = world.signIn.refreshTokens[refresh], person.client == id,
            person.expires > call.now
        else { throw Refused(.wrongRefreshToken) }
        world.signIn.refreshTokens[refresh] = nil
        let tokens = world.beginSignIn(of: person)
        return [
            "accessToken": .string(tokens.access), "tokenType": "Bearer",
            "expiresIn": JSON(World.accessTokenLife), "refreshToken": .string(tokens.refresh),
        ]
    }

    private static func member(_ name: String, of input: Input) throws(Refused) -> String {
        guard let text = try input.text(name, isSecret: true), !text.isEmpty else {
            throw Refused(.incompleteSignIn, name)
        }
        return text
    }
}

extension World {
    /// Seconds: after an hour a client renews (aws/aws-cli#7340).
    static let accessTokenLife = 3600

    mutating func beginSignIn(of person: SignIn.Person) -> (access: String, refresh: String) {
        let access = random.text(64, of: .alphanumeric)
        let refresh = random.text(64, of: .alphanumeric)
        signIn.accessTokens[access] = SignIn.AccessToken(
            person: person, expires: min(now + Self.accessTokenLife, person.expires))
        signIn.refreshTokens[refresh] = person
        return (access, refresh)
    }
}
