extension Policy: Resource {
    package var address: Address { .policy(name) }

    /// IAM keeps five versions of a policy (IAM quotas).
    private static let versionLimit = 5

    package func findings(from live: Live?, in setting: Setting) -> Findings {
        let document = setting.plan.readerPolicy(of: access)
            .document(
                keyARN: setting.dataKey.description,
                regionalKeys: setting.regionalKeys.mapValues(\.arn))
        guard let live else { return Findings([creation(document, in: setting)]) }
        switch Ownership(tags: live.tags, identity: setting.identity) {
        case .ours: return Findings(correction(of: live, document, in: setting))
        case .foreign(let owner): return Refusal.foreign(address, owner: owner, at: access.place)
        case .unclaimed:
            guard setting.scope.adopt else { return Refusal.unclaimed(address, at: access.place) }
            return Findings([adoption(of: live, in: setting)])
        }
    }

    private func creation(_ document: PolicyDocument, in setting: Setting) -> Step {
        let tags = setting.plan.allTags
        let call = Call.policy(.create(name: name, path: path, document: document.text, tags: tags))
        let changes = [
            Change("path", .absent, .text(path)),
            Change("document", .absent, .document(document.text)),
        ]
        return Step(
            .create, address, [call],
            changes: changes + TagDifference(declared: tags, live: [:]).changes,
            place: access.place)
    }

    private func adoption(of live: Live, in setting: Setting) -> Step {
        let tags = TagDifference(declared: setting.plan.allTags, live: live.tags)
        return Step(
            .adopt, address, [.policy(.tag(arn: live.arn, tags.missing))], changes: tags.changes,
            reason: "tags it as ours and changes nothing else", place: access.place)
    }

    private func correction(
        of live: Live, _ document: PolicyDocument, in setting: Setting
    ) -> [Step] {
        var calls: [Call] = []
        var changes: [Change] = []
        if !document.isEquivalent(to: live.document) {
            changes.append(
                Change(
                    "document", .document(live.document), .document(document.text),
                    permissions: document.difference(
                        from: live.document, bearers: access.principals,
                        in: setting.identity.region)))
            if live.versions.count >= Self.versionLimit,
                let oldest = live.versions.first(where: { $0 != live.defaultVersion })
            {
                calls.append(.policy(.deleteVersion(arn: live.arn, version: oldest)))
                changes.append(Change("versions.\(oldest)", .text("kept"), .absent))
            }
            calls.append(.policy(.createVersion(arn: live.arn, document: document.text)))
        }
        let tags = TagDifference(declared: setting.plan.allTags, live: live.tags)
        changes += tags.changes
        if !tags.missing.isEmpty { calls.append(.policy(.tag(arn: live.arn, tags.missing))) }
        if !tags.surplus.isEmpty { calls.append(.policy(.untag(arn: live.arn, tags.surplus))) }
        guard !calls.isEmpty else { return [] }
        return [Step(.change, address, calls, changes: changes, place: access.place)]
    }
}
