internal import GaaraStore

/// `destroy --key`: the last thing that can be taken down, and the one that nothing brings back.
extension Changeset {
    /// Schedules the deletion of the plan's keys, once no secret of the region is encrypted with
    /// them.
    ///
    /// A key that is pending deletion cannot be used at once, and takes every recoverable secret
    /// with it (design 5.6): so nothing else is in the same changeset, and what stands against one
    /// key stands against both.
    static func deletingKeys(
        _ plan: Plan, _ snapshot: Snapshot, _ setting: Setting
    ) throws(Refusals) -> Changeset {
        var findings = Findings()
        for key in plan.keys where setting.scope.contains(key.address) {
            guard !key.isExisting else {
                findings += note("key-kept", key, "is kept: the plan uses it and does not own it")
                continue
            }
            guard let live = snapshot.keys[key.role] else { continue }
            findings += deletion(of: live, key, plan, snapshot, setting)
        }
        return try Changeset(setting, findings, snapshot, isDestroy: true)
    }

    private static func deletion(
        of live: Key.Live, _ key: Key, _ plan: Plan, _ snapshot: Snapshot, _ setting: Setting
    ) -> Findings {
        guard Ownership(tags: live.tags, identity: setting.identity) == .ours else {
            return note("kept", key, "is kept: it does not carry our tags")
        }
        if case .pendingDeletion(let date) = live.state {
            let when = date.map { " on \(CalendarDay.dayText(of: $0))" } ?? ""
            return note("key-pending", key, "is pending deletion already, and goes\(when)")
        }
        guard live.tags[TagDifference.protection] != "true",
            !plan.secrets.contains(where: \.isProtected)
        else {
            return Findings(
                refusal: Diagnostic(
                    .error, "protected",
                    "\(key.address) is protected, as one of its secrets is, and no flag deletes it",
                    hint: "take `protect` off in the plan and apply that first", at: key.place))
        }
        guard let users = snapshot.keyUsers else {
            return Findings(
                refusal: Diagnostic(
                    .error, "key-users-unknown",
                    "nobody looked which secrets \(key.address) encrypts", at: key.place))
        }
        #if MUTATIONS
            let isNeeded = !users.isEmpty && !Mutation.keyWithoutLook.isOn
        #else
            let isNeeded = !users.isEmpty
        #endif
        guard !isNeeded else {
            let names = users.prefix(3).joined(separator: ", ")
            let more = users.count > 3 ? " and \(users.count - 3) more" : ""
            return Findings(
                refusal: Diagnostic(
                    .error, "key-in-use",
                    "\(key.address) is needed by \(users.count)"
                        + " \(users.count == 1 ? "secret" : "secrets"), recoverable ones among"
                        + " them: \(names)\(more)",
                    hint: "destroy them first, and wait until their recovery windows have ended",
                    at: key.place))
        }
        return Findings([
            Step(
                .delete, key.address,
                [.key(.scheduleDeletion(.known(arn: live.arn), days: key.deletionWindowDays))],
                changes: [Change("key", .text(live.arn), .absent)],
                reason: "pending for \(key.deletionWindowDays) days, in which `apply` saves it",
                consequence: "nothing that it encrypted can be read again", place: key.place)
        ])
    }

    private static func note(_ code: String, _ key: Key, _ what: String) -> Findings {
        Findings(
            refusal: Diagnostic(.note, code, "\(key.address) \(what)", at: key.place))
    }
}

extension Snapshot {
    /// When the first of the secrets goes that are, or will be, recoverable.
    ///
    /// - Parameter steps: those of a `destroy`.
    func recovery(after steps: [Step]) -> (count: Int, until: Int64)? {
        let pending = secrets.values.compactMap(\.deletionDate)
        let coming = steps.flatMap(\.calls).compactMap { call -> Int64? in
            guard case .secret(.delete(_, let days)) = call else { return nil }
            return observedAt + Int64(days) * 86_400
        }
        return (pending + coming).min().map { (pending.count + coming.count, $0) }
    }
}
