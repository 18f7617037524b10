internal import Digest
internal import GaaraStore

extension Key: Resource {
    package var address: Address { .key(role) }

    package func findings(from live: Live?, in setting: Setting) -> Findings {
        guard let live else { return isExisting ? missing : creation(in: setting) }
        if let refusal = refusal(of: live) { return Findings(refusal: refusal) }
        guard !isExisting else { return Findings() }
        switch Ownership(tags: live.tags, identity: setting.identity) {
        case .ours: break
        case .foreign(let owner): return Refusal.foreign(address, owner: owner, at: place)
        case .unclaimed:
            guard setting.scope.adopt else { return Refusal.unclaimed(address, at: place) }
            return adoption(of: live, in: setting)
        }
        switch live.state {
        case .enabled: return Findings(correction(of: live, in: setting))
        case .pendingDeletion: return Findings([restoration(of: live)])
        case .disabled: return Findings([enabling(of: live)])
        case .other(let state):
            return Findings(
                refusal: Diagnostic(
                    .error, "key-state", "\(address) is \(state) and cannot be changed",
                    hint: "wait until KMS reports it as Enabled, then plan again", at: place))
        }
    }

    /// An administrator who does not exist administers nothing: a policy that names one could leave
    /// nobody but the account's root (design 5.12).
    func refusals(of missing: Set<Principal>) -> Findings {
        var findings = Findings()
        findings.diagnostics = administratorPrincipals.filter(missing.contains).map { principal in
            Diagnostic(
                .error, "no-such-principal",
                "\(principal) does not exist, so it cannot administer \(address)",
                hint: "create the \(principal.kind) first, or take it out of `administrators`",
                at: place)
        }
        return findings
    }

    /// Marks the key from its creation on, before it has an alias: what finds it again when the
    /// answer to CreateKey is lost (design 5.4).
    package func claim(of identity: Identity) -> String {
        let text = [
            identity.partition, identity.account, identity.region, identity.application,
            identity.environment.name, role.rawValue,
        ]
        return Hex.encode(Array(SHA256.hash(Array(text.joined(separator: "\n").utf8)).prefix(16)))
    }

    package func declaredTags(in plan: Plan) -> [String: String] {
        var tags = plan.allTags
        tags[TagDifference.claim] = claim(of: plan.identity)
        #if MUTATIONS
            if Mutation.noClaimTag.isOn { tags[TagDifference.claim] = nil }
        #endif
        if plan.secrets.contains(where: \.isProtected) { tags[TagDifference.protection] = "true" }
        return tags
    }

    private var missing: Findings {
        Findings(
            refusal: Diagnostic(
                .error, "key-not-found", "there is no key under alias/\(alias)",
                hint: "`existing` names a key that somebody else made: create it first", at: place))
    }

    private func creation(in setting: Setting) -> Findings {
        let made = KeyReference.made(role)
        let policy = setting.plan.keyPolicy(of: self).text
        let tags = declaredTags(in: setting.plan)
        var calls: [Call] = [
            .key(.create(role: role, description: description, policy: policy, tags: tags))
        ]
        var changes = [
            Change("alias", .absent, .text("alias/\(alias)")),
            Change("description", .absent, .text(description)),
        ]
        if let days = rotationDays {
            calls.append(.key(.enableRotation(made, days: days)))
            changes.append(Change("rotation", .absent, .text("\(days) days")))
        }
        changes.append(Change("deletion-window", .absent, .text("\(deletionWindowDays) days")))
        changes.append(Change("policy", .absent, .document(policy)))
        changes += TagDifference(declared: tags, live: [:]).changes
        // The alias is last: creating it is atomic, so it decides who wins a race.
        calls.append(.key(.createAlias("alias/\(alias)", key: made)))
        return Findings([Step(.create, address, calls, changes: changes, place: place)])
    }

    private func refusal(of live: Live) -> Diagnostic? {
        guard live.isCustomerManaged else {
            return Diagnostic(
                .error, "key-managed-by-aws", "alias/\(alias) is a key that AWS manages",
                hint: "choose another alias", at: place)
        }
        guard live.spec == spec else {
            return Diagnostic(
                .error, "key-spec",
                "alias/\(alias) is a \(live.spec) key; \(address) needs \(spec)",
                hint: "choose another alias", at: place)
        }
        guard isExisting, live.state != .enabled else { return nil }
        return Diagnostic(
            .error, "key-state", "alias/\(alias) is not enabled",
            hint: "its owner has to enable it first", at: place)
    }

    private func adoption(of live: Live, in setting: Setting) -> Findings {
        let tags = TagDifference(declared: declaredTags(in: setting.plan), live: live.tags)
        let call = Call.key(.tag(.known(arn: live.arn), tags.missing))
        return Findings([
            Step(
                .adopt, address, [call], changes: tags.changes,
                reason: "tags it as ours and changes nothing else", place: place)
        ])
    }

    private func restoration(of live: Live) -> Step {
        let key = KeyReference.known(arn: live.arn)
        return Step(
            .restore, address, [.key(.cancelDeletion(key)), .key(.enable(key))],
            changes: [Change("state", .text("pending deletion"), .text("enabled"))],
            reason: "the plan needs it; plan again afterwards for what else differs", place: place)
    }

    private func enabling(of live: Live) -> Step {
        Step(
            .change, address, [.key(.enable(.known(arn: live.arn)))],
            changes: [Change("state", .text("disabled"), .text("enabled"))],
            reason: "plan again afterwards for what else differs",
            consequence: "somebody disabled this key", place: place)
    }

    private func correction(of live: Live, in setting: Setting) -> [Step] {
        let key = KeyReference.known(arn: live.arn)
        var calls: [Call] = []
        var changes: [Change] = []
        var consequence: String?
        var reason: String?
        if live.description != description {
            calls.append(.key(.updateDescription(key, description)))
            changes.append(Change("description", .text(live.description), .text(description)))
        }
        if live.rotationDays != rotationDays {
            calls.append(
                rotationDays.map { .key(.enableRotation(key, days: $0)) }
                    ?? .key(.disableRotation(key)))
            changes.append(
                Change("rotation", Self.shown(live.rotationDays), Self.shown(rotationDays)))
        }
        let document = setting.plan.keyPolicy(of: self)
        if !document.isEquivalent(to: live.policy) {
            calls.append(.key(.putPolicy(key, document.text)))
            changes.append(
                Change(
                    "policy", .document(live.policy), .document(document.text),
                    permissions: document.difference(from: live.policy, bearers: [])))
            reason = PolicyDocument.deletion(in: live.policy)
            consequence = document.narrowing(of: live.policy).map { "the new key policy \($0)" }
        }
        let tags = TagDifference(declared: declaredTags(in: setting.plan), live: live.tags)
        changes += tags.changes
        if !tags.missing.isEmpty { calls.append(.key(.tag(key, tags.missing))) }
        if !tags.surplus.isEmpty { calls.append(.key(.untag(key, tags.surplus))) }
        if !live.hasAlias {
            calls.append(.key(.createAlias("alias/\(alias)", key: key)))
            changes.append(Change("alias", .absent, .text("alias/\(alias)")))
            reason = "finishes a creation that was interrupted"
        }
        guard !calls.isEmpty else { return [] }
        return [
            Step(
                .change, address, calls, changes: changes, reason: reason,
                consequence: consequence, place: place)
        ]
    }

    private static func shown(_ days: Int?) -> Change.Shown {
        .text(days.map { "\($0) days" } ?? "none")
    }
}
