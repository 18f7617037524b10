internal import Digest
internal import JSON

/// Writing and reading values.
extension SandboxSecretsManager {
    static func putSecretValue(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let token = try token(of: input)
        guard let value = try value(of: input) else { throw Refused(.valueMissing) }
        var secret = try writableSecret(of: input, in: region)
        let stages = try input.texts("VersionStages") ?? [Stage.current]
        for stage in stages { try check(stage: stage, of: "versionStages") }
        guard (1...20).contains(stages.count) else { throw Refused(.tooManyStages) }

        try addVersion(token, value, stages: stages, to: &secret, for: call, in: region)
        region.secrets[secret.name] = secret
        var answer = identity(of: secret, version: token)
        answer["VersionStages"] = .list(
            secret.position(of: token).map { secret.versions[$0].stages } ?? [])
        return .object(answer)
    }

    static func getSecretValue(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let secret = try secret(of: input, in: region)
        let id = try input.text("VersionId", length: 32...64)
        let stage = try input.text("VersionStage", length: 1...256)
        return .object(try read(secret, version: id, stage: stage, for: call, in: &region))
    }

    /// Adds a version, or nothing when the token has this very value already.
    ///
    /// The same token with another value is refused.
    static func addVersion(
        _ token: String, _ value: SandboxValue, stages: [String],
        to secret: inout StoredSecret, for call: Call, in region: Region
    ) throws(Refused) {
        if let position = secret.position(of: token) {
            guard secret.versions[position].value == value else {
                throw Refused(.tokenInUse, token, secret.arn)
            }
            return
        }
        let keyARN = try encryptionKey(secret.keyID, of: secret.arn, for: call, in: region)
        secret.versions.append(
            StoredSecret.Version(
                id: token, value: value, created: call.now, keyARN: keyARN, stages: []))
        let position = secret.versions.count - 1
        // The first version is current whatever the caller says (botocore PutSecretValue).
        let labels = position == 0 ? stages + [Stage.current] : stages
        for stage in labels { secret.attach(stage, to: position) }
        secret.changed = call.now
        // A value put by hand counts as a rotation (botocore RotationRulesType).
        if labels.contains(Stage.current), secret.rotation?.rules?.schedule == nil {
            secret.rotation?.reschedule(from: call.now)
        }
        secret.dropDeprecatedVersions(now: call.now)
    }

    static func check(stage: String, of member: String) throws(Refused) {
        guard !(1...256).contains(stage.unicodeScalars.count) else { return }
        throw Refused(
            .constraint, " '\(stage)'", member,
            "Member must have length less than or equal to 256")
    }

    static func read(
        _ secret: StoredSecret, version id: String?, stage: String?, for call: Call,
        in region: inout Region
    ) throws(Refused) -> JSONObject {
        let position = try position(in: secret, version: id, stage: stage)
        let version = secret.versions[position]
        // A rotation under way, or one that failed early: there is nothing to read yet.
        guard let value = version.value else {
            throw id.map { Refused(.noSuchVersion, $0) }
                ?? Refused(.noSuchStage, stage ?? Stage.current)
        }
        try checkReadable(version, of: secret.arn, for: call, in: region)
        let today = call.now - call.now % .day
        region.secrets[secret.name]?.lastAccessed = today
        region.secrets[secret.name]?.versions[position].lastAccessed = today

        var answer = identity(of: secret, version: version.id)
        switch value {
        case .text(let text): answer["SecretString"] = .string(text)
        case .binary(let bytes): answer["SecretBinary"] = .string(Base64.encode(bytes))
        }
        if !version.stages.isEmpty { answer["VersionStages"] = .list(version.stages) }
        answer["CreatedDate"] = .time(version.created)
        return answer
    }

    private static func position(
        in secret: StoredSecret, version id: String?, stage: String?
    ) throws(Refused) -> Int {
        guard let id else {
            let stage = stage ?? Stage.current
            guard let position = secret.position(holding: stage) else {
                throw Refused(.noSuchStage, stage)
            }
            return position
        }
        guard let position = secret.position(of: id) else { throw Refused(.noSuchVersion, id) }
        if let stage, !secret.versions[position].stages.contains(stage) {
            throw Refused(.versionWithoutStage)
        }
        return position
    }
}
