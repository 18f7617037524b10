extension Role: Resource {
    package var address: Address { .role(name) }

    package func findings(from live: Principal.Live?, in setting: Setting) -> Findings {
        guard let live else { return Findings([creation(in: setting)]) }
        switch Ownership(tags: live.tags, identity: setting.identity) {
        case .ours: return correction(of: live, in: setting)
        case .foreign(let owner): return Refusal.foreign(address, owner: owner, at: place)
        case .unclaimed:
            guard setting.scope.adopt else { return Refusal.unclaimed(address, at: place) }
            let tags = TagDifference(declared: setting.plan.allTags, live: live.tags)
            return Findings([
                Step(
                    .adopt, address, [.role(.tag(arn: live.arn, tags.missing))],
                    changes: tags.changes,
                    reason: "tags it as ours and changes nothing else", place: place)
            ])
        }
    }

    private func creation(in setting: Setting) -> Step {
        let tags = setting.plan.allTags
        let boundary = boundary.map(setting.identity.iamARN)
        let call = Call.role(
            .create(name: name, path: path, trust: trust.text, boundary: boundary, tags: tags))
        var changes = [
            Change("path", .absent, .text(path)),
            Change("trusts", .absent, .text(trusts.joined(separator: ", "))),
        ]
        if let boundary { changes.append(Change("boundary", .absent, .text(boundary))) }
        return Step(
            .create, address, [call],
            changes: changes + TagDifference(declared: tags, live: [:]).changes, place: place)
    }

    private func correction(of live: Principal.Live, in setting: Setting) -> Findings {
        var findings = Findings()
        var calls: [Call] = []
        var changes: [Change] = []
        if !(live.trust.map(trust.isEquivalent) ?? false) {
            calls.append(.role(.putTrust(arn: live.arn, trust.text)))
            changes.append(
                Change(
                    "trusts", live.trust.map(Change.Shown.document) ?? .absent,
                    .document(trust.text)))
        }
        if let boundary = boundary.map(setting.identity.iamARN), boundary != live.boundaryARN {
            calls.append(.role(.putBoundary(arn: live.arn, boundary)))
            changes.append(
                Change(
                    "boundary", live.boundaryARN.map(Change.Shown.text) ?? .absent,
                    .text(boundary)))
        } else if boundary == nil, let found = live.boundaryARN {
            findings.diagnostics.append(
                Diagnostic(
                    .note, "boundary-unmanaged",
                    "\(address) has the boundary \(found) and the plan does not say so",
                    hint: "add `boundary:` to its access entry", at: place))
        }
        let tags = TagDifference(declared: setting.plan.allTags, live: live.tags)
        changes += tags.changes
        if !tags.missing.isEmpty { calls.append(.role(.tag(arn: live.arn, tags.missing))) }
        if !tags.surplus.isEmpty { calls.append(.role(.untag(arn: live.arn, tags.surplus))) }
        if !calls.isEmpty {
            findings.steps = [Step(.change, address, calls, changes: changes, place: place)]
        }
        return findings
    }

    /// Takes down a role that was made for the plan; IAM refuses while anything else is on it (IAM
    /// API, DeleteRole).
    static func deletion(
        of live: Principal.Live, _ name: String, in setting: Setting, at place: Place?
    ) -> Findings {
        let address = Address.role(name)
        guard Ownership(tags: live.tags, identity: setting.identity) == .ours else {
            return Findings(
                refusal: Diagnostic(
                    .note, "kept", "\(address) is kept: it does not carry our tags", at: place))
        }
        return Findings([
            Step(
                .delete, address, [.role(.delete(arn: live.arn))],
                changes: [
                    Change("trusts", live.trust.map(Change.Shown.document) ?? .absent, .absent)
                ], place: place)
        ])
    }
}

extension Access {
    /// Roles that somebody else made and that lack the boundary which the plan requires of them.
    func boundaryRefusals(
        _ principals: [Principal: Principal.Live], in setting: Setting
    ) -> [Diagnostic] {
        guard let boundary = boundary.map(setting.identity.iamARN) else { return [] }
        return roles.filter { !$0.create }.compactMap { role in
            guard let live = principals[Principal(.role, role.name)],
                live.boundaryARN != boundary
            else { return nil }
            let has = live.boundaryARN.map { "the boundary \($0)" } ?? "no boundary"
            return Diagnostic(
                .error, "boundary-missing",
                "role/\(role.name) has \(has), and access.\(entry) requires \(boundary)",
                hint: "an administrator sets it: aws iam put-role-permissions-boundary"
                    + " --role-name \(role.name) --permissions-boundary \(boundary)",
                at: role.place)
        }
    }
}
