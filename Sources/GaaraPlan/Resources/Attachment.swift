/// One of our policies on one principal.
package struct Attachment: Resource, Hashable, Sendable {
    package let policy: Policy
    package let principal: Principal

    package init(_ policy: Policy, to principal: Principal) {
        self.policy = policy
        self.principal = principal
    }

    package var address: Address { .attachment(policy: policy.name, principal) }

    /// What IAM reports: whether the attachment stands, and whether the principal does.
    package struct Live: Hashable, Sendable {
        package let isAttached: Bool
        package let principalExists: Bool

        package init(isAttached: Bool, principalExists: Bool) {
            self.isAttached = isAttached
            self.principalExists = principalExists
        }
    }

    package func findings(from live: Live?, in setting: Setting) -> Findings {
        if live?.isAttached == true { return Findings() }
        guard live?.principalExists != false else {
            return Findings(
                refusal: Diagnostic(
                    .error, "no-such-principal",
                    "\(principal) does not exist, so \(policy.name) cannot be attached to it",
                    hint: "create the \(principal.kind) first, or take it out of `attach`",
                    at: policy.access.place))
        }
        let arn = policy.arn(in: setting.identity)
        return Findings([
            Step(
                .create, address, [.policy(.attach(arn: arn, principal))],
                changes: [Change("policy", .absent, .text(arn))], place: policy.access.place)
        ])
    }

    /// Our managed policies' attachments are ours: one that the plan does not declare goes, unless
    /// `exclusive: false` lets it stay, which every plan then says (design 5.12).
    static func undeclared(of policy: Policy, live: Policy.Live, in scope: Scope) -> Findings {
        var findings = Findings()
        for principal in live.attachments.subtracting(policy.access.principals).sorted() {
            let address = Address.attachment(policy: policy.name, principal)
            guard scope.contains(address) else { continue }
            if policy.access.isExclusive {
                findings.steps.append(
                    detaching(principal, from: live, reason: "the plan does not declare it"))
            } else {
                findings.diagnostics.append(
                    Diagnostic(
                        .note, "undeclared-attachment",
                        "\(address) is not declared and stays, since `exclusive` is false",
                        hint: "declare it under `attach`, or take `exclusive: false` out",
                        at: policy.access.place))
            }
        }
        return findings
    }

    static func detaching(_ principal: Principal, from live: Policy.Live, reason: String?) -> Step {
        Step(
            .delete, .attachment(policy: live.name, principal),
            [.policy(.detach(arn: live.arn, principal))],
            changes: [Change("policy", .text(live.arn), .absent)], reason: reason)
    }
}
