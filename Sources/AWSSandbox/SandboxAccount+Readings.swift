/// A secret as it stands, for assertions.
///
/// It shows what no API would in one answer.
package struct SandboxSecret: Hashable, Sendable {
    package struct Rotation: Hashable, Sendable {
        package let isEnabled: Bool
        package let function: String
        package let days: Int?
        package let schedule: String?
        package let duration: String?
        /// Seconds since 1970: the end of the next window.
        package let next: Int?
    }

    package let name: String
    package let arn: String
    package let description: String?
    /// As it was given; `nil` for the service's own key.
    package let keyID: String?
    package let tags: [String: String]
    /// The value under AWSCURRENT.
    package let value: SandboxValue?
    /// The id of the version under AWSCURRENT.
    package let versionID: String?
    /// Labels by version id; deprecated versions have none.
    package let stages: [String: [String]]
    /// Seconds since 1970, when it is scheduled for deletion.
    package let deletionDate: Int?
    package let rotation: Rotation?
    /// The resource policy, as it was sent.
    package let policy: String?
    /// Where its primary is, when it is a copy.
    package let primaryRegion: String?
    /// `InProgress`, `InSync` or `Failed`, by the region of the copy.
    package let replicas: [String: String]

    init(_ secret: StoredSecret) {
        let current = secret.position(holding: Stage.current).map { secret.versions[$0] }
        name = secret.name
        arn = secret.arn
        description = secret.description
        keyID = secret.keyID
        tags = secret.tags?.dictionary ?? [:]
        value = current?.value
        versionID = current?.id
        stages = Dictionary(
            secret.versions.map { ($0.id, $0.stages) }, uniquingKeysWith: { $1 })
        deletionDate = secret.deletion?.date
        policy = secret.policy
        primaryRegion = secret.primaryRegion
        replicas = Dictionary(
            secret.replicas.map { ($0.region, $0.status.name) }, uniquingKeysWith: { $1 })
        rotation = secret.rotation.map {
            Rotation(
                isEnabled: $0.isEnabled, function: $0.function, days: $0.rules?.days,
                schedule: $0.rules?.schedule, duration: $0.rules?.duration, next: $0.next)
        }
    }
}

/// A key as it stands, for assertions.
package struct SandboxKey: Hashable, Sendable {
    package let id: String
    package let arn: String
    /// `SYMMETRIC_DEFAULT` or `HMAC_256`.
    package let spec: String
    /// `Enabled`, `Disabled` or `PendingDeletion`.
    package let state: String
    package let description: String
    package let policy: String
    package let tags: [String: String]
    /// Days; `nil` when rotation is off.
    package let rotationPeriod: Int?
    /// Seconds since 1970, when it is scheduled for deletion.
    package let deletionDate: Int?
    /// Its aliases, sorted, `alias/` included.
    package let aliases: [String]
    package let created: Int

    init(_ key: KMSKey, in region: Region) {
        id = key.id
        arn = key.arn
        spec = key.spec.rawValue
        state = key.state.name
        description = key.description
        policy = key.policy
        tags = key.tags.dictionary
        rotationPeriod = key.rotation?.periodInDays
        if case .pendingDeletion(let date, _) = key.state {
            deletionDate = date
        } else {
            deletionDate = nil
        }
        aliases = region.aliases.values.filter { $0.keyID == key.id }.map(\.name).sorted()
        created = key.created
    }
}

/// A managed policy as it stands, for assertions.
package struct SandboxPolicy: Hashable, Sendable {
    package let name: String
    package let path: String
    package let arn: String
    package let description: String?
    package let tags: [String: String]
    /// The document of the default version, as it was sent.
    package let document: String
    package let defaultVersion: String
    /// Oldest first.
    package let versions: [String]
    /// `role/NAME`, `user/NAME`, `group/NAME`, sorted.
    package let attachedTo: [String]

    init(_ policy: ManagedPolicy, in account: Account) {
        name = policy.name
        path = policy.path
        arn = policy.arn
        description = policy.description
        tags = policy.tags.dictionary
        defaultVersion = "v\(policy.defaultVersion)"
        document = policy.version(defaultVersion)?.document ?? ""
        versions = policy.versions.map(\.id)
        attachedTo = account.entities.values.flatMap(\.values)
            .filter { $0.attached.contains(policy.arn) }
            .map { "\($0.kind.rawValue.memberName)/\($0.name)" }.sorted()
    }
}

extension SandboxAccount {
    /// The secret of that name, also while it is scheduled for deletion.
    package func secret(_ name: String, in region: String) -> SandboxSecret? {
        read(in: region) { $0.secrets[name].map(SandboxSecret.init) }
    }

    /// All secrets by name, those scheduled for deletion included.
    package func secrets(in region: String) -> [SandboxSecret] {
        read(in: region) { region in
            region.secrets.values.map(SandboxSecret.init).sorted { $0.name < $1.name }
        }
    }

    /// The key of that id, ARN or alias (`alias/...`).
    package func key(_ id: String, in region: String) -> SandboxKey? {
        keys(in: region).first { $0.id == id || $0.arn == id || $0.aliases.contains(id) }
    }

    /// All keys, oldest first, then by id.
    package func keys(in region: String) -> [SandboxKey] {
        read(in: region) { region in
            region.keys.values.map { SandboxKey($0, in: region) }
                .sorted { ($0.created, $0.id) < ($1.created, $1.id) }
        }
    }

    /// The policy of that name, whatever its path.
    package func policy(_ name: String) -> SandboxPolicy? {
        policies().first { $0.name == name }
    }

    /// All policies of the account by ARN.
    package func policies() -> [SandboxPolicy] {
        sandbox.change(id) { account in
            account.policies.values.map { SandboxPolicy($0, in: account) }
                .sorted { $0.arn < $1.arn }
        }
    }
}
