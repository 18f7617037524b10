internal import Digest

/// What one account has in one region: keys, aliases, secrets, and the functions that rotate them.
struct Region: Sendable {
    let account: String
    let name: String
    var random: SeededRandom
    var keys: [String: KMSKey] = [:]
    var aliases: [String: KMSAlias] = [:]
    var secrets: [String: StoredSecret] = [:]
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

    /// Removes what is past its window: secrets at once, keys with their aliases.
    mutating func settle(now: Int) {
        secrets = secrets.filter { _, secret in
            guard let deletion = secret.deletion else { return true }
            return deletion.date > now
        }
        keys = keys.filter { _, key in
            guard case .pendingDeletion(let date, _) = key.state else { return true }
            return date > now
        }
        aliases = aliases.filter { keys[$1.keyID] != nil }
        settleMetrics(now: now)
    }
}
