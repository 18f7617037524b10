internal import GaaraStore

extension Changeset {
    /// The steps that take down what is ours, declared or not any more: policies with their
    /// attachments, then the secrets into their recovery windows.
    ///
    /// Keys stay, since a key pending deletion takes every recoverable secret with it (design 5.6).
    package static func destroying(
        _ plan: Plan, _ snapshot: Snapshot, scope: Scope = Scope()
    ) throws(Refusals) -> Changeset {
        let setting = Setting(
            plan: plan, snapshot: snapshot, supply: [:], pepperID: nil, scope: scope)
        guard !scope.key else { return try deletingKeys(plan, snapshot, setting) }
        var findings = Findings()
        for policy in plan.policies {
            guard let live = snapshot.policies[policy.name] else { continue }
            findings += deletion(of: live, in: setting, at: policy.access.place)
        }
        for role in plan.roles {
            guard let live = snapshot.principals[Principal(.role, role.name)] else { continue }
            findings += Role.deletion(of: live, role.name, in: setting, at: role.place)
        }
        for secret in plan.secrets where secret.value != .external {
            guard let live = snapshot.secrets[secret.name], live.deletionDate == nil else {
                continue
            }
            findings += deletion(of: live, secret.name, secret, in: setting)
        }
        findings += pruning(snapshot.orphans, plan, setting)
        for key in plan.keys where !key.isExisting && snapshot.keys[key.role] != nil {
            findings.diagnostics.append(keeping(key, snapshot, findings.steps))
        }
        return try Changeset(setting, findings, snapshot, isDestroy: true)
    }

    private static func keeping(
        _ key: Key, _ snapshot: Snapshot, _ steps: [Step]
    ) -> Diagnostic {
        let recovery = snapshot.recovery(after: steps).map { count, date in
            ": \(count) \(count == 1 ? "secret is" : "secrets are") recoverable until"
                + " \(CalendarDay.dayText(of: date))"
        }
        return Diagnostic(
            .note, "key-kept", "\(key.address) is kept\(recovery ?? "")",
            hint: "without it no deleted secret can be restored; `destroy --key` takes it down when"
                + " none is left")
    }

    /// Deletes what the plan no longer declares.
    static func pruning(_ orphans: [Orphan], _ plan: Plan, _ setting: Setting) -> Findings {
        var findings = Findings()
        for orphan in orphans {
            switch orphan {
            case .secret(let name, let live):
                guard live.deletionDate == nil else { continue }
                findings += deletion(of: live, name, nil, in: setting)
            case .policy(let live): findings += deletion(of: live, in: setting, at: nil)
            case .role(let name, let live):
                findings += Role.deletion(of: live, name, in: setting, at: nil)
            case .key: continue
            }
        }
        return findings
    }

    private static func deletion(
        of live: Policy.Live, in setting: Setting, at place: Place?
    ) -> Findings {
        let address = Address.policy(live.name)
        guard Ownership(tags: live.tags, identity: setting.identity) == .ours else {
            return kept(address, "does not carry our tags", at: place)
        }
        var steps = live.attachments.sorted().map {
            Attachment.detaching($0, from: live, reason: nil)
        }
        let surplus = live.versions.filter { $0 != live.defaultVersion }
        let calls =
            surplus.map { Call.policy(.deleteVersion(arn: live.arn, version: $0)) }
            + [.policy(.delete(arn: live.arn))]
        steps.append(
            Step(
                .delete, address, calls,
                changes: [Change("document", .document(live.document), .absent)], place: place))
        return Findings(steps)
    }

    private static func deletion(
        of live: Secret.Live, _ name: SecretName, _ declared: Secret?, in setting: Setting
    ) -> Findings {
        let address = Address.secret(name)
        guard live.isOurs(in: setting) else {
            return kept(address, "does not carry our tags", at: declared?.place)
        }
        #if MUTATIONS
            let isProtected = live.isProtected && !Mutation.deleteProtected.isOn
        #else
            let isProtected = live.isProtected
        #endif
        guard !isProtected, declared?.isProtected != true else {
            return Findings(
                refusal: Diagnostic(
                    .error, "protected", "\(address) is protected and no flag deletes it",
                    hint: "take `protect` off in the plan and apply that first",
                    at: declared?.place))
        }
        let days = declared?.recoveryWindowDays ?? 30
        let wasRead = live.wasReadLately(asOf: setting.observedAt)
        let replicas = live.replicas.map {
            SecretReplica.removal(of: $0, name, live.name, at: declared?.place)
        }
        return Findings(
            replicas + [
                Step(
                    .delete, address, [.secret(.delete(live.name, recoveryWindowDays: days))],
                    changes: [Change("value", .sensitive, .absent)],
                    reason: "recoverable for \(days) days",
                    consequence: wasRead ? "it was read within the last seven days" : nil,
                    place: declared?.place)
            ])
    }

    private static func kept(_ address: Address, _ why: String, at place: Place?) -> Findings {
        var findings = Findings()
        findings.diagnostics = [
            Diagnostic(.note, "kept", "\(address) is kept: it \(why)", at: place)
        ]
        return findings
    }
}
