internal import GaaraStore

extension Secret: Resource {
    package var address: Address { .secret(name) }

    package func findings(from live: Live?, in setting: Setting) -> Findings {
        guard value != .external else { return external(live, in: setting) }
        let readersOnly = readersOnlyRefusals(live, in: setting)
        guard readersOnly.isEmpty else { return Findings(refusals: readersOnly) }
        guard let live else { return Findings([creation(in: setting)]) }
        if let refusal = refusal(of: live) { return Findings(refusal: refusal) }
        switch Ownership(tags: live.tags, identity: setting.identity) {
        case .ours: break
        case .foreign(let owner): return Refusal.foreign(address, owner: owner, at: place)
        case .unclaimed:
            guard setting.scope.adopt else { return Refusal.unclaimed(address, at: place) }
            return Findings([adoption(of: live, in: setting)])
        }
        var findings = Findings(live.deletionDate == nil ? [] : [restoration(of: live)])
        findings.steps += correction(of: live, in: setting)
        findings += valueFindings(from: live, in: setting)
        return findings
    }

    /// The name in Secrets Manager.
    package func path(in identity: Identity) -> String {
        name.path(application: identity.application, environment: identity.environment)
    }

    package func declaredTags(in plan: Plan) -> [String: String] {
        var tags = plan.allTags
        if isProtected { tags[TagDifference.protection] = "true" }
        return tags
    }

    private func external(_ live: Live?, in setting: Setting) -> Findings {
        guard let live, live.deletionDate == nil else {
            return Findings(
                refusal: Diagnostic(
                    .error, "external-missing",
                    "\(address) is external and \(live == nil ? "does not exist" : "is being deleted")",
                    hint: "whoever owns \(path(in: setting.identity)) has to create it first",
                    at: place))
        }
        return Findings()
    }

    private func creation(in setting: Setting) -> Step {
        let path = path(in: setting.identity)
        let tags = declaredTags(in: setting.plan)
        let policy = readersOnlyPolicy(in: setting)
        var calls = [
            Call.secret(
                .create(
                    path, description: description, key: setting.dataKey,
                    value: policy == nil ? value : nil, tags: tags))
        ]
        if let policy {
            // Nobody else reads it from its first moment on (design 5.12).
            let write = ValueWrite(seen: nil, token: nil, source: value)
            let guarded: [Call] = [
                .secret(.putPolicy(path, seen: .none, policy)), .secret(.putValue(path, write)),
            ]
            #if MUTATIONS
                calls += Mutation.valueBeforePolicy.isOn ? guarded.reversed() : guarded
            #else
                calls += guarded
            #endif
        }
        var changes = [Change("name", .absent, .text(path))]
        if !description.isEmpty {
            changes.append(Change("description", .absent, .text(description)))
        }
        changes.append(Change("key", .absent, Self.shown(setting.dataKey)))
        changes.append(Change("value", .absent, .sensitive))
        changes.append(Change("source", .absent, .text(value.told(variable: variable))))
        if let policy { changes.append(Change("readers-only", .absent, .document(policy))) }
        changes += TagDifference(declared: tags, live: [:]).changes
        return Step(.create, address, calls, changes: changes, place: place)
    }

    private func refusal(of live: Live) -> Diagnostic? {
        if let service = live.owningService {
            return Diagnostic(
                .error, "service-owned", "\(address) is managed by the service \(service)",
                hint: "declare it with `value: external`", at: place)
        }
        if let region = live.primaryRegion {
            return Diagnostic(
                .error, "is-replica", "\(address) is a replica of a secret in \(region)",
                hint: "plan it in \(region)", at: place)
        }
        return nil
    }

    private func adoption(of live: Live, in setting: Setting) -> Step {
        let tags = TagDifference(declared: declaredTags(in: setting.plan), live: live.tags)
        return Step(
            .adopt, address, [.secret(.tag(live.name, tags.missing))], changes: tags.changes,
            reason: "tags it as ours and changes nothing else", place: place)
    }

    private func restoration(of live: Live) -> Step {
        var isWhole = live.current != nil
        if case .rotation = rotation, live.rotation?.isEnabled != true { isWhole = false }
        return Step(
            .restore, address, [.secret(.restore(live.name))],
            changes: [Change("state", .text("scheduled for deletion"), .text("active"))],
            reason: isWhole ? nil : "plan again afterwards for its value and rotation",
            place: place)
    }

    private func correction(of live: Live, in setting: Setting) -> [Step] {
        // Where a write was interrupted between its second call and its third.
        let staged = ValueWrite.stagedLabel
        var calls: [Call] = []
        var changes: [Change] = []
        let descriptionDiffers = live.description != description
        let keyDiffers = !(live.kmsKeyID.map(setting.dataKeyNames.contains) ?? false)
        if descriptionDiffers {
            changes.append(Change("description", .text(live.description), .text(description)))
        }
        if keyDiffers {
            changes.append(
                Change(
                    "key", .text(live.kmsKeyID ?? "aws/secretsmanager"),
                    Self.shown(setting.dataKey)))
        }
        if descriptionDiffers || keyDiffers {
            calls.append(
                .secret(
                    .update(
                        live.name, description: descriptionDiffers ? description : nil,
                        key: keyDiffers ? setting.dataKey : nil)))
        }
        let tags = TagDifference(declared: declaredTags(in: setting.plan), live: live.tags)
        changes += tags.changes
        if !tags.missing.isEmpty { calls.append(.secret(.tag(live.name, tags.missing))) }
        if !tags.surplus.isEmpty { calls.append(.secret(.untag(live.name, tags.surplus))) }
        let policy = policyCorrection(of: live, in: setting)
        calls += policy.calls
        changes += policy.changes
        if let current = live.current, live.stages[current]?.contains(staged) == true {
            calls.append(.secret(.removeLabel(live.name, staged, version: current)))
            changes.append(Change(staged, .text(current), .absent))
        }
        guard !calls.isEmpty else { return [] }
        // UpdateSecret, KmsKeyId.
        let reason =
            "Secrets Manager re-encrypts the versions in use only if the caller may kms:Encrypt"
            + " with the new key"
        return [
            Step(
                .change, address, calls, changes: changes, reason: keyDiffers ? reason : nil,
                place: place)
        ]
    }

    private static func shown(_ key: KeyReference) -> Change.Shown {
        switch key {
        case .known(let arn): .text(arn)
        case .made: .later(key.description)
        }
    }
}
