internal import GaaraStore

/// The rotation of one secret: never a side effect of anything else (design 5.7).
package struct SecretRotation: Resource {
    package let secret: Secret

    package init(_ secret: Secret) { self.secret = secret }

    package var address: Address { .rotation(secret.name) }

    package func findings(from live: Secret.Live?, in setting: Setting) -> Findings {
        // A secret that is adopted is that alone; what else differs comes after.
        let isManaged = secret.isRotatedByItsOwner
        if let live, !isManaged, !live.isOurs(in: setting) { return Findings() }
        if isManaged, let live, live.owningService == nil { return notManaged }
        let path = secret.path(in: setting.identity)
        let current = live?.rotation.flatMap { $0.isEnabled ? $0 : nil }
        switch (secret.rotation, current) {
        case (.unmanaged, nil): return Findings()
        case (.none, nil):
            // A cancelled rotation leaves its version pending, and no value can be put beside it.
            guard let pending = live?.pending, live?.deletionDate == nil else { return Findings() }
            return Findings([finishing(pending, path)])
        case (.unmanaged, .some): return unmanaged
        case (.none, .some(let current)): return Findings([cancelling(current, of: live, path)])
        case (.rotation(let rotation), let current):
            let rules = rotation.rules
            guard let current else {
                // What is scheduled for deletion may be rotated all the same; its restoration says
                // to plan again.
                guard live?.deletionDate == nil else { return Findings() }
                return Findings([
                    enabling(rotation, rules, over: live?.pending, path, setting)
                ])
            }
            return correcting(rotation, rules, from: current, of: live, setting)
        }
    }

    private var notManaged: Findings {
        Findings(
            refusal: Diagnostic(
                .error, "not-managed",
                "\(secret.address) is not owned by a service, so none can rotate it",
                hint: "name a Lambda function in rotation.function", at: secret.place))
    }

    private var unmanaged: Findings {
        var findings = Findings()
        findings.diagnostics = [
            Diagnostic(
                .note, "rotation-unmanaged",
                "\(secret.address) is rotated and the plan does not say so",
                hint: "add `rotation:`; `rotation: none` switches it off", at: secret.place)
        ]
        return findings
    }

    private func enabling(
        _ rotation: Rotation, _ rules: Rotation.Rules, over pending: String?, _ path: String,
        _ setting: Setting
    ) -> Step {
        let immediately = rotation.start == .now
        // Secrets Manager begins none while a version of an earlier one is pending.
        let cleared = pending.map { Call.secret(.removeLabel(path, "AWSPENDING", version: $0)) }
        let changes =
            (pending.map { [Change("AWSPENDING", .text($0), .absent)] } ?? [])
            + Self.shown(rules).map { Change($0.path, .absent, $0.shown) }
            + [Change("start", .absent, .text(rotation.start.rawValue))]
            + Self.windows(rules, after: setting.observedAt)
        return Step(
            .create, address,
            [cleared, .secret(.rotate(path, rules, immediately: immediately))].compactMap(\.self),
            changes: changes,
            reason: immediately
                ? "rotates once, now"
                : rules.function == nil
                    ? "the service that owns the secret rotates it"
                    : "Secrets Manager tests the function by making and removing a pending version",
            place: rotation.place)
    }

    /// What an interrupted cancellation left to do.
    private func finishing(_ pending: String, _ path: String) -> Step {
        Step(
            .delete, address, [.secret(.removeLabel(path, "AWSPENDING", version: pending))],
            changes: [Change("AWSPENDING", .text(pending), .absent)],
            reason: "a rotation that was cancelled left it", place: secret.place)
    }

    private func cancelling(_ current: Rotation.Live, of live: Secret.Live?, _ path: String) -> Step
    {
        var calls = [Call.secret(.cancelRotation(path))]
        var changes = [Change("rotation", .text(current.function ?? "on"), .text("none"))]
        if let pending = live?.pending {
            calls.append(.secret(.removeLabel(path, "AWSPENDING", version: pending)))
            changes.append(Change("AWSPENDING", .text(pending), .absent))
        }
        return Step(.delete, address, calls, changes: changes, place: secret.place)
    }

    private func correcting(
        _ rotation: Rotation, _ rules: Rotation.Rules, from current: Rotation.Live,
        of live: Secret.Live?, _ setting: Setting
    ) -> Findings {
        var changes = Self.changes(from: current, to: rules)
        guard !changes.isEmpty else { return Findings() }
        guard live?.pending == nil else {
            return Findings(
                refusal: Diagnostic(
                    .error, "rotation-under-way",
                    "\(address) cannot change while a rotation is under way",
                    hint:
                        "plan again when the version with AWSPENDING is gone, or leave it out with"
                        + " --except \(address)",
                    at: rotation.place))
        }
        changes += Self.windows(rules, after: setting.observedAt)
        let path = secret.path(in: setting.identity)
        let calls = [Call.secret(.rotate(path, rules, immediately: false))]
        let reason =
            rules.expression?.hasPrefix("cron") == true
            ? "the next rotation follows the new schedule"
            : "a rotation that is already scheduled may still happen"
        return Findings([
            Step(
                .change, address, calls, changes: changes, reason: reason, place: rotation.place)
        ])
    }

    /// Of the schedule only the field that the plan sets is compared: with an expression Secrets
    /// Manager computes AutomaticallyAfterDays itself, so that days only count where there is no
    /// expression, or the same days in one (RotationRulesType).
    private static func changes(
        from current: Rotation.Live, to rules: Rotation.Rules
    ) -> [Change] {
        let live = [
            "function": current.function ?? "managed",
            "every": current.everyDays.map { "\($0) days" },
            "schedule": current.expression, "window": current.duration.map(window),
        ]
        var changes = shown(rules).compactMap { path, after -> Change? in
            let before = live[path]?.map(Change.Shown.text) ?? .absent
            return before == after ? nil : Change(path, before, after)
        }
        if let days = rules.everyDays, let expression = current.expression,
            expression != "rate(\(days) days)", expression != "rate(\(days) day)"
        {
            changes.append(Change("schedule", .text(expression), .absent))
        }
        return changes
    }

    /// When the next three windows open: to the minute with `cron`, and about the day otherwise,
    /// since those count from a rotation that Secrets Manager alone knows (design 5.7).
    private static func windows(_ rules: Rotation.Rules, after time: Int64) -> [Change] {
        let schedule = rules.expression.flatMap { try? RotationSchedule(parsing: $0) }
        let exact = schedule?.windows(3, after: time).map(CalendarDay.text) ?? []
        let period = rules.everyDays.map { Int64($0) * 86_400 } ?? schedule?.period
        let rough = (1...3).compactMap { count in
            period.map { CalendarDay.dayText(of: time + Int64(count) * $0) }
        }
        let text =
            if exact.isEmpty {
                "about \(rough.joined(separator: ", ")), counted from the last rotation"
            } else {
                exact.joined(separator: ", ")
            }
        return exact.isEmpty && rough.isEmpty ? [] : [Change("next windows", .absent, .text(text))]
    }

    /// Secrets Manager's `2h` in the plan's words.
    private static func window(_ duration: String) -> String {
        Int(duration.dropLast()).map { "\($0) hours" } ?? duration
    }

    private static func shown(
        _ rules: Rotation.Rules
    ) -> [(path: String, shown: Change.Shown)] {
        var shown: [(String, Change.Shown)] = [("function", .text(rules.function ?? "managed"))]
        if let days = rules.everyDays { shown.append(("every", .text("\(days) days"))) }
        if let text = rules.expression { shown.append(("schedule", .text(text))) }
        if let hours = rules.windowHours { shown.append(("window", .text("\(hours) hours"))) }
        return shown
    }
}

extension Secret {
    /// Whether the service that owns the secret is to rotate it (Secrets Manager user guide,
    /// "Managed rotation").
    fileprivate var isRotatedByItsOwner: Bool {
        guard case .rotation(let rotation) = rotation else { return false }
        return rotation.function == .managed
    }
}
