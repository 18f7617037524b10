internal import AWS

/// How long something that should be there is waited for, with growing pauses.
struct Patience {
    private let limit: Int
    private var waited = 0
    private var pause = 1_000

    private init(minutes: Int) { limit = minutes * 60_000 }

    /// For what this run made and AWS does not know everywhere yet.
    ///
    /// KMS names five minutes for tags and aliases, so six (KMS developer guide, "ABAC for AWS
    /// KMS"; design 5.9).
    static let lateTruth = Patience(minutes: 6)

    /// For a key whose creation was not answered (design 5.4).
    static let lostKey = Patience(minutes: 5)

    /// For a replica that AWS makes or removes; Secrets Manager names no time.
    static let replication = Patience(minutes: 10)

    /// Milliseconds to wait before the next try; `nil` when patience is at its end.
    mutating func next() -> Int? {
        guard waited < limit else { return nil }
        let wait = min(pause, limit - waited)
        waited += wait
        pause = min(pause * 2, 15_000)
        return wait
    }
}

extension Applier.Hooks {
    /// Waits once more, with the reason on screen, and says whether it did: not when patience is at
    /// its end or a signal asks to stop.
    func wait(_ patience: inout Patience, _ reason: String) async -> Bool {
        guard stopSignal() == nil, let milliseconds = patience.next() else { return false }
        tell(reason)
        await sleep(milliseconds)
        return true
    }
}

extension AWSError {
    /// Whether AWS may only not know yet what was just made: nothing else is ever waited out.
    var mayBeLateTruth: Bool { kind == .accessDenied || kind == .notFound }

    /// Whether Secrets Manager refuses the very call, as its message then says: no key that was
    /// just made is the reason, so it is KMS's refusal alone that may go by itself.
    var isSecretsManagersOwn: Bool {
        guard let operation, operation.service == .secretsManager else { return false }
        return message.contains("\(operation.service.prefix):\(operation.name)")
    }
}
