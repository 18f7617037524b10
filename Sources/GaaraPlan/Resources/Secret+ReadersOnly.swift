internal import GaaraStore

/// The policy of the secret itself, where the plan says who alone may read it.
extension Secret {
    /// The text of the policy; `nil` where the plan wants none or does not say.
    func readersOnlyPolicy(in setting: Setting) -> String? {
        guard readersOnly == true else { return nil }
        return ReadersOnly(of: self, in: setting.plan)
            .document(arns: setting.principalARNs, in: setting.identity)?.text
    }

    /// Why the policy cannot be put: somebody whom it would admit does not exist, or it would shut
    /// out whoever applies.
    ///
    /// A planner does not put it, and may plan.
    func readersOnlyRefusals(_ live: Live?, in setting: Setting) -> [Diagnostic] {
        guard readersOnly == true else { return [] }
        let policy = ReadersOnly(of: self, in: setting.plan)
        let missing = policy.principals.filter { setting.principalARNs[$0] == nil }
        guard missing.isEmpty else {
            return missing.map { principal in
                Diagnostic(
                    .error, "no-such-principal",
                    "\(principal) does not exist, so readers-only of \(address) cannot name it",
                    hint: "create the \(principal.kind.rawValue) first, or take it out of the plan",
                    at: place)
            }
        }
        guard let caller = setting.callerARN,
            !policy.admits(caller: caller, as: setting.principalARNs),
            !isPlanner(caller, in: setting.plan),
            live.map({ !policyCorrection(of: $0, in: setting).calls.isEmpty }) ?? true
        else { return [] }
        return [
            Diagnostic(
                .error, "lockout",
                "readers-only of \(address) would shut out \(caller), who applies",
                hint: "add it to operators.applier or operators.break-glass, or apply as one of"
                    + " them",
                at: place)
        ]
    }

    private func isPlanner(_ caller: String, in plan: Plan) -> Bool {
        let parts = caller.split(separator: ":", maxSplits: 5).last?.split(separator: "/") ?? []
        let kind: Principal.Kind = parts.first == "user" ? .user : .role
        let name = kind == .user ? parts.last : parts.dropFirst().first
        return plan.operators.planner.map(Principal.init(operator:)).contains {
            $0.kind == kind && $0.name == name ?? ""
        }
    }

    /// What puts the secret's policy right.
    func policyCorrection(
        of live: Live, in setting: Setting
    ) -> (calls: [Call], changes: [Change]) {
        let seen: String? = if case .text(let text) = live.policy { text } else { nil }
        let before = seen.map(Change.Shown.document) ?? .absent
        switch readersOnly {
        case nil: return ([], [])
        case .some(false):
            guard seen != nil else { return ([], []) }
            return (
                [.secret(.removePolicy(live.name))], [Change("readers-only", before, .absent)]
            )
        case .some(true):
            guard let text = readersOnlyPolicy(in: setting) else { return ([], []) }
            if let seen, PolicyDocument.areEquivalent(text, seen) { return ([], []) }
            return (
                [.secret(.putPolicy(live.name, seen: live.policy, text))],
                [Change("readers-only", before, .document(text))]
            )
        }
    }
}
