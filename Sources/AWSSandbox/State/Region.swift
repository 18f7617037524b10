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
    }
}
