internal import JSON

/// Deleting and restoring secrets.
extension SandboxSecretsManager {
    /// A forced deletion of a secret that is not there succeeds all the same (botocore
    /// DeleteSecret).
    static func deleteSecret(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let id = try secretID(of: input)
        let window = try input.number("RecoveryWindowInDays")
        let isForced = try input.flag("ForceDeleteWithoutRecovery") ?? false
        guard window == nil || !isForced else { throw Refused(.recoveryWindowAndForce) }
        if let window, !(7...30).contains(window) { throw Refused(.recoveryWindow) }

        if let secret = try? secret(id, in: region) { try checkReplication(of: secret) }
        if isForced { return force(id, call, &region) }
        let secret = try secret(of: input, in: region)
        let date = call.now + (window ?? 30) * .day
        region.secrets[secret.name]?.deletion = StoredSecret.Deletion(date: date)
        return deleted(secret, at: date)
    }

    static func restoreSecret(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let secret = try anySecret(of: input, in: region)
        guard secret.primaryRegion == nil else { throw Refused(.replicaIsReadOnly) }
        region.secrets[secret.name]?.deletion = nil
        return .object(identity(of: secret))
    }

    /// Copies go by way of their primary, and a primary goes after its copies (botocore
    /// DeleteSecret).
    private static func checkReplication(of secret: StoredSecret) throws(Refused) {
        guard secret.primaryRegion == nil else { throw Refused(.replicaIsReadOnly) }
        guard secret.replicas.isEmpty else {
            let regions = secret.replicas.map(\.region).sorted().joined(separator: ", ")
            throw Refused(.hasReplicas, secret.arn, regions)
        }
    }

    private static func force(_ id: String, _ call: Call, _ region: inout Region) -> JSON {
        guard let secret = try? secret(id, in: region) else {
            let isARN = id.hasPrefix("arn:")
            return [
                "ARN": .string(isARN ? id : region.arn("secretsmanager", "secret:\(id)")),
                "Name": .string(id), "DeletionDate": .time(call.now),
            ]
        }
        region.secrets[secret.name] = nil
        let delay = region.random.draw(call.delays.forcedDeletion)
        if delay > 0 { region.forcedDeletions[secret.name] = call.now + delay }
        return deleted(secret, at: call.now)
    }

    private static func deleted(_ secret: StoredSecret, at date: Int) -> JSON {
        var answer = identity(of: secret)
        answer["DeletionDate"] = .time(date)
        return .object(answer)
    }
}
