internal import Digest
internal import JSON

/// Encrypting and decrypting under symmetric keys.
extension SandboxKMS {
    static func encrypt(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        guard let plaintext = try input.bytes("Plaintext", length: 1...4096) else {
            throw Refused(.constraint, " null", "plaintext", "Member must not be null")
        }
        let context = try input.texts(in: "EncryptionContext")
        try checkAlgorithm(of: input, "EncryptionAlgorithm")
        let key = try encryptionKey(of: input, "KeyId", for: call, in: region)
        try checkDryRun(of: input)
        return [
            "CiphertextBlob": blob(of: plaintext, key, context, &region),
            "KeyId": .string(key.arn), "EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
        ]
    }

    static func decrypt(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let (key, material, plaintext) = try opened(
            input, for: call, in: region,
            names: OpeningNames(
                key: "KeyId", context: "EncryptionContext", algorithm: "EncryptionAlgorithm"))
        try checkDryRun(of: input)
        return [
            "KeyId": .string(key.arn), "Plaintext": .string(Base64.encode(plaintext)),
            "EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
            "KeyMaterialId": .string(key.id(ofMaterial: material)),
        ]
    }

    static func reEncrypt(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let (source, material, plaintext) = try opened(
            input, for: call, in: region,
            names: OpeningNames(
                key: "SourceKeyId", context: "SourceEncryptionContext",
                algorithm: "SourceEncryptionAlgorithm"))
        try checkAlgorithm(of: input, "DestinationEncryptionAlgorithm")
        let context = try input.texts(in: "DestinationEncryptionContext")
        let key = try encryptionKey(of: input, "DestinationKeyId", for: call, in: region)
        try checkDryRun(of: input)
        return [
            "CiphertextBlob": blob(of: plaintext, key, context, &region),
            "SourceKeyId": .string(source.arn), "KeyId": .string(key.arn),
            "SourceEncryptionAlgorithm": "SYMMETRIC_DEFAULT",
            "DestinationEncryptionAlgorithm": "SYMMETRIC_DEFAULT",
            "SourceKeyMaterialId": .string(source.id(ofMaterial: material)),
            "DestinationKeyMaterialId": .string(key.id(ofMaterial: key.currentMaterial)),
        ]
    }

    /// An enabled symmetric key, by any of its names.
    static func encryptionKey(
        of input: Input, _ member: String, for call: Call, in region: Region
    ) throws(Refused) -> KMSKey {
        let id = try input.required(member, length: 1...2048)
        let key = try key(id, in: region, allowsAlias: true)
        try checkEnabled(key)
        guard key.spec == .symmetric else {
            throw Refused(.wrongKeyUsage, key.arn, key.usage, call.operation)
        }
        return key
    }

    static func blob(
        of plaintext: [UInt8], _ key: KMSKey, _ context: [String: String], _ region: inout Region
    ) -> JSON {
        let ciphertext = Ciphertext(
            of: plaintext, under: key, context: context, nonce: region.random.bytes(12))
        return .string(Base64.encode(ciphertext.bytes))
    }

    static func checkDryRun(of input: Input) throws(Refused) {
        if try input.flag("DryRun") ?? false { throw Refused(.dryRun) }
    }

    private struct OpeningNames {
        let key: String
        let context: String
        let algorithm: String
    }

    /// The key, its material and the plaintext of a ciphertext, which tells its key itself.
    ///
    /// A key that the caller names must be that one.
    private static func opened(
        _ input: Input, for call: Call, in region: Region, names: OpeningNames
    ) throws(Refused) -> (KMSKey, Int, [UInt8]) {
        guard let bytes = try input.bytes("CiphertextBlob", length: 1...6144) else {
            throw Refused(.constraint, " null", "ciphertextBlob", "Member must not be null")
        }
        let context = try input.texts(in: names.context)
        try checkAlgorithm(of: input, names.algorithm)
        let named: KMSKey?
        if input.has(names.key) {
            let id = try input.required(names.key, length: 1...2048)
            named = try key(id, in: region, allowsAlias: true)
        } else {
            named = nil
        }
        guard let ciphertext = Ciphertext(bytes) else { throw Refused(.invalidCiphertext) }
        if let named, named.id != ciphertext.keyID { throw Refused(.incorrectKey) }
        guard let key = region.keys[ciphertext.keyID] else {
            throw Refused(.ciphertextOfUnknownKey)
        }
        try checkEnabled(key)
        guard let plaintext = ciphertext.plaintext(under: key, context: context) else {
            throw Refused(.invalidCiphertext)
        }
        return (key, ciphertext.material, plaintext)
    }

    /// The algorithms of the model; only that of symmetric keys is played.
    private static func checkAlgorithm(of input: Input, _ member: String) throws(Refused) {
        let algorithm = try input.choice(
            member, of: ["SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "SM2PKE"])
        guard let algorithm, algorithm != "SYMMETRIC_DEFAULT" else { return }
        throw Refused(.algorithmMismatch, algorithm, "SYMMETRIC_DEFAULT")
    }
}
