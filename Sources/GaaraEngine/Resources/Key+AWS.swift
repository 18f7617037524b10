internal import AWS
internal import GaaraPlan
internal import POSIX

/// How KMS says what a key is.
extension Observer {
    func keys(of plan: Plan) async throws(EngineError) -> [Key.Role: Key.Live] {
        let found = try await each(plan.keys) { (key) async throws(EngineError) in
            (key.role, try await self.live(key))
        }
        var keys: [Key.Role: Key.Live] = [:]
        for (role, live) in found { keys[role] = live }
        return keys
    }

    /// The alias's target; else the key that carries the claim of an apply that was interrupted
    /// before it made the alias (design 5.4).
    private func live(_ key: Key) async throws(EngineError) -> Key.Live? {
        let doing = "look at \(key.address)"
        let byAlias = try await finding(doing) { () async throws(AWSError) in
            try await session.client.send(KMS.DescribeKey(keyID: "alias/\(key.alias)"))
        }
        if let byAlias { return try await live(byAlias, of: key, hasAlias: true) }
        guard !key.isExisting, let claimed = try await claimed(key) else { return nil }
        return try await live(claimed, of: key, hasAlias: false)
    }

    private func live(
        _ metadata: KMS.KeyMetadata, of key: Key, hasAlias: Bool
    ) async throws(EngineError) -> Key.Live {
        let doing = "look at \(key.address)"
        let client = session.client
        let id = metadata.keyID
        let arn = try session.checked(metadata.arn)
        var live = Key.Live(
            id: id, arn: arn, state: Key.Live.State(metadata), description: metadata.description,
            spec: metadata.keySpec.rawValue, isCustomerManaged: metadata.isCustomerManaged,
            rotationDays: nil, policy: "", tags: [:], hasAlias: hasAlias)
        guard live.isCustomerManaged, !key.isExisting else { return live }
        live.policy = try await calling(doing) { () async throws(AWSError) in
            try await client.send(KMS.GetKeyPolicy(keyID: id))
        }
        live.tags = try await calling(doing) { () async throws(AWSError) in
            Dictionary(
                try await client.all(KMS.ListResourceTags(keyID: id)).map { ($0.key, $0.value) }
            ) { first, _ in first }
        }
        if key.role == .data, live.state == .enabled {
            live.rotationDays = try await calling(doing) { () async throws(AWSError) in
                let status = try await client.send(KMS.GetKeyRotationStatus(keyID: id))
                return status.isEnabled ? status.periodInDays : nil
            }
        }
        return live
    }

    /// The oldest usable key that carries this key's claim.
    ///
    /// A key that may not be read is unknown, not absent, so it is passed over.
    func claimed(_ key: Key) async throws(EngineError) -> KMS.KeyMetadata? {
        let client = session.client
        let claim = key.claim(of: session.identity)
        let ids = try await calling("look for an interrupted \(key.address)") {
            () async throws(AWSError) in try await client.all(KMS.ListKeys()).map(\.keyID)
        }
        let found = try await each(ids) { (id) async throws(EngineError) -> KMS.KeyMetadata? in
            do throws(AWSError) {
                let tags = try await client.all(KMS.ListResourceTags(keyID: id))
                guard tags.contains(Tag(TagDifference.claim, claim)) else { return nil }
                return try await client.send(KMS.DescribeKey(keyID: id))
            } catch {
                guard error.kind == .accessDenied || error.kind == .notFound else {
                    throw EngineError(error, doing: "look for an interrupted \(key.address)")
                }
                return nil
            }
        }
        let usable = found.compactMap { $0 }.filter(key.isFit)
        return usable.min { one, other in
            (one.creationDate ?? 0, one.keyID) < (other.creationDate ?? 0, other.keyID)
        }
    }
}

extension Key {
    /// Whether a key that was found can be this one: enabled, made by a customer in KMS, and of the
    /// right kind.
    func isFit(_ metadata: KMS.KeyMetadata) -> Bool {
        metadata.isCustomerManaged && metadata.keyState == .enabled
            && metadata.origin == "AWS_KMS" && metadata.keySpec.rawValue == spec
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
