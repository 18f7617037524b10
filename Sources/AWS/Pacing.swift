/// How fast each API may be called, kept on our side, so that a large apply runs at the allowed
/// rate instead of being throttled.
///
/// A value: it reads no clock.
package struct Pacing: Sendable {
    /// Operations that share one quota, in requests a second for each account and region.
    struct Lane: Sendable {
        let service: ServiceID
        let names: Set<String>
        let perSecond: Int

        init(_ service: ServiceID, _ perSecond: Int, _ names: Set<String>) {
            self.service = service
            self.perSecond = perSecond
            self.names = names
        }
    }

    /// The quotas that an apply can reach.
    ///
    /// KMS developer guide, "Request quotas"; Secrets Manager user guide, "Quotas". Those of a
    /// hundred a second and more are left to the service.
    static let lanes: [Lane] =
        [
            "CreateKey", "CreateAlias", "UpdateAlias", "EnableKey", "DisableKeyRotation",
            "CancelKeyDeletion", "UpdateKeyDescription", "UntagResource",
        ].map { Lane(.kms, 5, [$0]) }
        + [Lane(.kms, 10, ["TagResource"])]
        + ["PutKeyPolicy", "EnableKeyRotation", "ScheduleKeyDeletion", "DeleteAlias"].map {
            Lane(.kms, 15, [$0])
        }
        + [
            Lane(
                .secretsManager, 50, ["PutSecretValue", "UpdateSecret", "UpdateSecretVersionStage"]),
            Lane(.secretsManager, 50, ["RotateSecret", "CancelRotateSecret"]),
            Lane(.secretsManager, 50, ["TagResource", "UntagResource"]),
            Lane(.secretsManager, 50, ["GetResourcePolicy"]),
            Lane(.secretsManager, 50, ["RestoreSecret"]),
            // Not published; the rate of their neighbours.
            Lane(.secretsManager, 50, ["CreateSecret"]),
            Lane(.secretsManager, 50, ["DeleteSecret"]),
            Lane(.secretsManager, 50, ["ListSecretVersionIds"]),
        ]

    private static let laneOf: [Key: Int] = Dictionary(
        lanes.enumerated().flatMap { index, lane in
            lane.names.map { (Key(service: lane.service, name: $0), index) }
        },
        uniquingKeysWith: { first, _ in first })

    private struct Key: Hashable {
        let service: ServiceID
        let name: String
    }

    /// The moments of each lane's last calls, as many as a second may have, oldest first.
    private var recent: [Int: [UInt64]] = [:]

    package init() {}

    /// Takes the next place for `operation`.
    ///
    /// - Parameter now: nanoseconds of a clock that never goes back.
    /// - Returns: nanoseconds to wait before sending; 0 for an operation without a lane.
    package mutating func reserve(_ operation: Operation, at now: UInt64) -> UInt64 {
        let key = Key(service: operation.service, name: operation.name)
        guard let lane = Self.laneOf[key] else { return 0 }
        var moments = recent[lane] ?? []
        var moment = now
        if moments.count == Self.lanes[lane].perSecond {
            // No more than the quota in any one second: a second after the call that many before.
            moment = max(now, moments.removeFirst() + 1_000_000_000)
        }
        moments.append(moment)
        recent[lane] = moments
        return moment - now
    }
}
