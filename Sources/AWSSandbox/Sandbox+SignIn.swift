/// Somebody's sign-in to IAM Identity Center, as `aws sso login` leaves it in its cache.
package struct SandboxSignInTokens: Hashable, Sendable {
    package let clientID: String
    package let clientSecret: String
    package let accessToken: String
    package let refreshToken: String
    /// When the access token ends, in seconds since 1970.
    package let expiration: Int
}

extension SandboxAccount {
    /// Signs somebody in, from behind the scenes, to permission sets of this account.
    ///
    /// Each becomes a role of the account that only AWS may change, as IAM Identity Center makes
    /// it: `AWSReservedSSO_{name}_{16 digits}`.
    ///
    /// - Parameter seconds: how long the sign-in can be renewed.
    package func signIn(
        _ person: String, to permissionSets: [String], for seconds: Int = 8 * 3600
    ) -> SandboxSignInTokens {
        sandbox.changeWorld { [id] world in
            let now = world.now
            let roles = permissionSets.map { name in
                SignIn.Role(account: id, name: name, role: world.reservedRole(name, in: id))
            }
            let client = world.random.text(22, of: .alphanumeric)
            let secret = world.random.text(64, of: .alphanumeric)
            // A registration lasts 90 days (IAM Identity Center OIDC API reference,
            // RegisterClient).
            world.signIn.clients[client] = SignIn.Client(secret: secret, expires: now + 90 * 86_400)
            let tokens = world.beginSignIn(
                of: SignIn.Person(
                    name: person, client: client, roles: roles, expires: now + seconds))
            return SandboxSignInTokens(
                clientID: client, clientSecret: secret, accessToken: tokens.access,
                refreshToken: tokens.refresh,
                expiration: min(now + World.accessTokenLife, now + seconds))
        }
    }
}

extension World {
    /// The name of the role of a permission set, which is made with its first use.
    fileprivate mutating func reservedRole(_ name: String, in id: String) -> String {
        let now = now
        return withAccount(id) { account in
            let prefix = "AWSReservedSSO_\(name)_"
            let names = account.entities[.role, default: [:]].keys
            let known = names.first {
                $0.hasPrefix(prefix) && $0.utf8.count == prefix.utf8.count + 16
            }
            if let known { return known }
            let role = prefix + account.random.text(16, of: .hexadecimal)
            let trust =
                #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","#
                + #""Principal":{"Federated":"arn:aws:iam::\#(id):saml-provider/AWSSSO"},"#
                + #""Action":["sts:AssumeRoleWithSAML","sts:TagSession"]}]}"#
            account.add(
                .role, role, path: "/aws-reserved/sso.amazonaws.com/", at: now,
                role: RoleTerms(trust: trust, maximumSession: 3600, isProtected: true))
            return role
        }
    }
}
