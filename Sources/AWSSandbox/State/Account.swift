/// What one account has: its regions, its IAM, and who is denied what.
struct Account: Sendable {
    let id: String
    private let seed: UInt64
    var random: SeededRandom
    /// Managed policies of the account by ARN.
    var policies: [String: ManagedPolicy] = [:]
    /// Roles, users and groups by kind and name.
    var entities: [IAMEntity.Kind: [String: IAMEntity]] = [:]
    private(set) var regions: [String: Region] = [:]
    /// By the ARN of a user, role or root.
    var denials: [String: Denials] = [:]
    /// What authorization, key policies and IAM's own reads do not see yet.
    var unseenIAM = Unseen<IAMState>()

    init(seed: UInt64, id: String) {
        self.id = id
        self.seed = seed
        random = SeededRandom(seed: seed, label: id)
    }

    /// Runs `body` on that region in place; the region comes into being with its first use.
    mutating func with<R, Failure: Error>(
        region name: String, _ body: (inout Region) throws(Failure) -> R
    ) throws(Failure) -> R {
        try body(&regions[name, default: Region(seed: seed, account: id, name: name)])
    }

    mutating func settle(now: Int) {
        for name in regions.keys.sorted() { regions[name]?.settle(now: now) }
    }
}

/// A managed policy with its versions.
struct ManagedPolicy: Sendable {
    struct Version: Sendable {
        let number: Int
        let document: String
        /// Seconds since 1970.
        let created: Int

        var id: String { "v\(number)" }
    }

    let name: String
    let path: String
    let id: String
    let arn: String
    let description: String?
    let created: Int
    var updated: Int
    var tags: Tags
    /// Oldest first.
    var versions: [Version]
    var defaultVersion: Int
    /// A number is never used again, also when its version is deleted.
    var highestVersion = 1

    func version(_ id: String) -> Version? { versions.first { $0.id == id } }
}

/// A role, user or group: what a policy can be attached to.
struct IAMEntity: Sendable {
    enum Kind: String, CaseIterable, Hashable, Sendable {
        case role = "Role"
        case user = "User"
        case group = "Group"

        /// The first letters of its unique id.
        var idPrefix: String {
            switch self {
            case .role: "AROA"
            case .user: "AIDA"
            case .group: "AGPA"
            }
        }
    }

    let kind: Kind
    let name: String
    let path: String
    let id: String
    let arn: String
    /// Seconds since 1970.
    let created: Int
    /// The ARN of the policy that bounds it; a group has none.
    var boundary: String?
    /// ARNs in the order of attachment.
    var attached: [String] = []
}
