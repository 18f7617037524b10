internal import AWS
internal import GaaraPlan
#if MUTATIONS
    internal import GaaraStore
#endif

extension StepRun {
    mutating func perform(_ call: KeyCall) async throws(EngineError) {
        switch call {
        case .create(let role, let description, let policy, let tags):
            try await createKey(role, description: description, policy: policy, tags: tags)
        case .createAlias(let alias, let key):
            try await createAlias(alias, for: key)
        case .updateDescription(let key, let text):
            try await send(to: key) { KMS.UpdateKeyDescription(keyID: $0, description: text) }
        case .enableRotation(let key, let days):
            try await send(to: key) {
                KMS.EnableKeyRotation(keyID: $0, rotationPeriodInDays: days)
            }
        case .disableRotation(let key):
            try await send(to: key) { KMS.DisableKeyRotation(keyID: $0) }
        case .putPolicy(let key, let policy):
            try await checkPolicy(of: key, beforePutting: policy)
            let arn = try references.arn(of: key)
            try await send(
                KMS.PutKeyPolicy(keyID: arn, policy: policy), dependsOn: arn, naming: policy)
        case .tag(let key, let tags):
            try await send(to: key) { KMS.TagResource(keyID: $0, tags: Tag.list(tags)) }
        case .untag(let key, let names):
            try await send(to: key) { KMS.UntagResource(keyID: $0, tagKeys: names) }
        case .cancelDeletion(let key):
            try await send(to: key) { KMS.CancelKeyDeletion(keyID: $0) }
        case .enable(let key):
            try await send(to: key) { KMS.EnableKey(keyID: $0) }
        case .scheduleDeletion(let key, let days):
            #if MUTATIONS
                if !Mutation.keyWithoutLook.isOn { try await checkUsers(of: key) }
            #else
                try await checkUsers(of: key)
            #endif
            try await send(to: key) {
                KMS.ScheduleKeyDeletion(keyID: $0, pendingWindowInDays: days)
            }
        }
    }

    /// Looks again just before: a secret may have been made since (design 5.5).
    private func checkUsers(of key: KeyReference) async throws(EngineError) {
        let users = try await comparison.observer().keyUsers(
            of: comparison.plan, comparison.snapshot.keys)
        guard let first = users.first else { return }
        throw EngineError(
            .conflict, "\(step.address) is needed by \(first), which was made while this ran",
            hint: "plan again")
    }

    private mutating func send<Input: AWSOperation>(
        to key: KeyReference, _ input: (String) -> Input
    ) async throws(EngineError) {
        let arn = try references.arn(of: key)
        try await send(input(arn), dependsOn: arn)
    }

    /// CreateKey takes no idempotency token, so it is never sent twice: after a lost answer the key
    /// is looked for by its claim, here and in the next run (design 5.4).
    private mutating func createKey(
        _ role: Key.Role, description: String, policy: String, tags: [String: String]
    ) async throws(EngineError) {
        let isData = role == .data
        let input = KMS.CreateKey(
            description: description, keySpec: isData ? .symmetricDefault : .hmac256,
            keyUsage: isData ? .encryptDecrypt : .generateVerifyMAC, policy: policy,
            tags: Tag.list(tags))
        let id: String
        let arn: String
        do throws(AWSError) {
            let made = try await settle(input, naming: policy)
            (id, arn) = (made.keyID, made.arn)
        } catch {
            guard error.isAmbiguous else {
                throw EngineError(error, doing: "create \(step.address)")
            }
            #if MUTATIONS
                if Mutation.blindRetry.isOn {
                    let again = try await send(input)
                    references.made(role, arn: try session.checked(key: again.keyID, again.arn))
                    return
                }
            #endif
            let found = try await claimedKey(role, after: error)
            (id, arn) = (found.keyID, found.arn)
        }
        references.made(role, arn: try session.checked(key: id, arn))
    }

