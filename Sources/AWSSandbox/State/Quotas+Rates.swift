extension Quotas {
    /// The published rates, written down here apart from the client's own table, so that the two
    /// check each other.
    static let aws = kms + secretsManager + cloudWatch + sts

    /// KMS developer guide, "Request quotas"; the cryptographic one is the lowest of all regions.
    private static let kms: [Quota] =
        each(
            .kms, 5,
            "CreateKey CreateAlias UpdateAlias EnableKey DisableKey DisableKeyRotation "
                + "CancelKeyDeletion UpdateKeyDescription UntagResource RotateKeyOnDemand")
        + each(.kms, 10, "TagResource")
        + each(.kms, 15, "PutKeyPolicy EnableKeyRotation ScheduleKeyDeletion DeleteAlias")
        + each(.kms, 500, "ListAliases ListKeys")
        + each(.kms, 1_000, "GetKeyPolicy GetKeyRotationStatus")
        + each(.kms, 2_000, "DescribeKey ListResourceTags")
        + [shared(.kms, 5_500, "Encrypt Decrypt GenerateDataKey GenerateMac")]

    /// Secrets Manager user guide, "Quotas", and two announcements.
    ///
    /// These are What's New of 2025-03-04 (values, descriptions) and of 2022-11-11 (lists). Of
    /// CreateSecret, DeleteSecret, ListSecretVersionIds and GetRandomPassword no rate was found:
    /// 50, as their neighbours have.
    private static let secretsManager: [Quota] =
        [
            shared(
                .secretsmanager, 50,
                "PutSecretValue UpdateSecret UpdateSecretVersionStage ReplicateSecretToRegions "
                    + "RemoveRegionsFromReplication StopReplicationToReplica"),
            shared(.secretsmanager, 50, "RotateSecret CancelRotateSecret"),
            shared(.secretsmanager, 50, "TagResource UntagResource"),
            shared(
                .secretsmanager, 50,
                "GetResourcePolicy PutResourcePolicy DeleteResourcePolicy "
                    + "ValidateResourcePolicy"),
        ]
        + each(
            .secretsmanager, 50,
            "RestoreSecret CreateSecret DeleteSecret ListSecretVersionIds GetRandomPassword")
        + each(.secretsmanager, 100, "BatchGetSecretValue ListSecrets")
        + each(.secretsmanager, 10_000, "GetSecretValue")
        + each(.secretsmanager, 40_000, "DescribeSecret")

    /// AWS General Reference, "Amazon CloudWatch endpoints and quotas".
    private static let cloudWatch: [Quota] =
        each(.monitoring, 3, "PutMetricAlarm DeleteAlarms SetAlarmState")
        + each(.monitoring, 9, "DescribeAlarms")
        + each(.monitoring, 10, "ListTagsForResource")
        + each(.monitoring, 20, "TagResource UntagResource")
        + each(.monitoring, 500, "PutMetricData GetMetricData")

    /// IAM user guide, "IAM and AWS STS quotas".
    private static let sts = [
        shared(.sts, 600, "GetCallerIdentity AssumeRole DecodeAuthorizationMessage")
    ]

    private static func each(_ service: API, _ perSecond: Int, _ names: String) -> [Quota] {
        names.split(separator: " ").map {
            Quota(service: service, perSecond: perSecond, operations: [String($0)])
        }
    }

    private static func shared(_ service: API, _ perSecond: Int, _ names: String) -> Quota {
        Quota(
            service: service, perSecond: perSecond,
            operations: names.split(separator: " ").map(String.init))
    }
}
