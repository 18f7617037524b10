internal import AWS
internal import Digest
internal import GaaraPlan
internal import GaaraStore
internal import POSIX

/// A value on its way: the token that names its version.
struct WrittenValue {
    let token: String

    /// Holds a new version until AWSCURRENT moves to it (design 5.5).
    static let stagedLabel = "GAARA-STAGED"
}

extension StepRun {
    mutating func performOnSecret(_ call: Call) async throws(EngineError) {
        switch call {
        case .createSecret(let path, let description, let key, _, let tags):
            let key = try references.arn(of: key)
            try await createSecret(path, description: description, key: key, tags: tags)
        case .updateSecret(let path, let description, let key):
            let key = try key.map { (key) throws(EngineError) in try references.arn(of: key) }
            try await send(
                call,
                SecretsManager.UpdateSecret(
                    secretID: path, clientRequestToken: try randomToken("update"),
                    description: description, kmsKeyID: key),
                dependsOn: key)
        case .putSecretValue(let path, let write):
            try await put(path, write, call)
        case .moveCurrent(let path, let write):
            try await moveCurrent(path, from: write.seen)
        case .removeStagedLabel(let path, _):
            let token = try writtenToken
            try await removeLabel(WrittenValue.stagedLabel, path, from: token, call)
        case .removePendingLabel(let path, let version):
            try await removeLabel("AWSPENDING", path, from: version, call)
        case .tagSecret(let path, let tags):
            try await send(
                call, SecretsManager.TagResource(secretID: path, tags: Tag.list(tags)))
        case .untagSecret(let path, let names):
            try await send(call, SecretsManager.UntagResource(secretID: path, tagKeys: names))
        case .restoreSecret(let path):
            try await send(call, SecretsManager.RestoreSecret(secretID: path))
        case .deleteSecret(let path, let days):
            try await send(
                call, SecretsManager.DeleteSecret(secretID: path, recoveryWindowInDays: days))
        case .rotateSecret(let path, let rules, let immediately):
            try await rotate(path, rules, immediately: immediately, call)
        case .cancelRotateSecret(let path):
            try await send(call, SecretsManager.CancelRotateSecret(secretID: path))
        default:
            throw EngineError(.conflict, "\(call.action) is not a call on a secret")
        }
    }

    /// Creates the secret with its value in one call, so that there is no moment without one.
    ///
    /// The token makes it idempotent: a repetition after a lost answer is no second secret.
    private mutating func createSecret(
        _ path: String, description: String, key: String, tags: [String: String]
    ) async throws(EngineError) {
        let (value, token) = try valueToWrite(path)
        let input = SecretsManager.CreateSecret(
            name: path, clientRequestToken: token, description: description, kmsKeyID: key,
            value: SecretsManager.Value(value), tags: Tag.list(tags))
        do {
            try await settle(dependsOn: key, input)
            references.made(path)
        } catch {
            guard error.kind == .alreadyExists else {
                throw EngineError(error, doing: "create \(step.address)")
            }
            try await acceptExisting(path, holding: token)
        }
    }

    /// Somebody was faster, or an answer was lost: the secret is ours and holds the value, or it is
    /// a conflict.
    private func acceptExisting(_ path: String, holding token: String) async throws(EngineError) {
        let live = try await calling("look at \(step.address)") { () async throws(AWSError) in
            try await client.send(SecretsManager.DescribeSecret(secretID: path))
        }
        let tags = Dictionary(live.tags.map { ($0.key, $0.value) }) { first, _ in first }
        let isOurs = Ownership(tags: tags, identity: comparison.plan.identity) == .ours
        guard isOurs, live.versionIDsToStages[token]?.contains("AWSCURRENT") == true else {
            throw EngineError(
                .conflict, "\(step.address) was created by somebody else while this ran",
                hint: "plan again and look at what they made")
        }
    }