    private func claimedKey(
        _ role: Key.Role, after lost: AWSError
    ) async throws(EngineError) -> KMS.KeyMetadata {
        var patience = Patience.lostKey
        guard let key = comparison.plan.keys.first(where: { $0.role == role }) else {
            throw EngineError(lost, doing: "create \(step.address)")
        }
        repeat {
            // A look that fails tells nothing about the key: the next one may.
            if let found = try? await comparison.observer().claimed(key) { return found }
        } while await hooks.wait(
            &patience,
            "\(step.address): looking for the key whose creation was not answered: \(lost)")
        throw EngineError(
            .call, "cannot tell whether \(step.address) was created: \(lost)",
            hint: "plan again later: a key that was made is found by its claim tag, and no second"
                + " one is made")
    }

    /// The key of an alias that exists, as CreateAlias said: where DescribeKey does not know it yet,
    /// that is waited out (design 5.9).
    private func target(of alias: String) async throws(EngineError) -> KMS.KeyMetadata {
        var patience = Patience.lateTruth
        while true {
            do {
                return try await client.send(KMS.DescribeKey(keyID: alias))
            } catch {
                guard error.kind == .notFound,
                    await hooks.wait(
                        &patience, "\(step.address): waiting to see whose key has \(alias)")
                else { throw EngineError(error, doing: "look at \(alias)") }
            }
        }
    }

    /// Creating the alias is atomic, so it decides who wins when two run at once.
    ///
    /// An alias that already points at our key is success: an earlier answer was lost. Another
    /// apply's key for the same plan is used in the place of ours, which stays without an alias.
    private mutating func createAlias(
        _ alias: String, for key: KeyReference
    ) async throws(EngineError) {
        let ours = try references.arn(of: key)
        do {
            try await settle(
                KMS.CreateAlias(aliasName: alias, targetKeyID: ours), dependsOn: ours)
            return
        } catch {
            guard error.kind == .alreadyExists else {
                throw EngineError(error, doing: "create \(alias)")
            }
        }
        let target = try await target(of: alias)
        let winner = try session.checked(key: target.keyID, target.arn)
        guard winner != ours else { return }
        guard case .made(let role) = key, try await isClaimed(target, for: role) else {
            throw EngineError(
                .conflict, "\(alias) was given to another key while this ran",
                hint: "plan again: the key of the alias is used, and ours stays without one")
        }
        #if MUTATIONS
            if Mutation.deleteLoser.isOn {
                try await send(KMS.ScheduleKeyDeletion(keyID: ours, pendingWindowInDays: 30))
            }
        #endif
        hooks.tell(
            "\(step.address): another apply was faster: its key is used, and ours, \(ours), not")
        references.made(role, arn: winner)
    }

    /// Whether a key was made for this plan and can stand in for the one that we made.
    private func isClaimed(
        _ target: KMS.KeyMetadata, for role: Key.Role
    ) async throws(EngineError) -> Bool {
        guard let key = comparison.plan.keys.first(where: { $0.role == role }),
            key.isFit(target)
        else { return false }
        let claim = Tag(TagDifference.claim, key.claim(of: session.identity))
        let tags = try await calling("look at \(key.address)") { () async throws(AWSError) in
            try await client.all(KMS.ListResourceTags(keyID: target.keyID))
        }
        return tags.contains(claim)
    }

    /// Reads the policy again just before it is replaced, which narrows the window in which another
    /// writer is overwritten: KMS has no compare-and-set for policies (design 5.5).
    private func checkPolicy(
        of key: KeyReference, beforePutting policy: String
    ) async throws(EngineError) {
        let arn = try references.arn(of: key)
        guard let seen = comparison.snapshot.keys.values.first(where: { $0.arn == arn })
        else { return }
        let live = try await calling("look at \(step.address)") { () async throws(AWSError) in
            try await client.send(KMS.GetKeyPolicy(keyID: arn))
        }
        guard [seen.policy, policy].contains(where: { PolicyDocument.areEquivalent($0, live) })
        else {
            throw EngineError(
                .conflict, "somebody else changed the policy of \(step.address) while this ran",
                hint: "plan again and look at what they changed")
        }
    }
}
