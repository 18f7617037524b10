package import GaaraStore

/// The ordered steps between what is declared and what is live: a pure function of the two.
///
/// `plan` shows one and `apply` runs one, and both compute it here: there is no second decision.
package struct Changeset: Sendable {
    package let identity: Identity
    package let scope: Scope
    package let isDestroy: Bool
    /// The plan's digest; part of what is approved.
    package let planDigest: String
    /// In the order in which they run; steps of one phase may run at the same time.
    package let steps: [Step]
    package let notCompared: [NotCompared]
    /// Ours, no longer declared, and left alone by these steps.
    package let orphans: [String]
    /// Notes and warnings; an error means that there is no changeset.
    package let notes: [Diagnostic]
    /// Values that a step needs and nobody supplied: apply refuses before any write.
    package let missingValues: [NotCompared]

    /// Computes the steps; of what the scope leaves out nothing is refused either.
    ///
    /// - Parameters:
    ///   - supply: what is at hand of each declared value.
    ///   - pepperID: names the pepper that the tokens in `supply` were made with.
    /// - Throws: every refusal at once, when anything stands in the way of a step.
    package static func between(
        _ plan: Plan, and snapshot: Snapshot, supply: [SecretName: Supply] = [:],
        pepperID: String? = nil, scope: Scope = Scope()
    ) throws(Refusals) -> Changeset {
        let setting = Setting(
            plan: plan, snapshot: snapshot, supply: supply, pepperID: pepperID, scope: scope)
        var findings = Findings()
        for key in plan.keys where scope.contains(key.address) {
            findings += key.refusals(of: snapshot.missingPrincipals)
            findings += key.findings(from: snapshot.keys[key.role], in: setting)
        }
        for secret in plan.secrets {
            let live = snapshot.secrets[secret.name]
            let rotation = SecretRotation(secret)
            // What stands in the secret's way stands in its rotation's, too.
            if scope.contains(secret.address) || scope.contains(rotation.address) {
                findings += secret.findings(from: live, in: setting)
            }
            if scope.contains(rotation.address) {
                findings += rotation.findings(from: live, in: setting)
            }
            findings += replicaFindings(secret, live, setting)
        }
        for role in plan.roles where scope.contains(role.address) {
            findings += role.findings(
                from: snapshot.principals[Principal(.role, role.name)], in: setting)
        }
        for policy in plan.policies {
            findings += policyFindings(policy, snapshot, setting)
        }
        if snapshot.isSwept {
            findings += Findings(
                refusal: Diagnostic(
                    .note, "swept",
                    "what did not change is as of up to five minutes ago, by AWS's list of"
                        + " secrets",
                    hint: "--fresh looks at each of the \(plan.secrets.count) secrets"))
        }
        if scope.prune { findings += Self.pruning(snapshot.orphans, plan, setting) }
        return try Changeset(setting, findings, snapshot, isDestroy: false)
    }

    /// What is adopted is that alone, and what nobody may have stays as it is.
    private static func replicaFindings(
        _ secret: Secret, _ live: Secret.Live?, _ setting: Setting
    ) -> Findings {
        guard secret.value != .external, live?.isOurs(in: setting) != false else {
            return Findings()
        }
        var findings = Findings()
        for declared in secret.replicas ?? [] {
            let replica = SecretReplica(secret: secret, declared: declared)
            guard setting.scope.contains(replica.address) else { continue }
            let found = live?.replicas.first { $0.region == declared.region }
            findings += replica.findings(from: found, in: setting)
        }
        if let live { findings += SecretReplica.undeclared(of: secret, live: live, in: setting) }
        return findings
    }

    private static func policyFindings(
        _ policy: Policy, _ snapshot: Snapshot, _ setting: Setting
    ) -> Findings {
        let live = snapshot.policies[policy.name]
        let declared = policy.access.principals.map { Attachment(policy, to: $0) }
        let undeclared =
            live.map { Attachment.undeclared(of: policy, live: $0, in: setting.scope) }
            ?? Findings()
        let attachments = declared.filter { setting.scope.contains($0.address) }
        guard
            setting.scope.contains(policy.address) || !attachments.isEmpty
                || !undeclared.steps.isEmpty || !undeclared.diagnostics.isEmpty
        else { return Findings() }
        if let taken = snapshot.policyNamesTaken[policy.name.lowercased()] {
            return Findings(
                refusal: Diagnostic(
                    .error, "policy-name-taken",
                    "the policy name \(policy.name) is taken by \(taken)",
                    hint: "IAM keeps names unique whatever their path or case: set `name:`",
                    at: policy.access.place))
        }
        var findings = policy.findings(from: live, in: setting)
        let isAdopted = findings.steps.contains { $0.verb == .adopt }
        findings.diagnostics += policy.access.boundaryRefusals(snapshot.principals, in: setting)
        guard findings.diagnostics.isEmpty, !isAdopted else { return findings }
        for attachment in attachments {
            let principal = attachment.principal
            let isMade =
                principal.kind == .role
                && setting.plan.roles.contains { $0.name == principal.name }
            let attached = Attachment.Live(
                isAttached: live?.attachments.contains(principal) ?? false,
                principalExists: isMade || !snapshot.missingPrincipals.contains(principal))
            findings += attachment.findings(from: attached, in: setting)
        }
        findings += undeclared
        return findings
    }

    init(
        _ setting: Setting, _ findings: Findings, _ snapshot: Snapshot, isDestroy: Bool
    ) throws(Refusals) {
        let errors = findings.diagnostics.filter { $0.severity == .error }
        guard errors.isEmpty else { throw Refusals(errors) }
        identity = setting.identity
        scope = setting.scope
        self.isDestroy = isDestroy
        planDigest = setting.plan.digest
        steps = findings.steps.filter { setting.scope.contains($0.address) }
            .sorted { ($0.phase, $0.address) < ($1.phase, $1.address) }
        notCompared = findings.notCompared.filter { setting.scope.contains($0.address) }
        let addresses = Set(steps.map(\.address.description))
        orphans = snapshot.orphans.map(\.name).filter { !addresses.contains($0) }.sorted()
        notes = findings.diagnostics
        missingValues = steps.compactMap { step in
            guard step.verb == .create, case .secret(let name) = step.address,
                case .missing(let reason) = setting.supply[name]
            else { return nil }
            return NotCompared(step.address, reason)
        }
    }

    /// Whether nothing is to be done and nothing differs.
    package var isEmpty: Bool { steps.isEmpty }

    /// Every write that applying it can make, in order.
    package var calls: [Call] { steps.flatMap(\.calls) }
}

