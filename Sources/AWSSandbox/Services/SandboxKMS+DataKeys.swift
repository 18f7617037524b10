internal import Digest
internal import JSON

/// Data keys and random bytes, all of the sandbox's seed: nothing here is secret.
extension SandboxKMS {
    static func generateDataKey(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let (plaintext, members) = try dataKey(call, input, &region)
        var answer = members
        answer["Plaintext"] = .string(Base64.encode(plaintext))
        return .object(answer)
    }

    static func generateDataKeyWithoutPlaintext(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        .object(try dataKey(call, input, &region).members)
    }

    static func generateRandom(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        guard let count = try input.number("NumberOfBytes", in: 1...1024) else {
            throw Refused(.randomLengthMissing)
        }
        return ["Plaintext": .string(Base64.encode(region.random.bytes(count)))]
    }

    private static func dataKey(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> (plaintext: [UInt8], members: JSONObject) {
        let spec = try input.choice("KeySpec", of: ["AES_256", "AES_128"])
        let number = try input.number("NumberOfBytes", in: 1...1024)
        let count: Int
        switch (spec, number) {
        case ("AES_256", nil): count = 32
        case ("AES_128", nil): count = 16
        case (nil, let number?): count = number
        default: throw Refused(.dataKeyLength)
        }
        let context = try input.texts(in: "EncryptionContext")
        let key = try encryptionKey(of: input, "KeyId", for: call, in: region)
        try checkDryRun(of: input)
        let plaintext = region.random.bytes(count)
        return (
            plaintext,
            [
                "CiphertextBlob": blob(of: plaintext, key, context, &region),
                "KeyId": .string(key.arn),
                "KeyMaterialId": .string(key.id(ofMaterial: key.currentMaterial)),
            ]
        )
    }
}
