internal import GaaraStore

extension KeyPolicy {
    /// Who may be allowed to use the data key, always through Secrets Manager and for the plan's
    /// secrets.
    ///
    /// Principals that the plan cannot name get a statement without `aws:PrincipalArn`, for their
    /// secrets alone: the users of a group, since no condition key tells a caller's groups, and a
    /// rotation function whose role the plan does not give.
    ///
    /// - Parameter isExact: whether secrets are named one by one, or all by their prefix.
    func secretUse(isExact: Bool) -> [PolicyStatement] {
        let patterns: ([SecretName]) -> [String] = { names in
            if isExact || names.isEmpty { return names.map(plan.identity.secretARNPattern) }
            return [plan.identity.secretARNPrefix]
        }
        let written = plan.secrets.filter { $0.value != .external }
        let all = plan.secrets.map(\.name)
        let statements = [
            decrypt(
                "ReadersMayBeAllowedDecryptThroughSecretsManager", patterns(all),
                to: namedReaders),
            decrypt(
                "GroupReadersMayBeAllowedDecryptThroughSecretsManager",
                patterns(plan.access.filter { !$0.groups.isEmpty }.flatMap(\.read)), to: nil),
            encrypt(
                "WritersMayBeAllowedEncryptThroughSecretsManager", patterns(written.map(\.name)),
                to: namedWriters),
            namedWriters == nil
                ? nil
                : encrypt(
                    "UnnamedRotationMayBeAllowedEncryptThroughSecretsManager",
                    patterns(written.filter(\.rotatesAsAnUnnamedRole).map(\.name)), to: nil),
        ]
        return statements.compactMap(\.self)
    }

    /// The roles and users of every access entry, and those that break the glass.
    ///
    /// An attachment names a role without its path, and aws:PrincipalArn has the path in it. Names
    /// are unique in the account whatever their path (IAM API Reference, CreateRole), so `*` in
    /// the path's place matches no other.
    private var namedReaders: [String] {
        let attached = plan.access.flatMap { entry in
            entry.roles.map { ("role", $0.name) } + entry.users.map { ("user", $0) }
        }
        let readers = attached.flatMap { kind, name in
            [plan.identity.iamARN("\(kind)/\(name)"), plan.identity.iamARN("\(kind)/*/\(name)")]
        }
        return readers + plan.operators.breakGlass.map(plan.identity.iamARN)
    }

    /// Appliers, migrators and the roles of rotation functions; `nil`, for all whom IAM lets,
    /// without `operators.applier`, so that an administrator's first apply works (design 5.12).
    private var namedWriters: [String]? {
        guard !appliers.isEmpty else { return nil }
        let rotating = plan.secrets.compactMap { $0.lambdaRotation?.role }
        return appliers + migrators + rotating.map(plan.identity.iamARN)
    }

    /// `nil` when nobody or nothing would be in it.
    private func decrypt(
        _ sid: String, _ secrets: [String], to principals: [String]?
    ) -> PolicyStatement? {
        use(sid, ["kms:Decrypt"], secrets, by: principals)
    }

    // Secrets Manager needs GenerateDataKey and Decrypt of whoever writes a value, and Encrypt when
    // a secret changes its key (CreateSecret and UpdateSecret, "Required permissions").
    private func encrypt(
        _ sid: String, _ secrets: [String], to principals: [String]?
    ) -> PolicyStatement? {
        use(sid, ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"], secrets, by: principals)
    }

    private func use(
        _ sid: String, _ actions: [String], _ secrets: [String], by principals: [String]?
    ) -> PolicyStatement? {
        guard !secrets.isEmpty, principals?.isEmpty != true else { return nil }
        return grant(
            sid, actions, to: principals,
            when: plan.identity.throughSecretsManager(for: secrets))
    }
}

extension Secret {
    fileprivate var lambdaRotation: Rotation? {
        guard case .rotation(let rotation) = rotation, case .lambda = rotation.function else {
            return nil
        }
        return rotation
    }

    fileprivate var rotatesAsAnUnnamedRole: Bool {
        lambdaRotation.map { $0.role == nil } ?? false
    }
}
