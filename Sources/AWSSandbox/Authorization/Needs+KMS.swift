/// What each call of KMS needs (service authorization reference, "AWS Key Management Service").
enum KMSNeeds {
    typealias Row = @Sendable (Call, Input, Region) -> [AccessNeed]

    static let rows: [String: Row] = [
        "CreateKey": create,
        "ListKeys": anywhere, "ListAliases": anywhere, "GenerateRandom": anywhere,
        "CreateAlias": alias, "UpdateAlias": alias, "DeleteAlias": alias,
        "DescribeKey": key, "GetKeyPolicy": key, "ListKeyPolicies": key, "ListResourceTags": key,
        "GetKeyRotationStatus": key, "ListKeyRotations": key, "UpdateKeyDescription": key,
        "EnableKey": key, "DisableKey": key, "CancelKeyDeletion": key, "DisableKeyRotation": key,
        "RotateKeyOnDemand": key, "ScheduleKeyDeletion": key, "EnableKeyRotation": key,
        "PutKeyPolicy": key, "TagResource": key, "UntagResource": key, "GenerateMac": key,
        "VerifyMac": key, "Encrypt": key, "GenerateDataKey": key,
        "GenerateDataKeyWithoutPlaintext": key,
        "Decrypt": decrypt, "ReEncrypt": reEncrypt,
    ]

    private static let anywhere: Row = { call, _, _ in [AccessNeed("kms:\(call.operation)")] }

    /// There is no key yet whose policy could say anything; its tags are asked about apart (KMS
    /// Developer Guide, "Tagging keys").
    private static let create: Row = { call, input, region in
        var context = AccessNeed.requested(tags(of: input))
        context["kms:KeySpec"] = [text("KeySpec", of: input) ?? "SYMMETRIC_DEFAULT"]
        context["kms:KeyUsage"] = [text("KeyUsage", of: input) ?? "ENCRYPT_DECRYPT"]
        context["kms:KeyOrigin"] = [text("Origin", of: input) ?? "AWS_KMS"]
        context["kms:MultiRegion"] = ["false"]
        context["kms:BypassPolicyLockoutSafetyCheck"] = [bypass(of: input)]
        context["kms:CallerAccount"] = [call.account]
        let create = AccessNeed("kms:CreateKey", context: context)
        guard context["aws:TagKeys"] != nil else { return [create] }
        let anyKey = region.arn("kms", "key/00000000-0000-0000-0000-000000000000")
        return [create, AccessNeed("kms:TagResource", on: anyKey, context: context)]
    }

    private static let key: Row = { call, input, region in
        guard let id = text("KeyId", of: input) else { return [] }
        return need("kms:\(call.operation)", on: id, call, input, region).map { [$0] } ?? []
    }

    /// On the alias by IAM, on each key by its policy too (KMS Developer Guide, "Controlling access
    /// to aliases").
    private static let alias: Row = { call, input, region in
        let action = "kms:\(call.operation)"
        guard let name = text("AliasName", of: input) else { return [] }
        var needs = [AccessNeed(action, on: region.arn("kms", name))]
        let old = call.operation == "CreateAlias" ? nil : region.aliases[name]?.keyID
        for id in [old, text("TargetKeyId", of: input)].compactMap(\.self) {
            if let need = need(action, on: id, call, input, region) { needs.append(need) }
        }
        return needs
    }

    /// A ciphertext names its key itself.
    private static let decrypt: Row = { call, input, region in
        let hidden = (try? input.bytes("CiphertextBlob", length: 1...6144)).flatMap(\.self)
        guard let id = text("KeyId", of: input) ?? hidden.flatMap(Ciphertext.init)?.keyID else {
            return []
        }
        return need("kms:Decrypt", on: id, call, input, region).map { [$0] } ?? []
    }

    private static let reEncrypt: Row = { call, input, region in
        let hidden = (try? input.bytes("CiphertextBlob", length: 1...6144)).flatMap(\.self)
        let source = text("SourceKeyId", of: input) ?? hidden.flatMap(Ciphertext.init)?.keyID
        let sides = [
            ("kms:ReEncryptFrom", source, "SourceEncryptionContext"),
            (
                "kms:ReEncryptTo", text("DestinationKeyId", of: input),
                "DestinationEncryptionContext"
            ),
        ]
        return sides.compactMap { action, id, context in
            guard let id, var need = need(action, on: id, call, input, region) else { return nil }
            need.context.merge(encryption((try? input.texts(in: context)) ?? [:])) { $1 }
            return need
        }
    }

