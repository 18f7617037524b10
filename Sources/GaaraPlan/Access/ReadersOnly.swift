package import GaaraStore

/// The policy of one secret that denies its value, and every change of it, to all but those whom
/// the plan names.
///
/// A Deny binds administrators and the account's root too, so that whoever may have to help is
/// named: `operators.break-glass` (design 5.12). `aws:PrincipalArn` of an assumed role is the
/// role's ARN, so that its sessions match (IAM User Guide, "aws:PrincipalArn"); services act in
/// their own name.
package struct ReadersOnly: Hashable, Sendable {
    package let secret: SecretName
    /// Who may read the value.
    package let readers: [Principal]
    /// Who may change the secret, its value and this policy.
    package let writers: [Principal]

    package init(of secret: Secret, in plan: Plan) {
        self.secret = secret.name
        let entries = plan.access.filter { $0.read.contains(secret.name) }
        let attached = entries.flatMap(\.principals).filter { $0.kind != .group }
        var rotating: [Principal] = []
        if case .rotation(let rotation) = secret.rotation, let role = rotation.role {
            rotating = [Principal(operator: role)]
        }
        let helping = plan.operators.breakGlass.map(Principal.init(operator:))
        let changing = (plan.operators.applier + plan.operators.migrator)
            .map(Principal.init(operator:))
        readers = Set(attached + rotating + helping).sorted()
        writers = Set(changing + rotating + helping).sorted()
    }

    package var principals: [Principal] { Set(readers + writers).sorted() }

    /// The document, with the ARNs that IAM gave; `nil` while one is missing.
    package func document(arns: [Principal: String], in identity: Identity) -> PolicyDocument? {
        let reading = readers.compactMap { arns[$0] }
        let writing = writers.compactMap { arns[$0] }
        guard reading.count == readers.count, writing.count == writers.count else { return nil }
        return PolicyDocument(
            id: "\(identity.prefix)/\(secret)".replacing("/", with: "-"),
            statements: [
                Self.denying("OnlyNamedPrincipalsRead", ["GetSecretValue"], but: reading),
                Self.denying("OnlyNamedPrincipalsChange", Self.changes, but: writing),
            ])
    }

    private static let changes = [
        "CancelRotateSecret", "DeleteResourcePolicy", "DeleteSecret", "PutResourcePolicy",
        "PutSecretValue", "RemoveRegionsFromReplication", "ReplicateSecretToRegions",
        "RotateSecret", "StopReplicationToReplica", "TagResource", "UntagResource", "UpdateSecret",
        "UpdateSecretVersionStage",
    ]

    private static func denying(
        _ sid: String, _ operations: [String], but arns: [String]
    ) -> PolicyStatement {
        PolicyStatement(
            sid, effect: .deny, principal: .everyone,
            actions: operations.map { "secretsmanager:\($0)" }, resources: ["*"],
            conditions: [
                PolicyCondition(.arnNotEquals, "aws:PrincipalArn", arns),
                PolicyCondition(.bool, "aws:PrincipalIsAWSService", ["false"]),
            ])
    }

    /// Whether the policy would let that caller change the secret afterwards, and take the policy
    /// off again.
    ///
    /// - Parameter caller: as STS names it; of an assumed role, the ARN of its session, which has
    ///   the role's name without its path.
    func admits(caller: String, as arns: [Principal: String]) -> Bool {
        let resource = caller.split(separator: ":", maxSplits: 5).last ?? ""
        let parts = resource.split(separator: "/")
        if parts.first == "assumed-role", parts.count > 1 {
            return writers.contains { $0.kind == .role && $0.name == parts[1] }
        }
        return writers.contains { arns[$0] == caller }
    }
}

extension Principal {
    /// From `role/NAME`, `role/PATH/NAME` or `user/NAME`.
    package init(operator text: String) {
        let parts = text.split(separator: "/")
        self.init(parts.first == "user" ? .user : .role, String(parts.last ?? ""))
    }
}
