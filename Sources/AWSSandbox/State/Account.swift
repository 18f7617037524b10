/// What one account has: its regions, its IAM, and who is denied what.
struct Account: Sendable, Codable {
    let id: String
    private let seed: UInt64
    var random: SeededRandom
    /// Managed policies of the account by ARN.
    var policies: [String: ManagedPolicy] = [:]
    /// Roles, users and groups by kind and name.
    var entities: [IAMEntity.Kind: [String: IAMEntity]] = [:]
    /// The ARNs of its roles and users: what a policy may name as a principal.
    var principals: Set<String> = []
    /// By id: keys of users and of root, and of the sessions that began here.
    var accessKeys: [String: FrontDoor.AccessKey] = [:]
    /// OpenID Connect providers by issuer, without `https://`.
    var identityProviders: [String: IdentityProvider] = [:]
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
        accessKeys = accessKeys.filter { !$1.isForgotten(at: now) }
        replicate(now: now)
    }
}

/// A managed policy with its versions.
struct ManagedPolicy: Sendable, Codable {
    struct Version: Sendable, Codable {
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
