internal import AWS
internal import GaaraPlan
internal import GaaraStore

/// How Secrets Manager says what a secret is.
extension Observer {
    struct ObservedSecrets: Sendable {
        var declared: [SecretName: Secret.Live] = [:]
        var orphans: [Orphan] = []
    }

    /// Up to this many are described one by one; above, the list tells (design 5.3).
    static let describedOneByOne = 100

    /// So that a hundred take two round trips: Secrets Manager answers far more of them in a second
    /// (Secrets Manager quotas, DescribeSecret).
    private static let describedAtATime = 50

    func secrets(of plan: Plan) async throws(EngineError) -> ObservedSecrets {
        let client = session.client
        let prefix = plan.identity.prefix + "/"
        let listed = try await calling("list the secrets under \(prefix)") {
            () async throws(AWSError) in
            try await client.all(
                SecretsManager.ListSecrets(namePrefix: prefix, includePlannedDeletion: true))
        }
        var observed = ObservedSecrets()
        let declared = Set(plan.secrets.map { $0.path(in: plan.identity) })
        let undeclared = listed.filter { !declared.contains($0.name) }
        let orphans = try await each(undeclared) { (entry) async throws(EngineError) in
            try await self.orphan(entry, of: plan.identity)
        }
        observed.orphans = orphans.compactMap(\.self)
        let byName = Dictionary(listed.map { ($0.name, $0) }) { first, _ in first }
        let looked =
            sweeps(plan) ? plan.secrets.filter(isDescribed) : plan.secrets
        let lives = try await each(looked, width: Self.describedAtATime) {
            (secret) async throws(EngineError) in
            try await self.describe(
                secret, isListed: byName[secret.path(in: plan.identity)] != nil)
        }
        for (secret, live) in zip(looked, lives) { observed.declared[secret.name] = live }
        guard looked.count < plan.secrets.count else { return observed }
        for secret in plan.secrets where !isDescribed(secret) {
            observed.declared[secret.name] = try byName[secret.path(in: plan.identity)]
                .map { (entry) throws(EngineError) in try live(entry) }
        }
        return observed
    }

    /// Every secret of the region that names one of the keys, by any alias of it, and every one of
    /// ours, whose value tokens need the other: pending deletion and replicas too (design 5.6).
    ///
    /// An alias that belongs to no key any more is counted: nobody can tell which key it meant.
    func keyUsers(
        of plan: Plan, _ keys: [Key.Role: Key.Live]
    ) async throws(EngineError) -> [String] {
        let client = session.client
        let listed = try await calling("list the secrets of the region") {
            () async throws(AWSError) in
            try await client.all(SecretsManager.ListSecrets(includePlannedDeletion: true))
        }
        let aliases = try await calling("list the aliases of the region") {
            () async throws(AWSError) in
            try await client.all(KMS.ListAliases())
        }
        let ids = Set(keys.values.map(\.id))
        // A name of another key: its alias stands beside that key's id, AWS's own beside none.
        let others = Set(
            aliases.filter { alias in alias.targetKeyID.map { !ids.contains($0) } ?? true }
                .flatMap { [$0.name, $0.arn] })
        return listed.filter { secret in
            let tags = Dictionary(secret.tags.map { ($0.key, $0.value) }) { first, _ in first }
            if Ownership(tags: tags, identity: plan.identity) == .ours { return true }
            guard let key = secret.kmsKeyID else { return false }
            return key.contains("alias/")
                ? !key.hasSuffix("alias/aws/secretsmanager") && !others.contains(key)
                : ids.contains(key.split(separator: "/").last.map(String.init) ?? key)
        }.map(\.name).sorted()
    }

    /// Lists tell neither of replicas nor of policies (Secrets Manager API, SecretListEntry).
    private func isDescribed(_ secret: Secret) -> Bool {
        described.contains(secret.name) || secret.replicas != nil || secret.readersOnly != nil
    }

    /// Whether the list tells what the plan's secrets are, and not each of them itself.
    func sweeps(_ plan: Plan) -> Bool {
        !isFresh && plan.secrets.count > Self.describedOneByOne
    }

    /// Reads the values in force of the secrets that the plan corrects, and tells of each whether it
    /// is the declared one.
    func readings(
        of plan: Plan, in snapshot: Snapshot, against values: Values
    ) async throws(EngineError) -> [SecretName: Bool] {
        let compared = plan.secrets.filter { secret in
            guard let live = snapshot.secrets[secret.name] else { return false }
            return secret.owner == .plan && live.current != nil && live.deletionDate == nil
                && values.canCompare(secret)
        }
        let same = try await each(compared) { (secret) async throws(EngineError) -> Bool? in
            let path = secret.path(in: plan.identity)
            let found = try await calling("read \(secret.address)") { () async throws(AWSError) in
                try await self.session.client.send(SecretsManager.GetSecretValue(secretID: path))
            }
            guard found.name == path else {
                throw EngineError(
                    .strange, "AWS answered about another secret than \(path)",
                    hint: "check --endpoint-url")
            }
            return values.isSame(SecretValue(found.value), as: secret)
        }
        var readings: [SecretName: Bool] = [:]
        for (secret, isSame) in zip(compared, same) { readings[secret.name] = isSame }
        return readings
    }

