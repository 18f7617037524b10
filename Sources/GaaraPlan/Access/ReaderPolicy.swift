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

    package init(of access: Access, in plan: Plan) {
        identity = plan.identity
        secrets = access.read
        isBatch = access.isBatch
        keyAlias = plan.keys.first { $0.role == .data }?.alias ?? plan.identity.prefix
    }

    /// The document that is applied.
    ///
    /// - Parameter keyARN: of the data key; an alias's ARN would not authorise the use of its key
    ///   (KMS Developer Guide, "Specifying KMS keys in IAM policy statements").
    package func document(keyARN: String) -> PolicyDocument {
        document(decrypting: keyARN, when: throughSecretsManager)
    }

    /// The document for a file that is written before anybody knows the key's ARN: it names the
    /// key by its alias, which counts in authorisation minutes after it is set (KMS Developer
    /// Guide, "ABAC for AWS KMS").
    package var portableDocument: PolicyDocument {
        let keys = "arn:\(identity.partition):kms:\(identity.region):\(identity.account):key/*"
        let alias = PolicyCondition(.anyStringEquals, "kms:ResourceAliases", ["alias/\(keyAlias)"])
        return document(decrypting: keys, when: throughSecretsManager + [alias])
    }

    private var throughSecretsManager: [PolicyCondition] {
        identity.throughSecretsManager(for: secrets.map(identity.secretARNPattern))
    }

    private func document(
        decrypting key: String, when conditions: [PolicyCondition]
    ) -> PolicyDocument {
        var statements = [
            PolicyStatement(
                "ReadSecretValues",
                actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
                resources: secrets.map(identity.secretARNPattern)),
            PolicyStatement(
                "DecryptOnlyThroughSecretsManager", actions: ["kms:Decrypt"], resources: [key],
                conditions: conditions),
        ]
        if isBatch {
            // The action has no resource types and no condition keys of its own (Service
            // Authorization Reference).
            statements.append(
                PolicyStatement(
                    "BatchRead", actions: ["secretsmanager:BatchGetSecretValue"],
                    resources: ["*"],
                    conditions: [
                        PolicyCondition(.stringEquals, "aws:RequestedRegion", [identity.region])
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
