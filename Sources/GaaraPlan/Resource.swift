package import GaaraStore

/// One kind of thing that a plan declares.
///
/// Its file says what it is, what AWS can report of it, and which steps lie between the two;
/// `Kind+AWS.swift` in the engine says how AWS says it.
package protocol Resource {
    /// What AWS reports of such a thing.
    associatedtype Live

    var address: Address { get }

    /// The steps that turn `live` into this declaration; none when they agree.
    ///
    /// - Parameter live: what AWS reports, or `nil` when it has no such thing. A secret in its
    ///   recovery window is not `nil`: its `deletionDate` is set.
    func findings(from live: Live?, in setting: Setting) -> Findings
}

/// What comes of comparing one declaration with what is live.
package struct Findings: Sendable {
    package var steps: [Step] = []
    package var notCompared: [NotCompared] = []
    package var diagnostics: [Diagnostic] = []

    package init() {}

    package init(_ steps: [Step]) { self.steps = steps }

    /// A refusal: no step, and the reason why there can be none.
    package init(refusal: Diagnostic) { diagnostics = [refusal] }

    package init(refusals: [Diagnostic]) { diagnostics = refusals }

    package static func += (a: inout Findings, b: Findings) {
        a.steps += b.steps
        a.notCompared += b.notCompared
        a.diagnostics += b.diagnostics
    }
}

/// A value that nobody looked at, which is always said.
package struct NotCompared: Hashable, Sendable {
    package let address: Address
    /// Why: lower case, no full stop.
    package let reason: String

    package init(_ address: Address, _ reason: String) {
        self.address = address
        self.reason = reason
    }
}

/// What every kind needs to know beside itself.
package struct Setting: Sendable {
    package let plan: Plan
    package let scope: Scope
    /// The keys that are there or will be.
    package let keys: [Key.Role: KeyReference]
    /// All the names that Secrets Manager may give for the data key: id, ARN, alias, alias ARN.
    package let dataKeyNames: Set<String>
    package let supply: [SecretName: Supply]
    /// Names the pepper that `supply` was made with; `nil` where there is none.
    package let pepperID: String?
    /// Seconds since 1970, when the snapshot was taken.
    package let observedAt: Int64
    /// The keys of replicas that exist.
    package let regionalKeys: [RegionalKey: RegionalKey.Live]
    /// The ARNs of those whom a secret's policy admits, where they are known.
    package let principalARNs: [Principal: String]
    /// Who applies; `nil` where nobody asked.
    package let callerARN: String?

    package init(
        plan: Plan, scope: Scope = Scope(), keys: [Key.Role: KeyReference],
        dataKeyNames: Set<String> = [], supply: [SecretName: Supply] = [:],
        pepperID: String? = nil, observedAt: Int64,
        regionalKeys: [RegionalKey: RegionalKey.Live] = [:],
        principalARNs: [Principal: String] = [:], callerARN: String? = nil
    ) {
        self.plan = plan
        self.scope = scope
        self.keys = keys
        self.dataKeyNames = dataKeyNames
        self.supply = supply
        self.pepperID = pepperID
        self.observedAt = observedAt
        self.regionalKeys = regionalKeys
        self.principalARNs = principalARNs
        self.callerARN = callerARN
    }

    package var identity: Identity { plan.identity }

    /// What encrypts the secrets, as a policy names it.
    package var dataKey: KeyReference { keys[.data] ?? .made(.data) }
}
