internal import GaaraStore

extension Secret {
    /// What is to be done about the value, told from version ids alone: AWSCURRENT's id is the
    /// token of the value that was written, so nobody has to read one (design 5.2).
    func valueFindings(from live: Live, in setting: Setting) -> Findings {
        guard let current = live.current else {
            // What is scheduled for deletion may have a value all the same.
            return live.deletionDate == nil ? firstValue(of: live, in: setting) : Findings()
        }
        guard owner == .plan else { return Findings() }
        let token: String
        switch setting.supply[name] {
        case .token(let supplied): token = supplied
        case .read(isSame: true, _), .drawn: return Findings()
        case .read(isSame: false, let token):
            return differing(token, current, of: live, in: setting)
        case .unkeyed: return unseen("there are no value tokens to compare by")
        case .missing(let reason): return unseen(reason)
        case nil: return unseen("no value was supplied")
        }
        guard token != current else { return Findings() }
        let overwrite = setting.scope.overwrite.contains(name.text)
        switch VersionOrigin(versionID: current) {
        case .keyed(let id) where id == setting.pepperID:
            return writing(token, over: current, of: live, verb: .change)
        case .keyed where !overwrite:
            return unseen("it was written under another value-tokens key")
        case .unkeyed where !overwrite:
            return unseen("it was written without value tokens")
        case .foreign where !overwrite && isRotated(live):
            // The rotation function writes it.
            return Findings()
        case .foreign where !overwrite: return outside
        case .keyed, .unkeyed, .foreign:
            return writing(token, over: current, of: live, verb: .outside)
        }
    }

    /// A value that was read and is another than the declared one: corrected where we wrote it,
    /// under whatever pepper or none.
    private func differing(
        _ token: String?, _ current: String, of live: Live, in setting: Setting
    ) -> Findings {
        guard token != current else {
            return unseen("version \(current) has another value than its id says")
        }
        guard case .foreign = VersionOrigin(versionID: current) else {
            return writing(token, over: current, of: live, verb: .change)
        }
        if setting.scope.overwrite.contains(name.text) {
            return writing(token, over: current, of: live, verb: .outside)
        }
        return isRotated(live) ? Findings() : outside
    }

    /// Told, and left alone.
    private var outside: Findings {
        Findings([
            Step(
                .outside, address, [], changes: [Change("value", .sensitive, .sensitive)],
                reason: "somebody else wrote the value; --overwrite \(name) corrects it",
                place: place)
        ])
    }

    /// A secret without any version: a put alone gives it AWSCURRENT.
    private func firstValue(of live: Live, in setting: Setting) -> Findings {
        if let pending = live.pending { return rotating(pending) }
        let token: String?
        switch setting.supply[name] {
        case .token(let supplied): token = supplied
        case .read(_, let supplied): token = supplied
        case .unkeyed, .drawn: token = nil
        case .missing(let reason): return unseen(reason)
        case nil: return unseen("no value was supplied")
        }
        let write = ValueWrite(seen: nil, token: token, source: value)
        return Findings([
            Step(
                .change, address, [.secret(.putValue(live.name, write))],
                changes: [Change("value", .absent, .sensitive)], place: place)
        ])
    }

    private func writing(
        _ token: String?, over current: String, of live: Live, verb: Verb
    ) -> Findings {
        if let pending = live.pending { return rotating(pending) }
        let write = ValueWrite(seen: current, token: token, source: value)
        let calls: [Call] = [
            .secret(.putValue(live.name, write)), .secret(.moveCurrent(live.name, write)),
            .secret(.removeStagedLabel(live.name, write)),
        ]
        return Findings([
            Step(
                verb, address, calls, changes: [Change("value", .sensitive, .sensitive)],
                reason: verb == .outside ? "somebody else wrote the value" : nil,
                consequence: verb == .outside ? "overwrites a value that somebody else wrote" : nil,
                place: place)
        ])
    }

    private func isRotated(_ live: Live) -> Bool {
        if case .rotation = rotation { return true }
        return live.rotation?.isEnabled == true
    }

    private func rotating(_ pending: String) -> Findings {
        unseen("a rotation is under way: version \(pending) is AWSPENDING")
    }

    private func unseen(_ reason: String) -> Findings {
        var findings = Findings()
        findings.notCompared = [NotCompared(address, reason)]
        return findings
    }
}
