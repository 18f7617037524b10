internal import JSON

/// Making secrets and changing what is not their value.
extension SandboxSecretsManager {
    static func createSecret(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let name = try input.required("Name", length: 1...512)
        guard isName(name) else { throw Refused(.secretName) }
        let token = try token(of: input)
        let description = try input.text("Description", length: 0...2048)
        let value = try value(of: input)
        let tags = try tags(of: input)
        let replicas = try replicas(of: input, for: call, &region)
        if let end = region.forcedDeletions[name], end > call.now {
            throw Refused(.nameBeingDeleted)
        }

        if let existing = region.secrets[name] {
            guard existing.deletion == nil else { throw Refused(.nameScheduledForDeletion) }
            guard let position = existing.position(of: token) else {
                throw Refused(.secretExists, name)
            }
            guard existing.versions[position].value == value else {
                throw Refused(.tokenInUse, token, existing.arn)
            }
            return .object(identity(of: existing, version: token))
        }

        let keyID = try keyID(of: input)
        // A refused call takes no suffix from the region.
        var random = region.random
        let suffix = random.text(6, of: .alphanumeric)
        let arn = region.arn("secretsmanager", "secret:\(name)-\(suffix)")
        let keyARN = try encryptionKey(keyID, of: arn, for: call, in: region)
        region.random = random
        var secret = StoredSecret(
            name: name, arn: arn,
            serial: region.nextSerial(), created: call.now, changed: call.now,
            description: description.flatMap { $0.isEmpty ? nil : $0 }, keyID: keyID,
            tags: tags.map(Tags.init))
        if let value {
            secret.versions = [
                StoredSecret.Version(
                    id: token, value: value, created: call.now, keyARN: keyARN,
                    stages: [Stage.current])
            ]
        }
        region.secrets[name] = secret
        add(replicas, to: name, &region)
        var answer = identity(of: secret, version: value.map { _ in token })
        if !replicas.isEmpty, let secret = region.secrets[name] {
            answer["ReplicationStatus"] = status(of: secret)
        }
        return .object(answer)
    }

    /// Without a value it changes what is given; an empty description or key takes it away.
    ///
    /// Of a copy only the key can be changed (Secrets Manager guide, "Promote a replica secret").
    static func updateSecret(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let value = try value(of: input)
        // Only a new version needs a token (botocore UpdateSecret).
        let token = try value == nil ? "" : token(of: input)
        let description = try input.text("Description", length: 0...2048)
        var secret = try secret(of: input, in: region)
        guard secret.primaryRegion == nil || (value == nil && description == nil) else {
            throw Refused(.replicaIsReadOnly)
        }
        // A version is never changed, not even to what it is (botocore UpdateSecret).
        guard secret.position(of: token) == nil else {
            throw Refused(.tokenInUse, token, secret.arn)
        }

        if input.has("KmsKeyId") {
            secret.keyID = try keyID(of: input)
            try reEncrypt(&secret, for: call, in: region)
        }
        if let description { secret.description = description.isEmpty ? nil : description }
        secret.changed = call.now
        guard let value else {
            region.secrets[secret.name] = secret
            return .object(identity(of: secret))
        }
        try addVersion(token, value, stages: [Stage.current], to: &secret, for: call, in: region)
        region.secrets[secret.name] = secret
        return .object(identity(of: secret, version: token))
    }

    /// The versions that Secrets Manager itself labels go over to the new key; the others stay, and
    /// all do where the caller may not encrypt with it (botocore UpdateSecretRequest.KmsKeyId).
    private static func reEncrypt(
        _ secret: inout StoredSecret, for call: Call, in region: Region
    ) throws(Refused) {
        let keyARN = try encryptionKey(secret.keyID, of: secret.arn, for: call, in: region)
        if let keyARN,
            !call.mayUse(keyARN, ["kms:Encrypt"], for: secret.arn, in: region)
        {
            return
        }
        let labels: Set<String> = [Stage.current, Stage.pending, Stage.previous]
        for position in secret.versions.indices
        where !labels.isDisjoint(with: secret.versions[position].stages) {
            try checkReadable(secret.versions[position], of: secret.arn, for: call, in: region)
            secret.versions[position].keyARN = keyARN
        }
    }

    /// The ARN of the key that is to encrypt a value; `nil` for the service's own.
    ///
    /// Refused when it is not there, cannot encrypt, or is closed to the caller.
    static func encryptionKey(
        _ id: String?, of secret: String, for call: Call, in region: Region
    ) throws(Refused) -> String? {
        guard let keyARN = try encryptionKey(id, in: region) else { return nil }
        try call.checkKey(
            keyARN, ["kms:GenerateDataKey", "kms:Decrypt"], for: secret, in: region)
        return keyARN
    }

    /// The same, whoever asks: of a rotation function or a replication nothing is known.
    static func encryptionKey(_ id: String?, in region: Region) throws(Refused) -> String? {
        guard let id else { return nil }
        do throws(Refused) {
            let key = try SandboxKMS.key(id, in: region, allowsAlias: true)
            try SandboxKMS.checkEnabled(key)
            guard key.spec == .symmetric else {
                throw Refused(.wrongKeyUsage, key.arn, key.usage, "GenerateDataKey")
            }
            return key.arn
        } catch {
            throw Refused(.invalidKMSKey, error.message)
        }
    }

    /// Refused when the key of a version is not there, not enabled, or closed to the caller.
    static func checkReadable(
        _ version: StoredSecret.Version, of secret: String, for call: Call, in region: Region
    ) throws(Refused) {
        guard let keyARN = version.keyARN else { return }
        let id = keyARN.split(separator: "/").last.map(String.init) ?? ""
        guard region.keys[id]?.state == .enabled else { throw Refused(.decryptionFailure) }
        try call.checkKey(
            keyARN, ["kms:Decrypt"], for: secret, version: version.id, in: region)
    }

    /// The service's own key has two spellings beside leaving it out.
    private static func keyID(of input: Input) throws(Refused) -> String? {
        let id = try input.text("KmsKeyId", length: 0...2048)
        return isDefaultKey(id) ? nil : id
    }

    static func isDefaultKey(_ id: String?) -> Bool {
        id == "" || id == "alias/aws/secretsmanager"
    }

    static func isName(_ name: String) -> Bool {
        name.unicodeScalars.allSatisfy { scalar in
            scalar.isASCIIAlphanumeric || "-/_+=.@!".unicodeScalars.contains(scalar)
        }
    }
}
