internal import JSON

/// Automatic rotation of key material: symmetric keys only.
extension SandboxKMS {
    static func enableKeyRotation(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let period = try input.number("RotationPeriodInDays", in: 90...2560)
        let key = try rotatableKey(of: input, in: region)
        try checkEnabled(key)
        // Without a period an enabled rotation keeps its own; 365 is AWS's default (botocore).
        region.keys[key.id]?.rotation = KMSKey.Rotation(
            periodInDays: period ?? key.rotation?.periodInDays ?? 365, since: call.now)
        return nil
    }

    static func disableKeyRotation(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let key = try rotatableKey(of: input, in: region)
        try checkEnabled(key)
        region.keys[key.id]?.rotation = nil
        return nil
    }

    static func getKeyRotationStatus(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let key = try rotatableKey(of: input, in: region)
        var answer: JSONObject = ["KeyId": .string(key.id), "KeyRotationEnabled": false]
        // Off while the key waits for deletion (botocore GetKeyRotationStatus).
        if case .pendingDeletion = key.state { return .object(answer) }
        if let rotation = key.rotation {
            answer["KeyRotationEnabled"] = true
            answer["RotationPeriodInDays"] = JSON(rotation.periodInDays)
            answer.add("NextRotationDate", key.nextRotation.map(JSON.time))
        }
        return .object(answer)
    }

    static func rotatableKey(
        of input: Input, in region: Region
    ) throws(Refused) -> KMSKey {
        let key = try key(of: input, in: region)
        guard key.spec == .symmetric else { throw Refused(.rotationUnsupported) }
        return key
    }
}
