/// Every write that the tool can make to an account.
///
/// There is no other: the applier is one exhaustive switch over these cases, so that whoever reads
/// this file knows all that can happen.
///
/// A call never holds a value. A created value stands as its source, a changed one as its token;
/// what is not made yet stands as a reference.
package enum Call: Hashable, Sendable {
    // KMS
    case createKey(role: Key.Role, description: String, policy: String, tags: [String: String])
    case createAlias(String, key: KeyReference)
    case updateKeyDescription(KeyReference, String)
    case enableKeyRotation(KeyReference, days: Int)
    case disableKeyRotation(KeyReference)
    case putKeyPolicy(KeyReference, String)
    case tagKey(KeyReference, [String: String])
    case untagKey(KeyReference, [String])
    /// Leaves the key disabled; `enableKey` follows (KMS API, CancelKeyDeletion).
    case cancelKeyDeletion(KeyReference)
    case enableKey(KeyReference)

    // Secrets Manager; each names the secret by its whole name
    case createSecret(
        String, description: String, key: KeyReference, value: ValueSource, tags: [String: String])
    case updateSecret(String, description: String?, key: KeyReference?)
    case putSecretValue(String, ValueWrite)
    /// AWSCURRENT goes to the version just put, from the one that was seen: the compare-and-set.
    case moveCurrent(String, ValueWrite)
    case removeStagedLabel(String, ValueWrite)
    /// What a cancelled rotation leaves behind.
    case removePendingLabel(String, version: String)
    case tagSecret(String, [String: String])
    case untagSecret(String, [String])
    case restoreSecret(String)
    case deleteSecret(String, recoveryWindowDays: Int)
    case rotateSecret(String, Rotation.Rules, immediately: Bool)
    case cancelRotateSecret(String)

    // IAM
    case createPolicy(name: String, path: String, document: String, tags: [String: String])
    case createPolicyVersion(arn: String, document: String)
    case deletePolicyVersion(arn: String, version: String)
    case deletePolicy(arn: String)
    case tagPolicy(arn: String, [String: String])
    case untagPolicy(arn: String, [String])
    case attachPolicy(arn: String, Principal)
    case detachPolicy(arn: String, Principal)
}

/// The new value of a secret that exists, told without it.
package struct ValueWrite: Hashable, Sendable {
    /// The version that held AWSCURRENT when the plan looked; `nil` where none did.
    package let seen: String?
    /// What the new version will be called; `nil` where only apply can tell, since the value is
    /// drawn there or the key of the tokens is not made yet.
    package let token: String?
    package let source: ValueSource

    package init(seen: String?, token: String?, source: ValueSource) {
        self.seen = seen
        self.token = token
        self.source = source
    }
}

extension Call {
    /// The IAM action that permits the call, such as `kms:CreateKey`.
    package var action: String {
        switch self {
        case .createKey: "kms:CreateKey"
        case .createAlias: "kms:CreateAlias"
        case .updateKeyDescription: "kms:UpdateKeyDescription"
        case .enableKeyRotation: "kms:EnableKeyRotation"
        case .disableKeyRotation: "kms:DisableKeyRotation"
        case .putKeyPolicy: "kms:PutKeyPolicy"
        case .tagKey: "kms:TagResource"
        case .untagKey: "kms:UntagResource"
        case .cancelKeyDeletion: "kms:CancelKeyDeletion"
        case .enableKey: "kms:EnableKey"
        case .createSecret: "secretsmanager:CreateSecret"
        case .updateSecret: "secretsmanager:UpdateSecret"
        case .putSecretValue: "secretsmanager:PutSecretValue"
        case .moveCurrent, .removeStagedLabel, .removePendingLabel:
            "secretsmanager:UpdateSecretVersionStage"
        case .tagSecret: "secretsmanager:TagResource"
        case .untagSecret: "secretsmanager:UntagResource"
        case .restoreSecret: "secretsmanager:RestoreSecret"
        case .deleteSecret: "secretsmanager:DeleteSecret"
        case .rotateSecret: "secretsmanager:RotateSecret"
        case .cancelRotateSecret: "secretsmanager:CancelRotateSecret"
        case .createPolicy: "iam:CreatePolicy"
        case .createPolicyVersion: "iam:CreatePolicyVersion"
        case .deletePolicyVersion: "iam:DeletePolicyVersion"
        case .deletePolicy: "iam:DeletePolicy"
        case .tagPolicy: "iam:TagPolicy"
        case .untagPolicy: "iam:UntagPolicy"
        case .attachPolicy(_, let principal):
            switch principal.kind {
            case .role: "iam:AttachRolePolicy"
            case .user: "iam:AttachUserPolicy"
            case .group: "iam:AttachGroupPolicy"
            }
        case .detachPolicy(_, let principal):
            switch principal.kind {
            case .role: "iam:DetachRolePolicy"
            case .user: "iam:DetachUserPolicy"
            case .group: "iam:DetachGroupPolicy"
            }
        }
    }
}
