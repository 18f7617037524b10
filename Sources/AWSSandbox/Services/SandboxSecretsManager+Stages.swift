internal import JSON

/// Moving staging labels: the compare-and-set of Secrets Manager.
extension SandboxSecretsManager {
    /// A label that a version holds moves only when `RemoveFromVersionId` names that version.
    static func updateSecretVersionStage(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        var secret = try writableSecret(of: input, in: region)
        let stage = try input.required("VersionStage", length: 1...256)
        let source = try input.text("RemoveFromVersionId", length: 32...64)
        let target = try input.text("MoveToVersionId", length: 32...64)

        if let target {
            try move(stage, in: &secret, from: source, to: target)
        } else if let source {
            try remove(stage, in: &secret, from: source)
        } else {
            throw Refused(.stageNeedsVersion)
        }
        secret.changed = call.now
        region.secrets[secret.name] = secret
        return .object(identity(of: secret))
    }

    static func listSecretVersionIDs(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let secret = try secret(of: input, in: region)
        let limit = try input.number("MaxResults", in: 1...100) ?? 100
        let all = try input.flag("IncludeDeprecated") ?? false
        let versions = secret.versions.filter { all || !$0.stages.isEmpty }
        let first = try offset(of: input, label: secret.arn)
        let page = versions.dropFirst(first).prefix(limit)

        var answer = identity(of: secret)
        answer["Versions"] = .array(
            page.map { version in
                var entry: JSONObject = [
                    "VersionId": .string(version.id), "CreatedDate": .time(version.created),
                    "KmsKeyIds": .list([version.keyARN ?? "DefaultEncryptionKey"]),
                ]
                if !version.stages.isEmpty { entry["VersionStages"] = .list(version.stages) }
                entry.add("LastAccessedDate", version.lastAccessed.map(JSON.time))
                return .object(entry)
            })
        if first + page.count < versions.count {
            answer["NextToken"] = .string(token(for: first + page.count, label: secret.arn))
        }
        return .object(answer)
    }

    private static func move(
        _ stage: String, in secret: inout StoredSecret, from source: String?, to target: String
    ) throws(Refused) {
        guard let position = secret.position(of: target) else {
            throw Refused(.noSuchVersion, target)
        }
        let holder = secret.position(holding: stage)
        if let source, holder.map({ secret.versions[$0].id }) != source {
            throw Refused(.moveFromOther, stage, stage)
        }
        if source == nil, let holder, holder != position {
            throw Refused(.moveWithoutRemove, stage, secret.versions[holder].id)
        }
        if holder == nil, secret.versions.flatMap(\.stages).count >= 20 {
            throw Refused(.tooManyStages)
        }
        secret.attach(stage, to: position)
    }

    private static func remove(
        _ stage: String, in secret: inout StoredSecret, from source: String
    ) throws(Refused) {
        guard let position = secret.position(of: source) else {
            throw Refused(.noSuchVersion, source)
        }
        guard secret.versions[position].stages.contains(stage) else {
            throw Refused(.moveFromOther, stage, stage)
        }
        guard stage != Stage.current else { throw Refused(.currentCannotGo) }
        secret.detach(stage, from: position)
    }
}
