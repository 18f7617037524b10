import JSON

extension Step {
    static let secrets: [Kind] = [
        Kind(4) { draw in
            Step(
                "secretsmanager CreateSecret",
                .object(
                    JSONObject([("Name", name(&draw)), ("ClientRequestToken", token(&draw))])
                        .with("SecretString", value(&draw), !draw.once(in: 4))
                        .with("Description", "d", draw.once(in: 3))
                        .with("Tags", tagPairs(&draw), draw.once(in: 4))
                        .with("KmsKeyId", "<key 0>", draw.once(in: 20))))
        },
        Kind(3) { draw in
            Step(
                "secretsmanager PutSecretValue",
                .object(
                    JSONObject([
                        ("SecretId", secret(&draw)), ("ClientRequestToken", token(&draw)),
                        ("SecretString", value(&draw)),
                    ]).with("VersionStages", [stage(&draw)], draw.once(in: 2))))
        },
        Kind(3) { draw in
            Step(
                "secretsmanager UpdateSecret",
                .object(
                    JSONObject([("SecretId", secret(&draw)), ("ClientRequestToken", token(&draw))])
                        .with("SecretString", value(&draw), draw.once(in: 2))
                        .with("Description", draw.one(of: ["e", "", ""]), !draw.once(in: 3))))
        },
        Kind(4) { draw in
            Step(
                "secretsmanager GetSecretValue",
                .object(
                    JSONObject([("SecretId", secret(&draw))])
                        .with("VersionStage", stage(&draw), !draw.once(in: 3))
                        .with("VersionId", token(&draw), draw.once(in: 4))))
        },
        Kind(3) { draw in Step("secretsmanager DescribeSecret", ["SecretId": secret(&draw)]) },
        Kind(2) { draw in
            Step(
                "secretsmanager ListSecrets",
                .object(
                    JSONObject([]).with("IncludePlannedDeletion", true, draw.once(in: 2))
                        .with("SortOrder", "desc", draw.once(in: 4))
                        .with(
                            "Filters",
                            [["Key": draw.one(of: ["name", "tag-key"]), "Values": ["a"]]],
                            draw.once(in: 2))))
        },
        Kind(2) { draw in
            Step(
                "secretsmanager ListSecretVersionIds",
                .object(
                    JSONObject([("SecretId", secret(&draw))])
                        .with("IncludeDeprecated", true, draw.once(in: 2))))
        },
        Kind(1) { draw in
            Step("secretsmanager BatchGetSecretValue", ["SecretIdList": [secret(&draw), "a"]])
        },
        Kind(3) { draw in
            let target = token(&draw)
            let source = token(&draw)
            let moves = !draw.once(in: 4)
            // From a version to itself is not what the operation is for.
            return Step(
                "secretsmanager UpdateSecretVersionStage",
                .object(
                    JSONObject([("SecretId", secret(&draw)), ("VersionStage", stage(&draw))])
                        .with("MoveToVersionId", target, moves)
                        .with(
                            "RemoveFromVersionId", source,
                            !draw.once(in: 4) && !(moves && source == target))))
        },
        Kind(2) { draw in
            Step(
                "secretsmanager DeleteSecret",
                .object(
                    JSONObject([("SecretId", secret(&draw))])
                        .with("ForceDeleteWithoutRecovery", true, draw.once(in: 4))
                        .with(
                            "RecoveryWindowInDays",
                            JSON(draw.once(in: 8) ? 6 : draw.one(of: [7, 30])),
                            draw.once(in: 2))))
        },
        Kind(2) { draw in Step("secretsmanager RestoreSecret", ["SecretId": secret(&draw)]) },
        Kind(1) { draw in
            Step(
                "secretsmanager TagResource", ["SecretId": secret(&draw), "Tags": tagPairs(&draw)])
        },
        Kind(1) { draw in
            Step(
                "secretsmanager UntagResource",
                ["SecretId": secret(&draw), "TagKeys": [draw.one(of: ["a", "b"])]])
        },
        Kind(1) { draw in
            let operation = draw.once(in: 4) ? "CancelRotateSecret" : "GetResourcePolicy"
            return Step("secretsmanager \(operation)", ["SecretId": secret(&draw)])
        },
    ]

    private static func name(_ draw: inout Draw) -> JSON {
        draw.once(in: 50) ? "no name" : draw.one(of: ["a", "a", "a/b", "c"])
    }

    private static func secret(_ draw: inout Draw) -> JSON {
        draw.once(in: 10) ? "nobody" : draw.one(of: ["a", "a", "a", "a/b", "c", "<secret a>"])
    }

    private static func token(_ draw: inout Draw) -> JSON {
        let digit = draw.one(of: ["1", "1", "2", "3"] as [Character])
        return .string(String(repeating: digit, count: 32))
    }

    private static func value(_ draw: inout Draw) -> JSON { draw.one(of: ["x", "x", "y"]) }

    private static func stage(_ draw: inout Draw) -> JSON {
        draw.one(of: ["AWSCURRENT", "AWSCURRENT", "AWSPREVIOUS", "AWSPENDING", "mine"])
    }

    static func tagPairs(_ draw: inout Draw) -> JSON {
        [["Key": draw.one(of: ["a", "b", "A"]), "Value": draw.one(of: ["1", "2"])]]
    }
}
