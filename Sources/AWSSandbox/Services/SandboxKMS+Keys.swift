internal import JSON

/// Making, describing and removing keys.
extension SandboxKMS {
    static func createKey(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let spec = try self.spec(of: input)
        let description = try input.text("Description", length: 0...8192) ?? ""
        let tags = Tags(try self.tags(of: input) ?? [])
        if try input.flag("MultiRegion") ?? false {
            throw Refused(.unknownOperation, "multi-Region keys")
        }
        if let origin = try input.text("Origin"), origin != "AWS_KMS" {
            throw Refused(.unknownOperation, "keys of origin \(origin)")
        }
        let policy = try input.text("Policy", length: 1...131_072)
        if let policy { try check(policy: policy, for: call, bypass: bypass(input)) }

        let id = region.random.uuid()
        let key = KMSKey(
            id: id, arn: region.arn("kms", "key/\(id)"), spec: spec,
            material: region.random.bytes(32), created: call.now, description: description,
            policy: policy ?? defaultPolicy(account: region.account), tags: tags)
        region.keys[id] = key
        return ["KeyMetadata": metadata(of: key, account: region.account)]
    }

    static func describeKey(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let key = try key(of: input, in: region, allowsAlias: true)
        return ["KeyMetadata": metadata(of: key, account: region.account)]
    }

    static func listKeys(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let limit = try input.number("Limit", in: 1...1000) ?? 100
        let keys = region.keys.values.sorted { $0.id < $1.id }
        return try page(of: keys, limit: limit, after: input, called: "Keys", by: \.id) {
            ["KeyId": .string($0.id), "KeyArn": .string($0.arn)]
        }
    }

    static func updateKeyDescription(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let key = try key(of: input, in: region)
        guard let description = try input.text("Description", length: 0...8192) else {
            throw Refused(.constraint, " null", "description", "Member must not be null")
        }
        try checkNotPendingDeletion(key)
        region.keys[key.id]?.description = description
        return nil
    }

    static func enableKey(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let key = try key(of: input, in: region)
        try checkNotPendingDeletion(key)
        region.keys[key.id]?.state = .enabled
        return nil
    }

    static func disableKey(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let key = try key(of: input, in: region)
        try checkNotPendingDeletion(key)
        region.keys[key.id]?.state = .disabled
        return nil
    }

    static func scheduleKeyDeletion(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let window = try input.number("PendingWindowInDays") ?? 30
        guard (7...30).contains(window) else { throw Refused(.deletionWindow) }
        let key = try key(of: input, in: region)
        try checkNotPendingDeletion(key)
        let date = call.now + window * .day
        region.keys[key.id]?.state = .pendingDeletion(date: date, window: window)
        return [
            "KeyId": .string(key.arn), "DeletionDate": .time(date),
            "KeyState": "PendingDeletion", "PendingWindowInDays": JSON(window),
        ]
    }

    /// The key comes back disabled (botocore CancelKeyDeletion).
    static func cancelKeyDeletion(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let key = try key(of: input, in: region)
        guard case .pendingDeletion = key.state else {
            throw Refused(.keyNotPendingDeletion, key.arn)
        }
        region.keys[key.id]?.state = .disabled
        return ["KeyId": .string(key.arn)]
    }

    private static func spec(of input: Input) throws(Refused) -> KMSKey.Spec {
        let old = try input.text("CustomerMasterKeySpec")
        let spec = try input.text("KeySpec") ?? old ?? KMSKey.Spec.symmetric.rawValue
        try check(spec, isOneOf: keySpecs, of: "keySpec")
        let usage = try input.text("KeyUsage")
        if let usage, usage != "KEY_AGREEMENT" {
            try check(usage, isOneOf: keyUsages, of: "keyUsage")
        }
        guard usage != nil || spec == KMSKey.Spec.symmetric.rawValue else {
            throw Refused(.keyUsageRequired)
        }
        guard usage.map({ fits($0, spec) }) ?? true else {
            throw Refused(.keyUsageMismatch, usage ?? "", spec)
        }
        guard let known = KMSKey.Spec(rawValue: spec) else {
            throw Refused(.unknownOperation, "keys of spec \(spec)")
        }
        return known
    }

    /// KMS guide, "Key spec reference".
    private static func fits(_ usage: String, _ spec: String) -> Bool {
        switch usage {
        case "ENCRYPT_DECRYPT": spec.hasPrefix("RSA_") || spec == "SYMMETRIC_DEFAULT"
        case "SIGN_VERIFY": spec.hasPrefix("RSA_") || spec.hasPrefix("ECC_")
        case "KEY_AGREEMENT": spec.hasPrefix("ECC_NIST_")
        default: spec.hasPrefix("HMAC_")
        }
    }

    /// In the order in which AWS lists them (LS test_hmac_create_key_invalid_operations).
    private static let keySpecs = [
        "RSA_2048", "ECC_NIST_P384", "ECC_NIST_P256", "ECC_NIST_P521", "HMAC_384", "RSA_3072",
        "ECC_SECG_P256K1", "RSA_4096", "SYMMETRIC_DEFAULT", "HMAC_256", "HMAC_224", "HMAC_512",
    ]
    /// KEY_AGREEMENT came later than that recording.
    private static let keyUsages = ["ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC"]

    static func check(
        _ value: String, isOneOf values: [String], of member: String
    ) throws(Refused) {
        guard !values.contains(value) else { return }
        throw Refused(
            .constraint, " '\(value)'", member,
            "Member must satisfy enum value set: [\(values.joined(separator: ", "))]")
    }

    private static func metadata(of key: KMSKey, account: String) -> JSON {
        var members: JSONObject = [
            "AWSAccountId": .string(account), "KeyId": .string(key.id), "Arn": .string(key.arn),
            "CreationDate": .time(key.created), "Enabled": .bool(key.state == .enabled),
            "Description": .string(key.description), "KeyUsage": .string(key.usage),
            "KeyState": .string(key.state.name), "Origin": "AWS_KMS", "KeyManager": "CUSTOMER",
            "CustomerMasterKeySpec": .string(key.spec.rawValue),
            "KeySpec": .string(key.spec.rawValue), "MultiRegion": false,
        ]
        switch key.spec {
        case .symmetric:
            members["EncryptionAlgorithms"] = ["SYMMETRIC_DEFAULT"]
            members["CurrentKeyMaterialId"] = .string(key.id(ofMaterial: key.currentMaterial))
        case .hmac256: members["MacAlgorithms"] = ["HMAC_SHA_256"]
        }
        if case .pendingDeletion(let date, _) = key.state { members["DeletionDate"] = .time(date) }
        return .object(members)
    }
}
