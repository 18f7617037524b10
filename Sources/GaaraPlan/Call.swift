/// Every write that the tool can make to an account.
///
/// There is no other: the applier is one exhaustive switch over these cases and those of the four
/// enums below, so that whoever reads this file knows all that can happen.
///
/// A call never holds a value. A created value stands as its source, a changed one as its token;
/// what is not made yet stands as a reference.
package enum Call: Hashable, Sendable {
    case key(KeyCall)
    case secret(SecretCall)
    case policy(PolicyCall)
    case role(RoleCall)
}

/// Every write to KMS.
package enum KeyCall: Hashable, Sendable {
    case create(role: Key.Role, description: String, policy: String, tags: [String: String])
    case createAlias(String, key: KeyReference)
    case updateDescription(KeyReference, String)
    case enableRotation(KeyReference, days: Int)
    case disableRotation(KeyReference)
    case putPolicy(KeyReference, String)
    case tag(KeyReference, [String: String])
    case untag(KeyReference, [String])
    /// Leaves the key disabled; `enable` follows (KMS API, CancelKeyDeletion).
    case cancelDeletion(KeyReference)
    case enable(KeyReference)
    /// The key is unusable at once, and gone after so many days.
    case scheduleDeletion(KeyReference, days: Int)
}

/// Every write to Secrets Manager; each names the secret by its whole name.
package enum SecretCall: Hashable, Sendable {
    case create(
        String, description: String, key: KeyReference, value: ValueSource?,
        tags: [String: String])
    case update(String, description: String?, key: KeyReference?)
    case putValue(String, ValueWrite)
    /// AWSCURRENT goes to the version just put, from the one that was seen: the compare-and-set.
    case moveCurrent(String, ValueWrite)
    case removeStagedLabel(String, ValueWrite)
    /// A label that a cancelled rotation or an interrupted write left behind.
    case removeLabel(String, String, version: String)
    case tag(String, [String: String])
    case untag(String, [String])
    case restore(String)
    case delete(String, recoveryWindowDays: Int)
    case rotate(String, Rotation.Rules, immediately: Bool)
    case cancelRotation(String)
    /// - Parameter key: of that region; `nil` is AWS's own.
    case replicate(String, region: String, key: String?)
    case removeReplica(String, region: String)
    /// - Parameter seen: the policy in force when the plan looked.
    case putPolicy(String, seen: Secret.Live.ResourcePolicy, String)
    case removePolicy(String)
}

/// Every write to IAM.
package enum PolicyCall: Hashable, Sendable {
    case create(name: String, path: String, document: String, tags: [String: String])
    case createVersion(arn: String, document: String)
    case deleteVersion(arn: String, version: String)
    case delete(arn: String)
    case tag(arn: String, [String: String])
    case untag(arn: String, [String])
    case attach(arn: String, Principal)
    case detach(arn: String, Principal)
}

/// Every write to roles.
package enum RoleCall: Hashable, Sendable {
    /// - Parameter boundary: the ARN of a policy.
    case create(
        name: String, path: String, trust: String, boundary: String?, tags: [String: String])
    case putTrust(arn: String, String)
    case putBoundary(arn: String, String)
    case tag(arn: String, [String: String])
    case untag(arn: String, [String])
    case delete(arn: String)
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

extension ValueWrite {
    /// Holds a new version until AWSCURRENT moves to it (design 5.5).
    package static let stagedLabel = "GAARA-STAGED"
}

extension Call {
    /// The IAM action that permits the call, such as `kms:CreateKey`.
    package var action: String {
        switch self {
        case .key(let call): "kms:\(call.operation)"
        case .secret(let call): "secretsmanager:\(call.operation)"
        case .policy(let call): "iam:\(call.operation)"
        case .role(let call): "iam:\(call.operation)"
        }
    }

    /// Whether it carries a value.
    package var writesValue: Bool {
        switch self {
        case .secret(.create(_, _, _, let value, _)): value != nil
        case .secret(.putValue): true
        case .key, .secret, .policy, .role: false
        }
    }
}

extension KeyCall {
    fileprivate var operation: String {
        switch self {
        case .create: "CreateKey"
        case .createAlias: "CreateAlias"
        case .updateDescription: "UpdateKeyDescription"
        case .enableRotation: "EnableKeyRotation"
        case .disableRotation: "DisableKeyRotation"
        case .putPolicy: "PutKeyPolicy"
        case .tag: "TagResource"
        case .untag: "UntagResource"
        case .cancelDeletion: "CancelKeyDeletion"
        case .enable: "EnableKey"
        case .scheduleDeletion: "ScheduleKeyDeletion"
        }
    }
}

extension SecretCall {
    fileprivate var operation: String {
        switch self {
        case .create: "CreateSecret"
        case .update: "UpdateSecret"
        case .putValue: "PutSecretValue"
        case .moveCurrent, .removeStagedLabel, .removeLabel: "UpdateSecretVersionStage"
        case .tag: "TagResource"
        case .untag: "UntagResource"
        case .restore: "RestoreSecret"
        case .delete: "DeleteSecret"
        case .rotate: "RotateSecret"
        case .cancelRotation: "CancelRotateSecret"
        case .replicate: "ReplicateSecretToRegions"
        case .removeReplica: "RemoveRegionsFromReplication"
        case .putPolicy: "PutResourcePolicy"
        case .removePolicy: "DeleteResourcePolicy"
        }
    }
}

extension RoleCall {
    fileprivate var operation: String {
        switch self {
        case .create: "CreateRole"
        case .putTrust: "UpdateAssumeRolePolicy"
        case .putBoundary: "PutRolePermissionsBoundary"
        case .tag: "TagRole"
        case .untag: "UntagRole"
        case .delete: "DeleteRole"
        }
    }
}

extension PolicyCall {
    fileprivate var operation: String {
        switch self {
        case .create: "CreatePolicy"
        case .createVersion: "CreatePolicyVersion"
        case .deleteVersion: "DeletePolicyVersion"
        case .delete: "DeletePolicy"
        case .tag: "TagPolicy"
        case .untag: "UntagPolicy"
        case .attach(_, let principal): "Attach\(principal.operationWord)Policy"
        case .detach(_, let principal): "Detach\(principal.operationWord)Policy"
        }
    }
}

extension Principal {
    fileprivate var operationWord: String {
        switch kind {
        case .role: "Role"
        case .user: "User"
        case .group: "Group"
        }
    }
}
