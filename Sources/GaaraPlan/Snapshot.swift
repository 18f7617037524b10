package import GaaraStore

/// What AWS has now, of the things that a plan declares or owns.
package struct Snapshot: Sendable {
    /// Seconds since 1970.
    package var observedAt: Int64
    package var keys: [Key.Role: Key.Live]
    package var secrets: [SecretName: Secret.Live]
    /// By the name that the plan gives them.
    package var policies: [String: Policy.Live]
    /// Policies of the account that have a declared name under another path: lower-case name to
    /// ARN.
    ///
    /// IAM keeps names unique whatever their path or case (IAM API, CreatePolicy).
    package var policyNamesTaken: [String: String]
    /// Of the keys' administrators, and of the principals that the plan attaches to and that are not
    /// attached yet: those that IAM does not know.
    package var missingPrincipals: Set<Principal>
    /// Roles and users that are looked at for what they are (`Plan.examinedPrincipals`).
    package var principals: [Principal: Principal.Live]
    /// The keys of replicas that exist.
    package var regionalKeys: [RegionalKey: RegionalKey.Live]
    /// Who looked, as STS says; `nil` where nobody asked.
    package var callerARN: String?
    /// The names of every secret of the region, of whoever and pending deletion too, that needs one
    /// of the plan's keys; `nil` where nobody looked.
    package var keyUsers: [String]?
    /// Ours and no longer declared.
    package var orphans: [Orphan]
    /// Whether a list told of the secrets, which may be five minutes old (Secrets Manager API,
    /// ListSecrets).
    package var isSwept: Bool

    package init(
        observedAt: Int64, keys: [Key.Role: Key.Live] = [:],
        secrets: [SecretName: Secret.Live] = [:], policies: [String: Policy.Live] = [:],
        policyNamesTaken: [String: String] = [:], missingPrincipals: Set<Principal> = [],
        principals: [Principal: Principal.Live] = [:],
        regionalKeys: [RegionalKey: RegionalKey.Live] = [:], callerARN: String? = nil,
        keyUsers: [String]? = nil,
        orphans: [Orphan] = [], isSwept: Bool = false
    ) {
        self.observedAt = observedAt
        self.keys = keys
        self.secrets = secrets
        self.policies = policies
        self.policyNamesTaken = policyNamesTaken
        self.missingPrincipals = missingPrincipals
        self.principals = principals
        self.regionalKeys = regionalKeys
        self.callerARN = callerARN
        self.keyUsers = keyUsers
        self.orphans = orphans
        self.isSwept = isSwept
    }
}

/// Something in AWS that carries our tags and that the plan does not declare.
package enum Orphan: Hashable, Sendable {
    case secret(SecretName, Secret.Live)
    case policy(Policy.Live)
    /// By its name.
    case role(String, Principal.Live)
    /// A key with our claim that neither alias nor secret uses, by its ARN.
    case key(arn: String)

    /// An address where it has one, else the ARN.
    package var name: String {
        switch self {
        case .secret(let name, _): Address.secret(name).description
        case .policy(let live): Address.policy(live.name).description
        case .role(let name, _): Address.role(name).description
        case .key(let arn): arn
        }
    }
}