/// Why there is no changeset: all reasons at once.
package struct Refusals: Error, Hashable, Sendable {
    package let diagnostics: [Diagnostic]

    package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}

extension Setting {
    init(
        plan: Plan, snapshot: Snapshot, supply: [SecretName: Supply], pepperID: String?,
        scope: Scope
    ) {
        let data = snapshot.keys[.data]
        var names: Set<String> = []
        if let data, let key = plan.keys.first(where: { $0.role == .data }) {
            let alias = "alias/\(key.alias)"
            let prefix = data.arn.prefix { $0 != "/" }.dropLast("key".count)
            names = [data.id, data.arn]
            if data.hasAlias { names.formUnion([alias, prefix + alias]) }
        }
        self.init(
            plan: plan, scope: scope, keys: snapshot.keys.mapValues { .known(arn: $0.arn) },
            dataKeyNames: names, supply: supply, pepperID: pepperID,
            observedAt: snapshot.observedAt, regionalKeys: snapshot.regionalKeys,
            principalARNs: Self.arns(of: plan, beside: snapshot), callerARN: snapshot.callerARN)
    }

    /// As IAM gave them; of a role that the plan makes, as it will be.
    private static func arns(of plan: Plan, beside snapshot: Snapshot) -> [Principal: String] {
        let made = plan.roles.map { (Principal(.role, $0.name), $0.arn(in: plan.identity)) }
        return snapshot.principals.mapValues(\.arn).merging(made) { found, _ in found }
    }
}
