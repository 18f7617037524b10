internal import Digest

/// What one account has in one region: keys, aliases, secrets, and the functions that rotate them.
struct Region: Sendable, Codable {
    let account: String
    let name: String
    var random: SeededRandom
    var keys: [String: KMSKey] = [:]
    var aliases: [String: KMSAlias] = [:]
    var secrets: [String: StoredSecret] = [:]
    /// Until when the names of secrets that were deleted without recovery stay taken.
    var forcedDeletions: [String: Int] = [:]
    /// What ListSecrets does not see yet, by name.
    var unseenSecrets: [String: Unseen<ListedSecret>] = [:]
    /// The names of the secrets that have copies in other regions.
    var primaries: Set<String> = []
    /// What is to be done in other regions when the call is over.
    var orders: [ReplicationOrder] = []
    /// Why copies of the secret of that name, or of `*`, cannot be made here: the script of a test.
    var replicationFailures: [String: String] = [:]
    var functions: [String: RotationFunction] = [:]
    /// By name.
    var alarms: [String: StoredAlarm] = [:]
    /// By `MetricID.text`.
    var metrics: [String: StoredMetric] = [:]
    /// By `AnomalyDetector.id`.
    var anomalyDetectors: [String: AnomalyDetector] = [:]
    /// What calls that name a key by alias do not see yet.
    var unseenAliases = Unseen<[String: KMSAlias]>()
    /// What the tagging API does not see yet, by ARN.
    var unseenTags: [String: Unseen<Tags>] = [:]
    private var lastSerial = 0

    init(seed: UInt64, account: String, name: String) {
        self.account = account
        self.name = name
        random = SeededRandom(seed: seed, label: "\(account)/\(name)")
    }

    mutating func nextSerial() -> Int {
        lastSerial += 1
        return lastSerial
    }

    func arn(_ service: String, _ resource: String) -> String {
        "arn:aws:\(service):\(name):\(account):\(resource)"
    }

    /// Removes what is past its window, secrets at once and keys with their aliases, and rotates
    /// what is due.
    mutating func settle(now: Int) {
        settleRotations(now: now)
        forcedDeletions = forcedDeletions.filter { $1 > now }
        secrets = secrets.filter { _, secret in
            guard let deletion = secret.deletion else { return true }
            return deletion.date > now
        }
        keys = keys.filter { _, key in
            guard case .pendingDeletion(let date, _) = key.state else { return true }
            return date > now
        }
        aliases = aliases.filter { keys[$1.keyID] != nil }
        let rotating = keys.values.filter { $0.rotation != nil }.map(\.id)
        for id in rotating { keys[id]?.rotateMaterial(now: now) }
        settleMetrics(now: now)
    }
}