    /// What secrets are by their own word, in the place of what the list said of them.
    func look(
        at secrets: [Secret], into snapshot: Snapshot
    ) async throws(EngineError) -> Snapshot {
        var snapshot = snapshot
        let listed = Set(snapshot.secrets.keys)
        let lives = try await each(secrets, width: Self.describedAtATime) {
            (secret) async throws(EngineError) in
            try await self.describe(secret, isListed: listed.contains(secret.name))
        }
        for (secret, live) in zip(secrets, lives) { snapshot.secrets[secret.name] = live }
        return snapshot
    }

    /// A secret of ours that the plan does not declare; looked at by itself, since the list may not
    /// know yet that it is protected or was deleted (design 5.3).
    private func orphan(
        _ entry: SecretsManager.Secret, of identity: Identity
    ) async throws(EngineError) -> Orphan? {
        func orphan(_ entry: SecretsManager.Secret) throws(EngineError) -> Orphan? {
            let live = try live(entry)
            let path = entry.name.dropFirst(identity.prefix.count + 1)
            guard let name = try? SecretName(validating: String(path)),
                Ownership(tags: live.tags, identity: identity) == .ours, live.deletionDate == nil
            else { return nil }
            return .secret(name, live)
        }
        guard let listed = try orphan(entry) else { return nil }
        let described: SecretsManager.Secret
        do {
            described = try await session.client.send(
                SecretsManager.DescribeSecret(secretID: entry.name))
        } catch {
            switch error.kind {
            case .notFound: return nil
            case .accessDenied: return listed
            default: throw EngineError(error, doing: "look at \(entry.name)")
            }
        }
        return try orphan(checked(described, named: entry.name))
    }

    /// A policy that names secrets by their ARNs cannot name one that does not exist, so whoever
    /// may list and finds nothing is not told NotFound but AccessDenied (design 5.3).
    private func describe(
        _ secret: Secret, isListed: Bool
    ) async throws(EngineError) -> Secret.Live? {
        let path = secret.path(in: session.identity)
        let entry: SecretsManager.Secret
        do {
            entry = try await session.client.send(SecretsManager.DescribeSecret(secretID: path))
        } catch {
            let isAbsent = error.kind == .notFound || error.kind == .accessDenied && !isListed
            guard isAbsent else { throw EngineError(error, doing: "look at \(secret.address)") }
            return nil
        }
        var live = try live(checked(entry, named: path))
        guard secret.readersOnly != nil, live.deletionDate == nil else { return live }
        let policy = try await calling("look at the policy of \(secret.address)") {
            () async throws(AWSError) in
            try await session.client.send(SecretsManager.GetResourcePolicy(secretID: path))
        }
        live.policy = policy.map(Secret.Live.ResourcePolicy.text) ?? .none
        return live
    }

    /// An answer about the secret that was asked for.
    private func checked(
        _ entry: SecretsManager.Secret, named path: String
    ) throws(EngineError) -> SecretsManager.Secret {
        guard entry.name == path else {
            throw EngineError(
                .strange, "AWS answered about another secret than \(path)",
                hint: "check --endpoint-url")
        }
        return entry
    }

    private func live(_ entry: SecretsManager.Secret) throws(EngineError) -> Secret.Live {
        Secret.Live(
            name: entry.name, arn: try session.checked(secret: entry.name, entry.arn),
            description: entry.description, kmsKeyID: entry.kmsKeyID,
            tags: Dictionary(entry.tags.map { ($0.key, $0.value) }) { first, _ in first },
            stages: entry.versionIDsToStages.mapValues(Set.init),
            deletionDate: entry.deletedDate.map(Int64.init),
            lastAccessed: entry.lastAccessedDate.map(Int64.init),
            rotation: Rotation.Live(
                isEnabled: entry.isRotationEnabled, function: entry.rotationLambdaARN,
                everyDays: entry.rotationRules?.automaticallyAfterDays,
                expression: entry.rotationRules?.scheduleExpression,
                duration: entry.rotationRules?.duration),
            replicas: try entry.replicationStatus.map { (replica) throws(EngineError) in
                guard let status = Secret.Replica.Live.Status(rawValue: replica.status) else {
                    throw EngineError(
                        .strange,
                        "AWS answered with a replica of \(entry.name) that is"
                            + " \(replica.status), which is unknown here",
                        hint: "look at it in the console, and report this")
                }
                return Secret.Replica.Live(
                    region: replica.region, key: replica.kmsKeyID, status: status,
                    message: replica.statusMessage)
            }, owningService: entry.owningService,
            primaryRegion: entry.primaryRegion == session.identity.region
                ? nil : entry.primaryRegion)
    }
}