    private mutating func put(
        _ path: String, _ write: ValueWrite, _ call: Call
    ) async throws(EngineError) {
        let (value, token) = try valueToWrite(path)
        guard write.token == nil || write.token == token else {
            throw EngineError(
                .conflict, "the value of \(step.address) changed after it was shown",
                hint: "plan again")
        }
        written = WrittenValue(token: token)
        try await send(
            call,
            SecretsManager.PutSecretValue(
                secretID: path, clientRequestToken: token, value: SecretsManager.Value(value),
                versionStages: write.seen == nil ? nil : [WrittenValue.stagedLabel]))
    }

    /// Moves AWSCURRENT from the version that was seen, and from no other.
    private mutating func moveCurrent(
        _ path: String, from seen: String?
    ) async throws(EngineError) {
        let token = try writtenToken
        let input = SecretsManager.UpdateSecretVersionStage(
            secretID: path, versionStage: "AWSCURRENT", removeFromVersionID: seen,
            moveToVersionID: token)
        for isLast in [false, true] {
            let failure: AWSError
            do {
                try await settle(input)
                return
            } catch {
                failure = error
            }
            let live = try await calling("look at \(step.address)") { () async throws(AWSError) in
                try await client.send(SecretsManager.DescribeSecret(secretID: path))
            }
            let current = live.versionIDsToStages.first { $0.value.contains("AWSCURRENT") }?.key
            if current == token { return }
            guard current == seen else {
                throw EngineError(
                    .conflict, "somebody else wrote \(step.address) while this ran",
                    hint: "plan again: their value is in force, ours is kept under the label"
                        + " \(WrittenValue.stagedLabel)")
            }
            if isLast { throw EngineError(failure, doing: "put \(step.address)'s value in force") }
        }
    }

    private mutating func removeLabel(
        _ label: String, _ path: String, from version: String, _ call: Call
    ) async throws(EngineError) {
        try await send(
            call,
            SecretsManager.UpdateSecretVersionStage(
                secretID: path, versionStage: label, removeFromVersionID: version))
    }

    private mutating func rotate(
        _ path: String, _ rules: Rotation.Rules, immediately: Bool, _ call: Call
    ) async throws(EngineError) {
        try await send(
            call,
            SecretsManager.RotateSecret(
                secretID: path, clientRequestToken: try randomToken("rotate"),
                rotationLambdaARN: rules.function,
                rotationRules: SecretsManager.RotationRules(
                    automaticallyAfterDays: rules.everyDays,
                    duration: rules.windowHours.map { "\($0)h" },
                    scheduleExpression: rules.expression),
                rotateImmediately: immediately),
            dependsOn: path)
    }

    private var writtenToken: String {
        get throws(EngineError) {
            guard let written else {
                throw EngineError(.conflict, "no value of \(step.address) was written")
            }
            return written.token
        }
    }

    /// The declared value and the token of the version that will hold it.
    private func valueToWrite(_ path: String) throws(EngineError) -> (SecretValue, String) {
        guard case .secret(let name) = step.address,
            let secret = comparison.plan.secrets.first(where: { $0.name == name })
        else { throw EngineError(.value, "\(step.address) is not in the plan") }
        let value = try comparison.values.value(of: secret, random: hooks.random)
        if let pepper = references.pepper { return (value, pepper.token(of: value, name: path)) }
        guard !comparison.plan.keys.contains(where: { $0.role == .valueTokens }) else {
            throw EngineError(
                .value, "the token of \(step.address)'s value cannot be made",
                hint: "this needs kms:GenerateMac on the key of the value tokens")
        }
        return (value, try randomToken("gaara0"))
    }

    /// 55 characters; ClientRequestToken takes 32 to 64 (botocore model).
    private func randomToken(_ prefix: String) throws(EngineError) -> String {
        do {
            return "\(prefix)-" + Hex.encode(try hooks.random(24))
        } catch {
            throw EngineError(.value, "no random bytes for a token")
        }
    }
}

extension SecretsManager.Value {
    init(_ value: SecretValue) {
        self = value.kind == .binary ? .binary(value.bytes) : .string(value.bytes)
    }
}
