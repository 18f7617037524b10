internal import JSON

/// A secret as ListSecrets showed it before a change; `nil` when it was not there.
struct ListedSecret: Sendable, Codable {
    let secret: StoredSecret?
}

extension Region {
    /// The secrets as ListSecrets sees them at `now`: some of them as they were.
    func listedSecrets(now: Int) -> [StoredSecret] {
        guard !unseenSecrets.isEmpty else { return Array(secrets.values) }
        let names = Set(secrets.keys).union(unseenSecrets.keys)
        return names.compactMap { name in
            guard let seen = unseenSecrets[name]?.seen(now: now) else { return secrets[name] }
            return seen.secret
        }
    }
}

extension SandboxSecretsManager {
    /// Runs an operation, whose change ListSecrets sees as late as the call's delays have it.
    static func run(
        _ operation: Operation, _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let member = input.has("SecretId") ? "SecretId" : "Name"
        guard call.isWrite, call.delays.list.upperBound > 0, let id = try input.text(member) else {
            return try operation(call, input, &region)
        }
        let name = (try? secret(id, in: region))?.name ?? id
        let before = region.secrets[name]
        let answer = try operation(call, input, &region)
        region.unseenSecrets[name, default: Unseen()].add(
            before: ListedSecret(secret: before),
            until: call.now + region.random.draw(call.delays.list), now: call.now)
        return answer
    }
}