    /// `nil` where no such key is: the operation then says so (text of a refusal before that not
    /// recorded).
    private static func need(
        _ action: String, on id: String, _ call: Call, _ input: Input, _ region: Region
    ) -> AccessNeed? {
        guard let key = try? SandboxKMS.key(id, in: region, allowsAlias: true) else { return nil }
        var need = need(action, on: key, in: region, now: call.now)
        if let name = id.split(separator: ":").last, name.hasPrefix("alias/") {
            need.context["kms:RequestAlias"] = [String(name)]
        }
        switch call.operation {
        case "TagResource": need.context.merge(AccessNeed.requested(tags(of: input))) { $1 }
        case "UntagResource":
            need.context["aws:TagKeys"] = (try? input.texts("TagKeys")).flatMap(\.self)
        case "GenerateMac", "VerifyMac":
            need.context.add("kms:MacAlgorithm", text("MacAlgorithm", of: input))
        case "PutKeyPolicy":
            need.context["kms:BypassPolicyLockoutSafetyCheck"] = [bypass(of: input)]
        case "EnableKeyRotation":
            need.context.add("kms:RotationPeriodInDays", number("RotationPeriodInDays", of: input))
        case "ScheduleKeyDeletion":
            need.context.add(
                "kms:ScheduleKeyDeletionPendingWindowInDays",
                number("PendingWindowInDays", of: input) ?? "30")
        case "Encrypt", "Decrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext":
            let context = (try? input.texts(in: "EncryptionContext")) ?? [:]
            need.context.merge(encryption(context)) { $1 }
        default: break
        }
        return need
    }

    /// The right to use `key` as its policy and the tags and aliases that count by now have it
    /// (KMS Developer Guide, "ABAC for AWS KMS").
    static func need(
        _ action: String, on key: KMSKey, in region: Region, now: Int
    ) -> AccessNeed {
        var need = AccessNeed(action, on: key.arn)
        need.policy = key.policy
        need.isKey = true
        let tags = region.tagsBefore(of: key.arn, now: now) ?? key.tags
        need.context = AccessNeed.carried(tags, as: ["aws:ResourceTag"])
        let aliases = region.unseenAliases.seen(now: now) ?? region.aliases
        let names = aliases.values.filter { $0.keyID == key.id }.map(\.name).sorted()
        if !names.isEmpty { need.context["kms:ResourceAliases"] = names }
        need.context["kms:CallerAccount"] = [region.account]
        need.context["kms:KeySpec"] = [key.spec.rawValue]
        need.context["kms:KeyUsage"] = [key.usage]
        need.context["kms:KeyOrigin"] = ["AWS_KMS"]
        need.context["kms:MultiRegion"] = ["false"]
        return need
    }

    /// An encryption context as conditions see it (KMS Developer Guide,
    /// "kms:EncryptionContext:context-key").
    static func encryption(_ context: [String: String]) -> [String: [String]] {
        var values = ["kms:EncryptionAlgorithm": ["SYMMETRIC_DEFAULT"]]
        for (key, value) in context { values["kms:EncryptionContext:\(key)"] = [value] }
        if !context.isEmpty { values["kms:EncryptionContextKeys"] = context.keys.sorted() }
        return values
    }

    private static func text(_ key: String, of input: Input) -> String? {
        (try? input.text(key)).flatMap(\.self)
    }

    private static func number(_ key: String, of input: Input) -> String? {
        (try? input.number(key)).flatMap(\.self).map { String($0) }
    }

    private static func bypass(of input: Input) -> String {
        String((try? input.flag("BypassPolicyLockoutSafetyCheck")).flatMap(\.self) ?? false)
    }

    private static func tags(of input: Input) -> [Tags.Tag] {
        (try? input.tags(key: "TagKey", value: "TagValue")).flatMap(\.self) ?? []
    }
}
