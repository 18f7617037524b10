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
        if input.has("AddReplicaRegions") { throw Refused(.unknownOperation, "replicas") }

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
        let keyARN = try encryptionKey(keyID, for: call, in: region)
        let suffix = region.random.text(6, of: .alphanumeric)
        var secret = StoredSecret(
            name: name, arn: region.arn("secretsmanager", "secret:\(name)-\(suffix)"),
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
        return .object(identity(of: secret, version: value.map { _ in token }))
    }

    /// Without a value it changes what is given; an empty description or key takes it away.
    static func updateSecret(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let value = try value(of: input)
        // Only a new version needs a token (botocore UpdateSecret).
        let token = try value == nil ? "" : token(of: input)
        let description = try input.text("Description", length: 0...2048)
        var secret = try secret(of: input, in: region)

        if input.has("KmsKeyId") {
            secret.keyID = try keyID(of: input)
            _ = try encryptionKey(secret.keyID, for: call, in: region)
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

    /// The ARN of the key that is to encrypt a value; `nil` for the service's own.
    ///
    /// Refused when it is not there, cannot encrypt, or is closed to the caller.
    static func encryptionKey(
        _ id: String?, for call: Call, in region: Region
    ) throws(Refused) -> String? {
        guard let id else { return nil }
        let key: KMSKey
        do throws(Refused) {
            key = try SandboxKMS.key(id, in: region, allowsAlias: true)
            try SandboxKMS.checkEnabled(key)
            guard key.spec == .symmetric else {
                throw Refused(.wrongKeyUsage, key.arn, key.usage, "GenerateDataKey")
            }
        } catch {
            throw Refused(.invalidKMSKey, error.message)
        }
        guard !call.isDenied("kms:GenerateDataKey"), !call.isDenied("kms:Decrypt") else {
            throw Refused(.kmsDenied)
        }
        return key.arn
    }

    /// The service's own key has two spellings beside leaving it out.
    private static func keyID(of input: Input) throws(Refused) -> String? {
        let id = try input.text("KmsKeyId", length: 0...2048)
        return id == "" || id == "alias/aws/secretsmanager" ? nil : id
    }

    static func isName(_ name: String) -> Bool {
        name.unicodeScalars.allSatisfy { scalar in
            scalar.isASCIIAlphanumeric || "-/_+=.@!".unicodeScalars.contains(scalar)
        }
    }
}
