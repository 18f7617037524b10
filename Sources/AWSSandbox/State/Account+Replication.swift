/// Replication between the regions of an account, which no single region can do.
extension Account {
    /// Carries out what the regions asked of each other, decides the copies whose time has come,
    /// and brings the others up to date.
    mutating func replicate(now: Int) {
        for source in regions.keys.sorted() {
            let orders = with(region: source) { region in
                defer { region.orders = [] }
                return region.orders
            }
            for order in orders { carryOut(order, from: source) }
            let primaries = regions[source]?.primaries.sorted() ?? []
            for name in primaries { replicate(name, in: source, now: now) }
        }
    }

    private mutating func carryOut(_ order: ReplicationOrder, from source: String) {
        switch order {
        case .remove(let name, let target):
            with(region: target) { region in
                guard region.secrets[name]?.primaryRegion == source else { return }
                region.secrets[name] = nil
            }
        case .forget(let name, let primary):
            with(region: primary) { region in
                region.secrets[name]?.replicas.removeAll { $0.region == source }
                if region.secrets[name]?.replicas.isEmpty ?? true {
                    region.primaries.remove(name)
                }
            }
        }
    }

    private mutating func replicate(_ name: String, in source: String, now: Int) {
        guard var secret = regions[source]?.secrets[name] else {
            with(region: source) { _ = $0.primaries.remove(name) }
            return
        }
        for position in secret.replicas.indices {
            var replica = secret.replicas[position]
            let original = secret
            with(region: replica.region) { region in
                region.settle(&replica, of: original, from: source, now: now)
            }
            secret.replicas[position] = replica
        }
        let replicas = secret.replicas
        with(region: source) { $0.secrets[name]?.replicas = replicas }
    }
}

extension Region {
    /// Decides a copy that is being made here, or brings it up to date.
    fileprivate mutating func settle(
        _ replica: inout Replica, of original: StoredSecret, from source: String, now: Int
    ) {
        switch replica.status {
        case .failed: return
        case .inSync:
            guard secrets[original.name]?.primaryRegion == source else { return }
            replica.lastAccessed = secrets[original.name]?.lastAccessed
        case .inProgress(let end):
            guard end <= now else { return }
            if let reason = obstacle(to: replica, of: original, from: source, now: now) {
                replica.status = .failed(reason)
                return
            }
            replica.status = .inSync
            secrets[original.name] = nil
        }
        let existing = secrets[original.name]
        let keyID = existing.map(\.keyID) ?? replica.keyID
        let serial = existing?.serial ?? nextSerial()
        secrets[original.name] = copy(
            of: original, from: source, keyID: keyID, serial: serial, like: existing)
    }

    /// Why a copy cannot be made here; `nil` when it can.
    private func obstacle(
        to replica: Replica, of original: StoredSecret, from source: String, now: Int
    ) -> String? {
        if let reason = replicationFailures[original.name] ?? replicationFailures["*"] {
            return reason
        }
        if let existing = secrets[original.name], existing.primaryRegion != source,
            !replica.overwrites
        {
            // botocore ReplicationStatusType.StatusMessage.
            return "Secret with this name already exists in this region"
        }
        if let end = forcedDeletions[original.name], end > now {
            return "Secret with this name already exists in this region"
        }
        do throws(Refused) {
            _ = try SandboxSecretsManager.encryptionKey(replica.keyID, in: self)
        } catch {
            return error.message
        }
        return nil
    }

    /// The secret as it stands here: all is the original's but its key and who has read it.
    private func copy(
        of original: StoredSecret, from source: String, keyID: String?, serial: Int,
        like existing: StoredSecret?
    ) -> StoredSecret {
        let resource = original.arn.split(separator: ":", maxSplits: 5).last.map(String.init) ?? ""
        var copy = StoredSecret(
            name: original.name, arn: arn("secretsmanager", resource), serial: serial,
            created: original.created, changed: original.changed,
            lastAccessed: existing?.lastAccessed, description: original.description, keyID: keyID,
            tags: original.tags)
        let keyARN = try? SandboxSecretsManager.encryptionKey(keyID, in: self)
        copy.versions = original.versions.map { version in
            let known = existing?.versions.first { $0.id == version.id }
            var version = version
            version.keyARN = known.map(\.keyARN) ?? keyARN
            version.lastAccessed = known?.lastAccessed
            return version
        }
        copy.policy = original.policy
        copy.rotation = original.rotation
        copy.primaryRegion = source
        return copy
    }
}
