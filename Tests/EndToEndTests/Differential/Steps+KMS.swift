import JSON

extension Step {
    static let keys: [Kind] = [
        Kind(3) { draw in
            if draw.once(in: 3) {
                return Step(
                    "kms CreateKey",
                    ["KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"])
            }
            return Step(
                "kms CreateKey",
                .object(
                    JSONObject([("Description", "d")]).with("Tags", tags(&draw), draw.once(in: 2)))
            )
        },
        Kind(3) { draw in Step("kms DescribeKey", ["KeyId": keyOrAlias(&draw)]) },
        Kind(1) { _ in Step("kms ListKeys") },
        Kind(1) { draw in
            Step("kms UpdateKeyDescription", ["KeyId": key(&draw), "Description": "e"])
        },
        Kind(1) { draw in Step("kms EnableKey", ["KeyId": key(&draw)]) },
        Kind(1) { draw in Step("kms DisableKey", ["KeyId": key(&draw)]) },
        Kind(1) { draw in
            let window = draw.once(in: 12) ? 6 : draw.one(of: [7, 30, 8])
            return Step(
                "kms ScheduleKeyDeletion",
                ["KeyId": key(&draw), "PendingWindowInDays": JSON(window)])
        },
        Kind(2) { draw in Step("kms CancelKeyDeletion", ["KeyId": key(&draw)]) },
        Kind(3) { draw in
            Step("kms CreateAlias", ["AliasName": alias(&draw), "TargetKeyId": key(&draw)])
        },
        Kind(2) { draw in
            Step("kms UpdateAlias", ["AliasName": alias(&draw), "TargetKeyId": key(&draw)])
        },
        Kind(2) { draw in Step("kms DeleteAlias", ["AliasName": alias(&draw)]) },
        Kind(2) { draw in Step("kms ListAliases", ["KeyId": key(&draw)]) },
        Kind(1) { draw in Step("kms GetKeyPolicy", ["KeyId": key(&draw), "PolicyName": "default"])
        },
        Kind(1) { draw in
            Step("kms EnableKeyRotation", ["KeyId": key(&draw), "RotationPeriodInDays": 365])
        },
        Kind(1) { draw in Step("kms DisableKeyRotation", ["KeyId": key(&draw)]) },
        Kind(2) { draw in Step("kms GetKeyRotationStatus", ["KeyId": key(&draw)]) },
        Kind(2) { draw in Step("kms TagResource", ["KeyId": key(&draw), "Tags": tags(&draw)]) },
        Kind(1) { draw in
            Step(
                "kms UntagResource", ["KeyId": key(&draw), "TagKeys": [draw.one(of: ["a", "b"])]])
        },
        Kind(2) { draw in Step("kms ListResourceTags", ["KeyId": key(&draw)]) },
        Kind(2) { draw in
            Step(
                "kms Encrypt",
                .object(
                    JSONObject([("KeyId", keyOrAlias(&draw)), ("Plaintext", "bQ==")])
                        .with("EncryptionContext", context(&draw), draw.once(in: 2))))
        },
        Kind(2) { draw in
            Step(
                "kms Decrypt",
                .object(
                    JSONObject([
                        ("CiphertextBlob", draw.one(of: ["<blob 0>", "<blob 0>", "<blob 1>"]))
                    ])
                    .with("KeyId", key(&draw), draw.once(in: 3))
                    .with("EncryptionContext", context(&draw), draw.once(in: 2))))
        },
        Kind(2) { draw in
            Step(
                "kms GenerateMac",
                [
                    "KeyId": keyOrAlias(&draw), "MacAlgorithm": "HMAC_SHA_256",
                    "Message": draw.one(of: ["bQ==", "bg=="]),
                ])
        },
    ]

    /// The first keys of the account, by id or ARN, or nobody's.
    static func key(_ draw: inout Draw) -> JSON {
        if draw.once(in: 12) { return draw.one(of: ["<key ARN 0>", "<key ARN 1>", "<key 9>"]) }
        return draw.one(of: ["<key 0>", "<key 0>", "<key 1>", "<key 2>"])
    }

    private static func keyOrAlias(_ draw: inout Draw) -> JSON {
        draw.once(in: 3) ? alias(&draw) : key(&draw)
    }

    private static func context(_ draw: inout Draw) -> JSON {
        draw.once(in: 4) ? ["a": "2"] : ["a": "1"]
    }

    private static func alias(_ draw: inout Draw) -> JSON {
        draw.one(of: [
            "alias/a", "alias/a", "alias/a", "alias/b/c", "alias/b/c", "alias/aws/a", "a",
        ])
    }

    private static func tags(_ draw: inout Draw) -> JSON {
        [
            [
                "TagKey": draw.once(in: 40) ? "aws:a" : draw.one(of: ["a", "b", "A"]),
                "TagValue": draw.one(of: ["1", "2", ""]),
            ]
        ]
    }
}
