extension Call {
    /// Everything that IAM has to allow for the call: its action, and what AWS does in the caller's
    /// name on the way, such as encrypting a value or tagging what is made.
    ///
    /// From the tables of the Service Authorization Reference (resource types, dependent actions).
    ///
    /// - Parameter encryption: what encrypts the plan's secrets.
    package func permissions(in identity: Identity, _ encryption: Encryption) -> [Permission] {
        switch self {
        case .key(let call): call.permissions(action, in: identity)
        case .secret(let call): call.permissions(action, in: identity, encryption)
        case .policy(let call): call.permissions(action, in: identity)
        case .role(let call): call.permissions(action, in: identity)
        }
    }

    /// The key that a plan's secrets are encrypted with.
    package struct Encryption: Hashable, Sendable {
        package let key: KeyReference
        /// Whether the plan owns it: then its policy leaves nothing that IAM must not allow too.
        package let isOurs: Bool

        package init(_ key: KeyReference, isOurs: Bool) {
            self.key = key
            self.isOurs = isOurs
        }
    }
}

extension KeyCall {
    fileprivate func permissions(_ action: String, in identity: Identity) -> [Permission] {
        let live = identity.liveContext
        switch self {
        case .create(_, _, _, let tags):
            // The action knows no resource, tagging what it makes does.
            let context = Identity.requestContext(tags)
            return [
                Permission(action, on: "*", context: context),
                Permission(
                    "kms:TagResource", on: identity.kmsARN("key/\(Permission.anyKeyID)"),
                    context: context),
            ]
        case .createAlias(let alias, let key):
            // It is checked against both.
            return [
                Permission(action, on: identity.kmsARN(alias), context: live),
                Permission(action, on: identity.arn(of: key), context: live),
            ]
        case .tag(let key, let tags):
            let context = live.merging(Identity.requestContext(tags)) { $1 }
            return [Permission(action, on: identity.arn(of: key), context: context)]
        case .updateDescription(let key, _), .enableRotation(let key, _), .disableRotation(let key),
            .putPolicy(let key, _), .untag(let key, _), .cancelDeletion(let key), .enable(let key),
            .scheduleDeletion(let key, _):
            return [Permission(action, on: identity.arn(of: key), context: live)]
        }
    }
}

extension SecretCall {
    fileprivate func permissions(
        _ action: String, in identity: Identity, _ encryption: Call.Encryption
    ) -> [Permission] {
        let arn = identity.secretARNPattern(path: secret)
        let live = identity.liveContext
        switch self {
        case .create(_, _, let key, let value, let tags):
            let context = Identity.requestContext(tags)
            let own = Call.Encryption(key, isOurs: encryption.isOurs)
            return [
                Permission(action, on: arn, context: context),
                Permission("secretsmanager:TagResource", on: arn, context: context),
            ] + (value == nil ? [] : identity.usePermissions(own, for: arn))
        case .putValue:
            return [Permission(action, on: arn, context: live)]
                + identity.usePermissions(encryption, for: arn)
        case .update(_, _, let key):
            // With another key its versions are encrypted anew.
            let actions = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]
            let use = identity.usePermissions(encryption, for: arn, actions)
            return [Permission(action, on: arn, context: live)] + (key == nil ? [] : use)
        case .tag(_, let tags):
            let context = live.merging(Identity.requestContext(tags)) { $1 }
            return [Permission(action, on: arn, context: context)]
        case .rotate(_, let rules, _):
            let invoked = rules.function.map { function in
                Permission(
                    "lambda:InvokeFunction", on: function,
                    otherwise: "the function's own policy")
            }
            return [Permission(action, on: arn, context: live)] + [invoked].compactMap(\.self)
        case .replicate(_, let region, let key):
            return [Permission(action, on: arn, context: live)]
                + identity.usePermissions(encryption, for: arn, ["kms:Decrypt"])
                + identity.copyPermissions(key, in: region, of: secret)
        case .putPolicy:
            return [action, "secretsmanager:ValidateResourcePolicy"].map {
                Permission($0, on: arn, context: live)
            }
        case .moveCurrent, .removeStagedLabel, .removeLabel, .untag, .restore, .delete,
            .cancelRotation, .removeReplica, .removePolicy:
            return [Permission(action, on: arn, context: live)]
        }
    }

    /// The whole name.
    private var secret: String {
        switch self {
        case .create(let name, _, _, _, _), .update(let name, _, _), .putValue(let name, _),
            .moveCurrent(let name, _), .removeStagedLabel(let name, _),
            .removeLabel(let name, _, _), .tag(let name, _), .untag(let name, _),
            .restore(let name), .delete(let name, _), .rotate(let name, _, _),
            .cancelRotation(let name), .replicate(let name, _, _), .removeReplica(let name, _),
            .putPolicy(let name, _, _), .removePolicy(let name):
            name
        }
    }
}

