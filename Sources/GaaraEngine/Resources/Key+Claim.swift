internal import AWS
internal import GaaraPlan
#if MUTATIONS
    internal import GaaraStore
#endif

/// How a key without its alias is found again: by the claim that it carries from CreateKey on
/// (design 5.4).
extension Observer {
    /// The keys among `keys` that the account has without their aliases: the one that our secrets
    /// name, whatever its state, so that no second key stands in for one that can be brought back;
    /// else the oldest that is enabled.
    func claimed(
        _ keys: [Key], in plan: Plan
    ) async throws(EngineError) -> [Key.Role: KMS.KeyMetadata] {
        guard !keys.isEmpty else { return [:] }
        #if MUTATIONS
            if Mutation.noClaimSearch.isOn { return [:] }
        #endif
        let found = try await claimants(of: keys)
        let named = found.isEmpty ? [] : try await keysOfSecrets(of: plan)
        var claimed: [Key.Role: KMS.KeyMetadata] = [:]
        for key in keys {
            let fitting = found[key.role] ?? []
            claimed[key.role] =
                fitting.first { named.contains($0.keyID) || named.contains($0.arn) }
                ?? fitting.first { $0.keyState == .enabled }
        }
        return claimed
    }

    /// The oldest enabled key that carries this key's claim.
    func claimed(_ key: Key) async throws(EngineError) -> KMS.KeyMetadata? {
        try await claimants(of: [key])[key.role]?.first { $0.keyState == .enabled }
    }

    /// Every key of the right kind that carries a claim of `keys`, the oldest first.
    private func claimants(
        of keys: [Key]
    ) async throws(EngineError) -> [Key.Role: [KMS.KeyMetadata]] {
        let ids = try await calling("list the keys of the account") { () async throws(AWSError) in
            try await session.client.all(KMS.ListKeys()).map(\.keyID)
        }
        let looks = try await each(ids) { (id) async throws(EngineError) in
            try await self.look(at: id, for: keys)
        }
        try refuseBlindness(looks, of: keys)
        var found: [Key.Role: [KMS.KeyMetadata]] = [:]
        for case .claimant(let role, let metadata) in looks {
            found[role, default: []].append(metadata)
        }
        return found.mapValues { claimants in
            claimants.sorted { one, other in
                (one.creationDate ?? 0, one.keyID) < (other.creationDate ?? 0, other.keyID)
            }
        }
    }

    /// The ARNs of the keys that carry a claim of the plan's, minutes late; none where the tags of
    /// the account may not be searched, since a spare key harms nobody.
    func taggedKeys(of plan: Plan) async throws(EngineError) -> [String] {
        let claims = plan.keys.filter { !$0.isExisting }
            .map { Tag(TagDifference.claim, $0.claim(of: plan.identity)) }
        guard !claims.isEmpty else { return [] }
        let ours = Tag.list(plan.identity.tags)
        do {
            return try await session.client.all(
                Tagging.GetResources(tags: ours, resourceTypes: ["kms:key"])
            ).filter { resource in claims.contains(where: resource.tags.contains) }.map(\.arn)
        } catch {
            guard error.kind == .accessDenied || error.kind == .malformedAnswer else {
                throw EngineError(error, doing: "look for spare keys by their tags")
            }
            return []
        }
    }

    /// Of keys with our claim that nothing of ours uses, those that are not on their way out: the
    /// losers of a race for the alias, whose deletion is nobody's to schedule but a person's
    /// (design 5.4).
    func spares(among arns: [String]) async throws(EngineError) -> [Orphan] {
        let found = try await each(arns) { (arn) async throws(EngineError) -> Orphan? in
            let metadata = try await finding("look at the spare key \(arn)") {
                () async throws(AWSError) in
                try await self.session.client.send(KMS.DescribeKey(keyID: arn))
            }
            guard let metadata, metadata.arn == arn, metadata.isCustomerManaged,
                metadata.deletionDate == nil
            else { return nil }
            return .key(arn: arn)
        }
        return found.compactMap(\.self)
    }

    private enum Look: Sendable {
        case claimant(Key.Role, KMS.KeyMetadata)
        case other
        case denied(AWSError)
    }

    private func look(at id: String, for keys: [Key]) async throws(EngineError) -> Look {
        let client = session.client
        let doing = "look for an interrupted creation at key \(id)"
        let tags: [Tag]
        do {
            tags = try await client.all(KMS.ListResourceTags(keyID: id))
        } catch {
            if error.kind == .accessDenied { return .denied(error) }
            guard error.kind == .notFound else { throw EngineError(error, doing: doing) }
            return .other
        }
        let claimed = keys.first { key in
            tags.contains(Tag(TagDifference.claim, key.claim(of: session.identity)))
        }
        guard let claimed else { return .other }
        let metadata = try await finding(doing) { () async throws(AWSError) in
            try await client.send(KMS.DescribeKey(keyID: id))
        }
        guard let metadata, claimed.isOfKind(metadata) else { return .other }
        return .claimant(claimed.role, metadata)
    }

    /// A key whose tags may not be read is unknown, not absent.
    ///
    /// A single one is somebody else's, since the policies of our keys let the whole account read
    /// their tags; where none can be read it is IAM that refuses, and one of them may be ours.
    private func refuseBlindness(_ looks: [Look], of keys: [Key]) throws(EngineError) {
        var refusal: AWSError?
        for look in looks {
            guard case .denied(let error) = look else { return }
            refusal = error
        }
        guard let refusal else { return }
        let addresses = keys.map(\.address.description).joined(separator: " and ")
        throw EngineError(refusal, doing: "tell whether the account already has \(addresses)")
    }

    /// What the secrets under our prefix are encrypted with.
    private func keysOfSecrets(of plan: Plan) async throws(EngineError) -> Set<String> {
        let prefix = plan.identity.prefix + "/"
        let listed = try await calling("list the secrets under \(prefix)") {
            () async throws(AWSError) in
            try await session.client.all(
                SecretsManager.ListSecrets(namePrefix: prefix, includePlannedDeletion: true))
        }
        return Set(listed.compactMap(\.kmsKeyID))
    }
}

extension Key {
    /// Whether a key that was found can be this one: of the right kind, and enabled.
    func isFit(_ metadata: KMS.KeyMetadata) -> Bool {
        isOfKind(metadata) && metadata.keyState == .enabled
    }

    /// Whether a key was made by a customer in KMS and has this key's spec.
    fileprivate func isOfKind(_ metadata: KMS.KeyMetadata) -> Bool {
        metadata.isCustomerManaged && metadata.origin == "AWS_KMS"
            && metadata.keySpec.rawValue == spec
    }
}
