internal import Digest
internal import JSON

/// Message authentication codes of HMAC keys.
extension SandboxKMS {
    static func generateMac(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let algorithm = try input.required("MacAlgorithm")
        try check(algorithm, isOneOf: macAlgorithms, of: "macAlgorithm")
        guard let message = try input.bytes("Message", length: 1...4096) else {
            throw Refused(.constraint, " null", "message", "Member must not be null")
        }
        let key = try macKey(of: input, algorithm, for: call, in: region)
        try checkDryRun(of: input)
        let code = HMACSHA256.code(key: key.material, message: message)
        return [
            "Mac": .string(Base64.encode(code)), "MacAlgorithm": .string(algorithm),
            "KeyId": .string(key.arn),
        ]
    }

    static func verifyMac(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let algorithm = try input.required("MacAlgorithm")
        try check(algorithm, isOneOf: macAlgorithms, of: "macAlgorithm")
        guard let message = try input.bytes("Message", length: 1...4096) else {
            throw Refused(.constraint, " null", "message", "Member must not be null")
        }
        guard let mac = try input.bytes("Mac", length: 1...6144) else {
            throw Refused(.constraint, " null", "mac", "Member must not be null")
        }
        let key = try macKey(of: input, algorithm, for: call, in: region)
        let code = HMACSHA256.code(key: key.material, message: message)
        guard constantTimeEquals(code, mac) else { throw Refused(.invalidMac) }
        try checkDryRun(of: input)
        return [
            "KeyId": .string(key.arn), "MacValid": true, "MacAlgorithm": .string(algorithm),
        ]
    }

    private static func macKey(
        of input: Input, _ algorithm: String, for call: Call, in region: Region
    ) throws(Refused) -> KMSKey {
        let key = try key(of: input, in: region, allowsAlias: true)
        guard key.spec == .hmac256 else {
            throw Refused(.wrongKeyUsage, key.arn, key.usage, call.operation)
        }
        guard algorithm == "HMAC_SHA_256" else {
            throw Refused(.macAlgorithmMismatch, algorithm, key.spec.rawValue)
        }
        try checkEnabled(key)
        return key
    }

    /// In the order in which AWS lists them (LS test_invalid_generate_mac).
    private static let macAlgorithms = [
        "HMAC_SHA_384", "HMAC_SHA_256", "HMAC_SHA_224", "HMAC_SHA_512",
    ]
}