extension PolicyCall {
    fileprivate func permissions(_ action: String, in identity: Identity) -> [Permission] {
        switch self {
        case .create(let name, let path, _, let tags):
            let arn = identity.iamARN("policy\(path)\(name)")
            let context = Identity.requestContext(tags)
            return [
                Permission(action, on: arn, context: context),
                Permission("iam:TagPolicy", on: arn, context: context),
            ]
        case .tag(let arn, let tags):
            let context = identity.liveContext.merging(Identity.requestContext(tags)) { $1 }
            return [Permission(action, on: arn, context: context)]
        case .createVersion(let arn, _), .deleteVersion(let arn, _), .delete(let arn),
            .untag(let arn, _):
            return [Permission(action, on: arn, context: identity.liveContext)]
        case .attach(let arn, let principal), .detach(let arn, let principal):
            // Who gets it is the resource; which policy, a condition.
            return [
                Permission(
                    action, on: identity.iamARN(principal.description),
                    context: ["iam:PolicyARN": [arn]])
            ]
        }
    }
}

extension RoleCall {
    fileprivate func permissions(_ action: String, in identity: Identity) -> [Permission] {
        switch self {
        case .create(let name, let path, _, let boundary, let tags):
            let arn = identity.iamARN("role\(path)\(name)")
            let context = Identity.requestContext(tags)
            let bound = boundary.map { ["iam:PermissionsBoundary": [$0]] } ?? [:]
            return [
                Permission(action, on: arn, context: context.merging(bound) { $1 }),
                Permission("iam:TagRole", on: arn, context: context),
            ]
        case .tag(let arn, let tags):
            let context = identity.liveContext.merging(Identity.requestContext(tags)) { $1 }
            return [Permission(action, on: arn, context: context)]
        case .putBoundary(let arn, let boundary):
            let bound = ["iam:PermissionsBoundary": [boundary]]
            return [
                Permission(action, on: arn, context: identity.liveContext.merging(bound) { $1 })
            ]
        case .putTrust(let arn, _), .untag(let arn, _), .delete(let arn):
            return [Permission(action, on: arn, context: identity.liveContext)]
        }
    }
}

extension Identity {
    /// The ARN of a KMS resource of this account and region, such as `alias/gaara-store/staging`.
    package func kmsARN(_ resource: String) -> String {
        "arn:\(partition):kms:\(region):\(account):\(resource)"
    }

    /// The ARN of a key; of one that is not made yet, with `?` for its id.
    package func arn(of key: KeyReference) -> String {
        switch key {
        case .known(let arn): arn
        case .made: kmsARN("key/\(Permission.anyKeyID)")
        }
    }

    /// What carries our tags already.
    package var liveContext: [String: [String]] {
        Dictionary(uniqueKeysWithValues: tags.map { ("aws:ResourceTag/\($0.key)", [$0.value]) })
    }

    fileprivate static func requestContext(_ tags: [String: String]) -> [String: [String]] {
        var context = ["aws:TagKeys": tags.keys.sorted()]
        for (key, value) in tags { context["aws:RequestTag/\(key)"] = [value] }
        return context
    }

    /// What Secrets Manager does in the caller's name with the key of a replica's region (Secrets
    /// Manager API, ReplicateSecretToRegions, "Required permissions"); nothing with AWS's own key.
    fileprivate func copyPermissions(
        _ key: String?, in region: String, of path: String
    ) -> [Permission] {
        guard let key else { return [] }
        let there = Identity(
            application: application, environment: environment, account: account, region: region)
        let arn = key.hasPrefix("arn:") ? key : there.kmsARN("key/\(Permission.anyKeyID)")
        return there.usePermissions(
            Call.Encryption(.known(arn: arn), isOurs: false),
            for: there.secretARNPattern(path: path), ["kms:Encrypt", "kms:GenerateDataKey"])
    }

    /// What Secrets Manager does with the key in the caller's name (Secrets Manager API, CreateSecret
    /// and UpdateSecret, "Required permissions").
    fileprivate func usePermissions(
        _ encryption: Call.Encryption, for secretARN: String,
        _ actions: [String] = ["kms:Decrypt", "kms:GenerateDataKey"]
    ) -> [Permission] {
        actions.map { action in
            Permission(
                action, on: arn(of: encryption.key),
                context: [
                    "kms:ViaService": ["secretsmanager.\(region).amazonaws.com"],
                    "kms:EncryptionContext:SecretARN": [secretARN],
                ], otherwise: encryption.isOurs ? nil : "the key's own policy")
        }
    }
}
