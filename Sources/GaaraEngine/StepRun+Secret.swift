internal import AWS
internal import Digest
internal import GaaraPlan
internal import GaaraStore
internal import POSIX

extension StepRun {
    mutating func perform(_ call: SecretCall) async throws(EngineError) {
        switch call {
        case .create(let path, let description, let key, let value, let tags):
            let key = try references.arn(of: key)
            try await createSecret(
                path, description: description, key: key, hasValue: value != nil, tags: tags)
        case .update(let path, let description, let key):
            let key = try key.map { (key) throws(EngineError) in try references.arn(of: key) }
            try await send(
                SecretsManager.UpdateSecret(
                    secretID: path, clientRequestToken: try randomToken("update"),
                    description: description, kmsKeyID: key),
                dependsOn: key)
        case .putValue(let path, let write):
            try await put(path, write)
        case .moveCurrent(let path, let write):
            try await moveCurrent(path, from: write.seen)
        case .removeStagedLabel(let path, _):
            try await removeLabel(ValueWrite.stagedLabel, path, from: try written)
        case .removeLabel(let path, let label, let version):
            try await removeLabel(label, path, from: version)
        case .tag(let path, let tags):
            try await send(SecretsManager.TagResource(secretID: path, tags: Tag.list(tags)))
        case .untag(let path, let names):
            try await send(SecretsManager.UntagResource(secretID: path, tagKeys: names))
        case .restore(let path):
            try await send(SecretsManager.RestoreSecret(secretID: path)) {
                (run) async throws(EngineError) in
                try await run.describe(path).deletedDate == nil
            }
        case .delete(let path, let days):
            try await delete(path, days: days)
        case .rotate(let path, let rules, let immediately):
            try await rotate(path, rules, immediately: immediately)
        case .cancelRotation(let path):
            try await send(SecretsManager.CancelRotateSecret(secretID: path)) {
                (run) async throws(EngineError) in
                try await !run.describe(path).isRotationEnabled
            }
        case .replicate(let path, let region, let key):
            try await replicate(path, to: region, key: key)
        case .removeReplica(let path, let region):
            try await removeReplica(path, from: region)
        case .putPolicy(let path, let seen, let document):
            try await putPolicy(path, seen: seen, document)
        case .removePolicy(let path):
            try await send(SecretsManager.DeleteResourcePolicy(secretID: path))
        }
    }

    /// Looks again just before: it may have been protected, or become somebody else's, since.
    private mutating func delete(_ path: String, days: Int) async throws(EngineError) {
        let live = try await describe(path)
        let tags = Dictionary(live.tags.map { ($0.key, $0.value) }) { first, _ in first }
        if live.deletedDate != nil { return }
        guard Ownership(tags: tags, identity: session.identity) == .ours,
            tags[TagDifference.protection] != "true"
        else {
            throw EngineError(
                .conflict, "somebody else changed the tags of \(step.address) while this ran",
                hint: "plan again: it is protected now, or not ours any more")
        }
        try await send(
            SecretsManager.DeleteSecret(secretID: path, recoveryWindowInDays: days)
        ) { (run) async throws(EngineError) in
            try await run.describe(path).deletedDate != nil
        }
    }

    /// Creates the secret with its value in one call, so that there is no moment without one.
    ///
    /// The token makes it idempotent: a repetition after a lost answer is no second secret.
    ///
    /// - Parameter hasValue: not where a policy has to stand before the value does.
    private mutating func createSecret(
        _ path: String, description: String, key: String, hasValue: Bool, tags: [String: String]
    ) async throws(EngineError) {
        let written = hasValue ? try valueToWrite(path) : nil
        let token =
            if let written { written.1 } else { try randomToken("create") }
        let input = SecretsManager.CreateSecret(
            name: path, clientRequestToken: token, description: description, kmsKeyID: key,
            value: written.map { SecretsManager.Value($0.0) }, tags: Tag.list(tags))
        let arn: String
        do {
            arn = try await settle(input, dependsOn: key).arn
        } catch {
            guard error.kind == .alreadyExists else {
                throw EngineError(error, doing: "create \(step.address)")
            }
            arn = try await acceptExisting(path, holding: hasValue ? token : nil)
        }
        _ = try session.checked(secret: path, arn)
        references.made(path)
    }

    /// Somebody was faster, or an answer was lost: the secret is ours and holds the value, or none
    /// where it has none yet, or it is a conflict.
    ///
    /// Gives its ARN.
    private func acceptExisting(
        _ path: String, holding token: String?
    ) async throws(EngineError) -> String {
        let live = try await describe(path)
        let tags = Dictionary(live.tags.map { ($0.key, $0.value) }) { first, _ in first }
        let isOurs = Ownership(tags: tags, identity: session.identity) == .ours
        let isAsMade =
            token.map { live.versionIDsToStages[$0]?.contains("AWSCURRENT") == true }
            ?? live.versionIDsToStages.isEmpty
        guard isOurs, isAsMade else {
            throw EngineError(
                .conflict, "\(step.address) was created by somebody else while this ran",
                hint: "plan again and look at what they made")
        }
        return live.arn
    }

