package import SigV4

/// One account of a sandbox, from behind the scenes: who is there, who may what, and what it holds.
///
/// Nothing that is done or read here counts as a call.
package struct SandboxAccount: Sendable {
    /// Twelve digits.
    package let id: String
    let sandbox: Sandbox

    /// Adds a role and gives its ARN.
    @discardableResult
    package func addRole(
        _ name: String, path: String = "/", boundary: String? = nil
    ) -> String {
        add(.role, name, path: path, boundary: boundary)
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
            add(isRole ? .role : .user, name, path: String(path), boundary: nil)
        }
        let caller = isRole ? "arn:aws:sts::\(id):assumed-role/\(name)/sandbox" : arn
        return sandbox.changeWorld { [id] world in
            let credential = SigningCredential(
                accessKeyID: (isRole ? "ASIA" : "AKIA") + world.random.text(16, of: .base32),
                secretAccessKey: world.random.text(40, of: .alphanumeric),
                sessionToken: isRole ? world.random.text(120, of: .alphanumeric) : nil)
            world.accessKeys[credential.accessKeyID] = FrontDoor.AccessKey(
                credential: credential, account: id, caller: caller, principal: arn)
            return credential
        }
    }

    /// Adds a Lambda function for rotations, in the region that its ARN names, or changes it.
    ///
    /// - Parameters:
    ///   - permitsSecretsManager: whether its policy lets Secrets Manager invoke it.
    ///   - fails: whether its rotations fail half-way, leaving AWSPENDING behind.
    package func addFunction(
        _ arn: String, permitsSecretsManager: Bool = true, fails: Bool = false
    ) {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 7 else { return }
        read(in: String(parts[3])) { region in
            region.functions[arn] = RotationFunction(
                arn: arn, permissions: permitsSecretsManager ? [.secretsManager] : [],
                fails: fails)
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
        _ kind: IAMEntity.Kind, _ name: String, path: String, boundary: String?
    ) -> String {
        sandbox.changeWorld { [id] world in
            let now = world.now
            var account = world.accounts[id] ?? Account(seed: world.seed, id: id)
            if let known = account.entities[kind]?[name] { return known.arn }
            let entity = IAMEntity(
                kind: kind, name: name, path: path,
                id: kind.idPrefix + account.random.text(17, of: .base32),
                arn: "arn:aws:iam::\(id):\(kind.rawValue.memberName)\(path)\(name)",
                created: now, boundary: boundary)
            account.entities[kind, default: [:]][name] = entity
            world.accounts[id] = account
            if kind != .group { world.principals.insert(entity.arn) }
            return entity.arn
        }
    }
}
