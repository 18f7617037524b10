internal import GaaraStore

/// What the policies of the plan's two keys have in common: who administers them.
///
/// Every statement names the account's root, which leaves the choice to IAM, and narrows it with
/// `aws:PrincipalArn`: so a role need not exist yet when the key is made, none turns into an
/// `AROA...` id when it is deleted, and both sides must allow. An administrator with `kms:*` in IAM
/// cannot decrypt.
struct KeyPolicy {
    let plan: Plan
    let key: Key

    private var identity: Identity { plan.identity }

    /// The policy of one key that the plan owns.
    ///
    /// Where the names of the secrets would make it longer than KMS takes, it names them by their
    /// prefix: whoever uses the key still needs Secrets Manager's permission for each of them
    /// (reference/iam.md section A5, the ladder of sizes).
    var document: PolicyDocument {
        let exact = document(isExact: true)
        let limit = PolicyLimit.keyPolicy
        return limit.size(of: exact) <= limit.maximum ? exact : document(isExact: false)
    }

    private func document(isExact: Bool) -> PolicyDocument {
        var id = "\(identity.application)-\(identity.environment)"
        switch key.role {
        case .data:
            return PolicyDocument(
                id: id, statements: administration + planning + secretUse(isExact: isExact))
        case .valueTokens:
            id += "-value-tokens"
            return PolicyDocument(id: id, statements: administration + planning + tokenUse)
        }
    }

    /// Where the plan names administrators, they and the appliers administer, and the rest of the
    /// account may look and put a policy back: PutKeyPolicy is never conditional, so that nobody is
    /// locked out.
    ///
    /// Else everyone administers whom IAM lets.
    ///
    /// Without `operators.applier` nobody knows who applies, so the applier's statement has no
    /// condition either.
    private var administration: [PolicyStatement] {
        guard !key.administrators.isEmpty else {
            return [grant("AccountAdministersButDoesNotUse", Self.administering(key.role))]
        }
        return [
            grant("AccountLooksAndRestoresThePolicy", Self.restoring(key.role)),
            grant(
                "AdministratorsAdministerButDoNotUse", Self.administering(key.role),
                to: key.administrators.map(identity.iamARN)),
            grant(
                "ApplierManages", Self.managing(key.role),
                to: appliers.isEmpty ? nil : appliers),
        ]
    }

    /// Planners look, and neither change nor use.
    private var planning: [PolicyStatement] {
        let planners = plan.operators.planner.map(identity.iamARN)
        guard !planners.isEmpty else { return [] }
        return [grant("PlannerLooks", Self.reading(key.role), to: planners)]
    }

    /// Who may compute a value token may test guesses of weak values: appliers and migrators, not
    /// the planner of a pull request (design 5.2).
    private var tokenUse: [PolicyStatement] {
        let algorithm = PolicyCondition(.stringEquals, "kms:MacAlgorithm", ["HMAC_SHA_256"])
        return [
            grant(
                "WritersMayBeAllowedValueTokens", ["kms:GenerateMac"],
                to: appliers.isEmpty ? nil : appliers + migrators, when: [algorithm])
        ]
    }

    var appliers: [String] { plan.operators.applier.map(identity.iamARN) }
    var migrators: [String] { plan.operators.migrator.map(identity.iamARN) }

    /// A statement for this key.
    ///
    /// - Parameter principals: ARNs, with `*` and `?` as wildcards; `nil` for all whom IAM lets.
    func grant(
        _ sid: String, _ actions: [String], to principals: [String]? = nil,
        when conditions: [PolicyCondition] = []
    ) -> PolicyStatement {
        let named = principals.map { [PolicyCondition(.arnLike, "aws:PrincipalArn", $0)] } ?? []
        return PolicyStatement(
            sid, principal: .aws([identity.iamARN("root")]), actions: actions, resources: ["*"],
            conditions: named + conditions)
    }

    private static func reading(_ role: Key.Role) -> [String] {
        let reading = [
            "kms:DescribeKey", "kms:GetKeyPolicy", "kms:ListGrants", "kms:ListKeyPolicies",
            "kms:ListResourceTags",
        ]
        return reading + (role == .data ? ["kms:GetKeyRotationStatus"] : [])
    }

    private static func restoring(_ role: Key.Role) -> [String] {
        reading(role) + ["kms:PutKeyPolicy"]
    }

    /// What apply and destroy do to a key.
    private static func managing(_ role: Key.Role) -> [String] {
        let changing = [
            "kms:CancelKeyDeletion", "kms:CreateAlias", "kms:DeleteAlias", "kms:EnableKey",
            "kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource", "kms:UpdateAlias",
            "kms:UpdateKeyDescription",
        ]
        // An HMAC key has no rotation (KMS Developer Guide, "HMAC keys").
        let rotation = ["kms:DisableKeyRotation", "kms:EnableKeyRotation"]
        return restoring(role) + changing + (role == .data ? rotation : [])
    }

    private static func administering(_ role: Key.Role) -> [String] {
        managing(role) + ["kms:DisableKey", "kms:RevokeGrant"]
    }
}