    private func describe(_ path: String) async throws(EngineError) -> SecretsManager.Secret {
        try await calling("look at \(step.address)") { () async throws(AWSError) in
            try await client.send(SecretsManager.DescribeSecret(secretID: path))
        }
    }

    private mutating func put(_ path: String, _ write: ValueWrite) async throws(EngineError) {
        let (value, token) = try valueToWrite(path)
        guard write.token == nil || write.token == token else {
            throw EngineError(
                .conflict, "the value of \(step.address) changed after it was shown",
                hint: "plan again")
        }
        writtenToken = token
        try await send(
            SecretsManager.PutSecretValue(
                secretID: path, clientRequestToken: token, value: SecretsManager.Value(value),
                versionStages: write.seen == nil || isPlainPut ? nil : [ValueWrite.stagedLabel]),
            dependsOn: path)
    }

    /// Moves AWSCURRENT from the version that was seen, and from no other.
    private mutating func moveCurrent(
        _ path: String, from seen: String?
    ) async throws(EngineError) {
        if isPlainPut { return }
        let token = try written
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
            let live = try await describe(path)
            let current = live.versionIDsToStages.first { $0.value.contains("AWSCURRENT") }?.key
            if current == token { return }
            guard current == seen else {
                throw EngineError(
                    .conflict, "somebody else wrote \(step.address) while this ran",
                    hint: "plan again: their value is in force, ours is kept under the label"
                        + " \(ValueWrite.stagedLabel)")
            }
            if isLast { throw EngineError(failure, doing: "put \(step.address)'s value in force") }
        }
    }

    /// Takes a label off a version; one that is not there any more is success: an earlier answer
    /// was lost, or the value had stood here before and was not put anew.
    private mutating func removeLabel(
        _ label: String, _ path: String, from version: String
    ) async throws(EngineError) {
        #if MUTATIONS
            if Mutation.forgottenLabel.isOn { return }
        #endif
        do {
            try await settle(
                SecretsManager.UpdateSecretVersionStage(
                    secretID: path, versionStage: label, removeFromVersionID: version))
        } catch {
            let stages = try await describe(path).versionIDsToStages[version] ?? []
            guard stages.contains(label) else { return }
            throw EngineError(error, doing: "take the label \(label) off \(step.address)")
        }
    }

    private mutating func rotate(
        _ path: String, _ rules: Rotation.Rules, immediately: Bool
    ) async throws(EngineError) {
        let input = SecretsManager.RotateSecret(
            secretID: path, clientRequestToken: try randomToken("rotate"),
            rotationLambdaARN: rules.function,
            rotationRules: SecretsManager.RotationRules(
                automaticallyAfterDays: rules.everyDays,
                duration: rules.windowHours.map { "\($0)h" },
                scheduleExpression: rules.expression),
            rotateImmediately: immediately)
        do {
            try await settle(input, dependsOn: path)
        } catch {
            let fault = EngineError(error, doing: "rotate \(step.address)")
            guard let function = rules.function, error.message.contains("invoke") else {
                throw fault
            }
            throw EngineError(fault.code, fault.message, hint: permission(for: function))
        }
    }

    /// The command that lets Secrets Manager invoke a function, for secrets of this account alone
    /// (Secrets Manager user guide, "Permissions for rotation").
    private func permission(for function: String) -> String {
        "let Secrets Manager invoke it, then apply again: aws lambda add-permission"
            + " --function-name \(function) --statement-id gaara-rotation"
            + " --action lambda:InvokeFunction --principal secretsmanager.amazonaws.com"
            + " --source-account \(session.identity.account)"
    }

    private var isPlainPut: Bool {
        #if MUTATIONS
            Mutation.plainPut.isOn
        #else
            false
        #endif
    }

    private var written: String {
        get throws(EngineError) {
            guard let writtenToken else {
                throw EngineError(.conflict, "no value of \(step.address) was written")
            }
            return writtenToken
        }
    }

    /// The declared value and the token of the version that will hold it.
    private func valueToWrite(_ path: String) throws(EngineError) -> (SecretValue, String) {
        guard case .secret(let name) = step.address,
            let secret = comparison.plan.secrets.first(where: { $0.name == name })
        else { throw EngineError(.value, "\(step.address) is not in the plan") }
        let value = try comparison.values.value(of: secret, random: hooks.random)
        #if MUTATIONS
            if Mutation.randomToken.isOn { return (value, try randomToken("gaara0")) }
        #endif
        if let pepper = references.pepper { return (value, pepper.token(of: value, name: path)) }
        guard !comparison.plan.keys.contains(where: { $0.role == .valueTokens }) else {
            if let fault = references.pepperFault {
                throw EngineError(fault, doing: "make the token of \(step.address)'s value")
            }
            throw EngineError(
                .value, "the token of \(step.address)'s value cannot be made",
                hint: "\(Address.key(.valueTokens)) has to be made first")
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

extension SecretValue {
    init(_ value: SecretsManager.Value) {
        let isBinary = if case .binary = value { true } else { false }
        self.init(isBinary ? .binary : .string, sharing: value.bytes)
    }
}
