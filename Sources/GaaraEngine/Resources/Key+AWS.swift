internal import AWS
internal import GaaraPlan
internal import POSIX

/// How KMS says what a key is.
extension Observer {
    struct ObservedKeys: Sendable {
        var declared: [Key.Role: Key.Live] = [:]
        /// Those of other regions, for replicas.
        var regional: [RegionalKey: RegionalKey.Live] = [:]
        var orphans: [Orphan] = []
    }

    /// Each key by its alias's target; else by its claim (design 5.4).
    func keys(of plan: Plan) async throws(EngineError) -> ObservedKeys {
        let (aliased, tagged, regional) = try await together(
            { () async throws(EngineError) -> [KMS.KeyMetadata?] in
                try await self.each(plan.keys) { (key) async throws(EngineError) in
                    try await finding("look at \(key.address)") { () async throws(AWSError) in
                        try await self.session.client.send(
                            KMS.DescribeKey(keyID: "alias/\(key.alias)"))
                    }
                }
            },
            { () async throws(EngineError) -> [String] in try await self.taggedKeys(of: plan) },
            { () async throws(EngineError) -> [RegionalKey: RegionalKey.Live] in
                try await self.regionalKeys(of: plan)
            })
        let without = zip(plan.keys, aliased).filter { $0.1 == nil && !$0.0.isExisting }.map(\.0)
        let claimed = try await claimed(without, in: plan)
        let found = try await each(Array(zip(plan.keys, aliased))) {
            (key, aliased) async throws(EngineError) -> Key.Live? in
            guard let metadata = aliased ?? claimed[key.role] else { return nil }
            return try await self.live(metadata, of: key, hasAlias: aliased != nil)
        }
        var observed = ObservedKeys()
        observed.regional = regional
        for (key, live) in zip(plan.keys, found) { observed.declared[key.role] = live }
        let used = Set(found.compactMap { $0?.arn })
        observed.orphans = try await spares(among: tagged.filter { !used.contains($0) })
        return observed
    }

    /// The keys of replicas, each asked for in its own region; none that does not exist.
    private func regionalKeys(
        of plan: Plan
    ) async throws(EngineError) -> [RegionalKey: RegionalKey.Live] {
        let keys = plan.regionalKeys
        let found = try await each(keys) { (key) async throws(EngineError) -> RegionalKey.Live? in
            let client = try self.session.client(in: key.region)
            let metadata = try await finding("look at \(key.name) in \(key.region)") {
                () async throws(AWSError) in try await client.send(KMS.DescribeKey(keyID: key.name))
            }
            guard let metadata else { return nil }
            return RegionalKey.Live(
                arn: try self.session.checked(
                    key: metadata.keyID, metadata.arn, in: key.region),
                isUsable: metadata.keyState == .enabled, state: metadata.keyState.rawValue)
        }
        var live: [RegionalKey: RegionalKey.Live] = [:]
        for (key, found) in zip(keys, found) { live[key] = found }
        return live
    }

    private func live(
        _ metadata: KMS.KeyMetadata, of key: Key, hasAlias: Bool
    ) async throws(EngineError) -> Key.Live {
        let doing = "look at \(key.address)"
        let client = session.client
        let id = metadata.keyID
        let arn = try session.checked(key: id, metadata.arn)
        var live = Key.Live(
            id: id, arn: arn, state: Key.Live.State(metadata), description: metadata.description,
            spec: metadata.keySpec.rawValue, isCustomerManaged: metadata.isCustomerManaged,
            rotationDays: nil, policy: "", tags: [:], hasAlias: hasAlias)
        guard live.isCustomerManaged, !key.isExisting else { return live }
        // Only an enabled key of its kind says whether it rotates.
        let mayRotate = key.role == .data && live.state == .enabled
        (live.policy, live.tags, live.rotationDays) = try await together(
            { () async throws(EngineError) -> String in
                try await calling(doing) { () async throws(AWSError) in
                    try await client.send(KMS.GetKeyPolicy(keyID: id))
                }
            },
            { () async throws(EngineError) -> [String: String] in
                try await calling(doing) { () async throws(AWSError) in
                    Dictionary(
                        try await client.all(KMS.ListResourceTags(keyID: id))
                            .map { ($0.key, $0.value) }
                    ) { first, _ in first }
                }
            },
            { () async throws(EngineError) -> Int? in
                guard mayRotate else { return nil }
                return try await calling(doing) { () async throws(AWSError) in
                    let status = try await client.send(KMS.GetKeyRotationStatus(keyID: id))
                    return status.isEnabled ? status.periodInDays : nil
                }
            })
        return live
    }
}

extension Key.Live.State {
    fileprivate init(_ metadata: KMS.KeyMetadata) {
        switch metadata.keyState.rawValue {
        case "Enabled": self = .enabled
        case "Disabled": self = .disabled
        case "PendingDeletion":
            self = .pendingDeletion(until: metadata.deletionDate.map(Int64.init))
        case let other: self = .other(other)
        }
    }
}

extension Session {
    /// The bytes that the value tokens are made with: the same in every call, stored nowhere
    /// (design 5.2).
    func pepper(from key: String) async throws(AWSError) -> Pepper {
        let code = try await client.send(KMS.GenerateMac(keyID: key, message: Pepper.message))
        return code.withBytes { Pepper($0) }
    }
}
