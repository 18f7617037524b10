package import GaaraStore

/// The least that a program needs to read its secrets: the managed policy of one access entry.
///
/// It names whole secrets, never a prefix, and lets the key be used only by Secrets Manager, only
/// for these secrets. A secret that is `external` is read like the others; one that is encrypted
/// with another customer key needs that key's permission from whoever owns it.
package struct ReaderPolicy: Hashable, Sendable {
    package let identity: Identity
    /// In the order of their names.
    package let secrets: [SecretName]
    /// Adds BatchGetSecretValue, which returns only what GetSecretValue allows as well.
    package let isBatch: Bool
    /// Of the data key, without `alias/`.
    package let keyAlias: String
    /// Which of the secrets stand in which other regions too, and under which key.
    package let copies: [Copies]

    /// The replicas of some of the secrets that are alike.
    package struct Copies: Hashable, Sendable {
        package let region: String
        /// `nil` for AWS's own key, which every reader of the account may use through Secrets
        /// Manager (KMS Developer Guide, "AWS managed keys").
        package let key: RegionalKey?
        package let secrets: [SecretName]
    }

    package init(of access: Access, in plan: Plan) {
        identity = plan.identity
        secrets = access.read
        isBatch = access.isBatch
        keyAlias = plan.keys.first { $0.role == .data }?.alias ?? plan.identity.prefix
        copies = Self.copies(of: plan.secrets.filter { access.read.contains($0.name) })
    }

    /// The document that is applied.
    ///
    /// - Parameter regionalKeys: the ARNs of the replicas' keys; one that is not among them is
    ///   named as the plan names it.
    /// - Parameter keyARN: of the data key; an alias's ARN would not authorise the use of its key
    ///   (KMS Developer Guide, "Specifying KMS keys in IAM policy statements").
    package func document(
        keyARN: String, regionalKeys: [RegionalKey: String] = [:]
    ) -> PolicyDocument {
        document(decrypting: keyARN, when: throughSecretsManager) { copies, key in
            (regionalKeys[key] ?? key.name, throughSecretsManager(in: copies))
        }
    }

    /// The document for a file that is written before anybody knows the key's ARN: it names the
    /// key by its alias, which counts in authorisation minutes after it is set (KMS Developer
    /// Guide, "ABAC for AWS KMS").
    package var portableDocument: PolicyDocument {
        let keys = "arn:\(identity.partition):kms:\(identity.region):\(identity.account):key/*"
        let alias = PolicyCondition(.anyStringEquals, "kms:ResourceAliases", ["alias/\(keyAlias)"])
        return document(decrypting: keys, when: throughSecretsManager + [alias]) { copies, key in
            guard key.name.hasPrefix("alias/") else {
                return (key.name, throughSecretsManager(in: copies))
            }
            let alias = PolicyCondition(.anyStringEquals, "kms:ResourceAliases", [key.name])
            return (
                identity(in: copies.region).kmsARN("key/*"),
                throughSecretsManager(in: copies) + [alias]
            )
        }
    }

    private var throughSecretsManager: [PolicyCondition] {
        identity.throughSecretsManager(for: secrets.map(identity.secretARNPattern))
    }

    private func identity(in region: String) -> Identity {
        Identity(
            application: identity.application, environment: identity.environment,
            account: identity.account, region: region)
    }

    private func throughSecretsManager(in copies: Copies) -> [PolicyCondition] {
        let there = identity(in: copies.region)
        return there.throughSecretsManager(for: copies.secrets.map(there.secretARNPattern))
    }

    private static func copies(of secrets: [Secret]) -> [Copies] {
        struct Place: Hashable {
            let region: String
            let key: RegionalKey?
        }
        var names: [Place: [SecretName]] = [:]
        for secret in secrets {
            for replica in secret.replicas ?? [] {
                let key = replica.key.map { RegionalKey(region: replica.region, name: $0) }
                names[Place(region: replica.region, key: key), default: []].append(secret.name)
            }
        }
        return names.map { Copies(region: $0.region, key: $0.key, secrets: $1.sorted()) }
            .sorted { ($0.region, $0.key?.name ?? "") < ($1.region, $1.key?.name ?? "") }
    }

    /// - Parameter there: how the key of some copies is named, and under which conditions.
    private func document(
        decrypting key: String, when conditions: [PolicyCondition],
        _ there: (Copies, RegionalKey) -> (key: String, conditions: [PolicyCondition])
    ) -> PolicyDocument {
        var statements = [
            PolicyStatement(
                "ReadSecretValues",
                actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
                resources: secrets.map(identity.secretARNPattern)
                    + copies.flatMap { copies in
                        copies.secrets.map(identity(in: copies.region).secretARNPattern)
                    }),
            PolicyStatement(
                "DecryptOnlyThroughSecretsManager", actions: ["kms:Decrypt"], resources: [key],
                conditions: conditions),
        ]
        for (index, copies) in copies.enumerated() {
            guard let key = copies.key else { continue }
            let (arn, conditions) = there(copies, key)
            statements.append(
                PolicyStatement(
                    "DecryptReplicas\(index + 1)", actions: ["kms:Decrypt"], resources: [arn],
                    conditions: conditions))
        }
        if isBatch {
            // The action has no resource types and no condition keys of its own (Service
            // Authorization Reference).
            statements.append(
                PolicyStatement(
                    "BatchRead", actions: ["secretsmanager:BatchGetSecretValue"],
                    resources: ["*"],
                    conditions: [
                        PolicyCondition(
                            .stringEquals, "aws:RequestedRegion",
                            [identity.region] + copies.map(\.region))
                    ]))
        }
        return PolicyDocument(statements: statements)
    }
}

extension Identity {
    /// The conditions that let a key be used by Secrets Manager alone, on behalf of the caller and
    /// for these secrets.
    ///
    /// `kms:ViaService` ends in `.amazonaws.com` in every partition, China included (KMS Developer
    /// Guide, "kms:ViaService"). The encryption context is a string, so that its wildcards need
    /// StringLike.
    ///
    /// - Parameter patterns: of the ARNs of the secrets.
    func throughSecretsManager(for patterns: [String]) -> [PolicyCondition] {
        [
            PolicyCondition(
                .stringEquals, "kms:ViaService", ["secretsmanager.\(region).amazonaws.com"]),
            PolicyCondition(
                .stringLike, "kms:EncryptionContext:SecretARN", patterns),
        ]
    }
}
