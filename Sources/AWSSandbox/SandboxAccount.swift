package import SigV4

/// One account of a sandbox, from behind the scenes: who is there, who may what, and what it holds.
///
/// Nothing that is done or read here counts as a call.
package struct SandboxAccount: Sendable {
    /// Twelve digits.
    package let id: String
    let sandbox: Sandbox

    /// Adds a role and gives its ARN.
    ///
    /// - Parameters:
    ///   - trust: who may assume it, as JSON; `nil` is `ecs-tasks.amazonaws.com`.
    ///   - maximumSession: seconds, 3,600 to 43,200.
    @discardableResult
    package func addRole(
        _ name: String, path: String = "/", boundary: String? = nil, trust: String? = nil,
        maximumSession: Int = 3600
    ) -> String {
        let terms = RoleTerms(
            trust: trust ?? RoleTerms.defaultTrust, maximumSession: maximumSession)
        return add(.role, name, path: path, boundary: boundary, terms: terms)
    }

    /// Adds a user and gives its ARN.
    @discardableResult
    package func addUser(
        _ name: String, path: String = "/", boundary: String? = nil
    ) -> String {
        add(.user, name, path: path, boundary: boundary)
    }

    /// Adds a group and gives its ARN.
    @discardableResult
    package func addGroup(_ name: String, path: String = "/") -> String {
        add(.group, name, path: path, boundary: nil)
    }

    /// A new access key.
    ///
    /// `principal` is `root`, `user/NAME` or `role/NAME`, or one of these as an ARN; who is not
    /// there is added. A role's key is that of a session, with a token.
    package func accessKey(for principal: String) -> SigningCredential {
        let arn = arn(of: principal)
        let resource = arn.split(separator: ":").last.map(String.init) ?? principal
        let name = resource.split(separator: "/").last.map(String.init) ?? ""
        let isRole = resource.hasPrefix("role/")
        if isRole || resource.hasPrefix("user/") {
            let path = resource.dropFirst(4).dropLast(name.count)
            if isRole {
                addRole(name, path: String(path))
            } else {
                addUser(name, path: String(path))
            }
        }
        let caller = isRole ? "arn:aws:sts::\(id):assumed-role/\(name)/sandbox" : arn
        return sandbox.changeWorld { [id] world in
            let key = FrontDoor.AccessKey(
                id: (isRole ? "ASIA" : "AKIA") + world.random.text(16, of: .base32),
                secret: world.random.text(40, of: .alphanumeric),
                token: isRole ? world.random.text(120, of: .alphanumeric) : nil, account: id,
                caller: caller, principal: arn, created: world.now,
                session: isRole ? Session(kind: .role) : nil)
            world.withAccount(id) { $0.accessKeys[key.id] = key }
            return key.credential
        }
    }

    /// Lets the account trust an OpenID Connect provider, as CreateOpenIDConnectProvider does, and
    /// gives its ARN.
    ///
    /// - Parameter issuer: without `https://`, as trust policies write it.
    @discardableResult
    package func addIdentityProvider(
        _ issuer: String, audiences: [String] = ["sts.amazonaws.com"]
    ) -> String {
        let arn = "arn:aws:iam::\(id):oidc-provider/\(issuer)"
        sandbox.change(id) { account in
            account.identityProviders[issuer] = IdentityProvider(
                arn: arn, issuer: issuer, audiences: audiences)
        }
        return arn
    }

    /// Adds a Lambda function for rotations, in the region that its ARN names, or changes it.
    ///
    /// - Parameters:
    ///   - permitsSecretsManager: whether its policy lets Secrets Manager invoke it.
    ///   - fails: whether its rotations fail half-way, leaving AWSPENDING behind.
    ///   - behaviour: what else it does; `fails` goes before it.
    package func addFunction(
        _ arn: String, permitsSecretsManager: Bool = true, fails: Bool = false,
        behaviour: RotationBehaviour = .succeeds
    ) {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 7 else { return }
        read(in: String(parts[3])) { region in
            region.functions[arn] = RotationFunction(
                arn: arn, permissions: permitsSecretsManager ? [.secretsManager] : [],
                behaviour: fails ? .fails(at: .setSecret) : behaviour)
        }
    }

    /// Says that a service owns a secret, and rotates it without a function.
    package func setOwner(_ service: String, of name: String, in region: String) {
        read(in: region) { $0.secrets[name]?.owner = service }
    }

    /// Lets the copies of a secret fail that are to be made in `region`, with `message`; `nil` lets
    /// them succeed again.
    ///
    /// - Parameter name: of the secret; `*` stands for all.
    package func failReplication(of name: String = "*", to region: String, _ message: String?) {
        read(in: region) { $0.replicationFailures[name] = message }
    }

    /// Gives a user, role or group an inline policy, or changes it.
    ///
    /// - Parameter principal: as in `accessKey(for:)`; nothing happens where it is not there.
    package func putPolicy(_ name: String, _ document: String, for principal: String) {
        let arn = arn(of: principal)
        sandbox.change(id) { account in
            guard let entity = account.entity(arn: arn) else { return }
            account.entities[entity.kind]?[entity.name]?.inline[name] = document
        }
    }

    /// Attaches a managed policy to a user, role or group, beside those that are.
    ///
    /// - Parameter arn: of a policy of the account, or AWS's own AdministratorAccess.
    package func attachPolicy(_ arn: String, to principal: String) {
        let principal = self.arn(of: principal)
        sandbox.change(id) { account in
            guard let entity = account.entity(arn: principal), !entity.attached.contains(arn)
            else { return }
            account.entities[entity.kind]?[entity.name]?.attached.append(arn)
        }
    }

    /// Takes an action away from a principal: `secretsmanager:GetSecretValue`, `kms:*`.
    ///
    /// What is not taken away is allowed. The principal is named as in `accessKey(for:)`.
    package func deny(_ action: String, for principal: String) {
        let arn = arn(of: principal)
        sandbox.change(id) { $0.denials[arn, default: Denials()].add(action) }
    }

    /// Gives an action back that was taken away by the same words.
    package func allow(_ action: String, for principal: String) {
        let arn = arn(of: principal)
        sandbox.change(id) { $0.denials[arn]?.remove(action) }
    }

    /// Runs `body` on a region, which an unused one becomes with it.
    @discardableResult
    func read<R: Sendable>(
        in region: String, _ body: @Sendable (inout Region) -> R
    ) -> R {
        sandbox.change(id) { $0.with(region: region) { region in body(&region) } }
    }

    private func arn(of principal: String) -> String {
        principal.hasPrefix("arn:") ? principal : "arn:aws:iam::\(id):\(principal)"
    }

    /// Adds an entity, or finds the one of that kind and name.
    @discardableResult
    private func add(
        _ kind: IAMEntity.Kind, _ name: String, path: String, boundary: String?,
        terms: RoleTerms? = nil
    ) -> String {
        sandbox.changeWorld { [id] world in
            let now = world.now
            return world.withAccount(id) { account in
                if let known = account.entities[kind]?[name] { return known.arn }
                return account.add(
                    kind, name, path: path, at: now, boundary: boundary, role: terms
                ).arn
            }
        }
    }
}
