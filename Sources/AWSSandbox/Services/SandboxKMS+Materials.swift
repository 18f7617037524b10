internal import JSON

/// Rotations of key material, one by one.
extension SandboxKMS {
    /// Done at once, where AWS takes a moment.
    static func rotateKeyOnDemand(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let key = try rotatableKey(of: input, in: region)
        try checkEnabled(key)
        guard key.materialRotations.count(where: \.isOnDemand) < 10 else {
            throw Refused(.onDemandRotations, key.arn)
        }
        region.keys[key.id]?.materialRotations.append(
            MaterialRotation(date: call.now, isOnDemand: true))
        return ["KeyId": .string(key.arn)]
    }

    /// Oldest first.
    ///
    /// The first material is no rotation: it is listed only where all materials are asked for.
    static func listKeyRotations(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let limit = try input.number("Limit", in: 1...1000) ?? 100
        let included = try input.choice(
            "IncludeKeyMaterial", of: ["ALL_KEY_MATERIAL", "ROTATIONS_ONLY"])
        let key = try rotatableKey(of: input, in: region)
        let first = included == "ALL_KEY_MATERIAL" ? 0 : 1
        let numbers = Array(first..<(key.currentMaterial + 1))
        return try page(
            of: numbers, limit: limit, after: input, called: "Rotations",
            by: { String(10_000 + $0) }
        ) { number in
            var entry: JSONObject = [
                "KeyId": .string(key.id),
                "KeyMaterialId": .string(key.id(ofMaterial: number)),
                "KeyMaterialState": number == key.currentMaterial ? "CURRENT" : "NON_CURRENT",
            ]
            guard number > 0 else { return .object(entry) }
            let rotation = key.materialRotations[number - 1]
            entry["RotationDate"] = .time(rotation.date)
            entry["RotationType"] = rotation.isOnDemand ? "ON_DEMAND" : "AUTOMATIC"
            return .object(entry)
        }
    }
}
