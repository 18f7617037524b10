extension Pacing {
    /// Operations that share one quota, in requests a second for each account and region.
    struct Lane: Sendable {
        let service: ServiceID
        let names: Set<String>
        let perSecond: Int

        init(_ service: ServiceID, _ perSecond: Int, _ names: Set<String>) {
            self.service = service
            self.perSecond = perSecond
            self.names = names
        }

        /// A lane for each of `names`.
        fileprivate static func each(
            _ service: ServiceID, _ perSecond: Int, _ names: [String]
        ) -> [Lane] {
            names.map { Lane(service, perSecond, [$0]) }
        }
    }

    /// The published quotas of the operations that we make.
    ///
    /// IAM, tagging and Lambda publish none: `Traffic` bounds their reads.
    static let lanes =
        kms + secretsManager + cloudWatch + [
            // IAM user guide, "IAM and AWS STS quotas": shared by these.
            Lane(.sts, 600, ["GetCallerIdentity", "AssumeRole"])
        ]

    /// KMS developer guide, "Request quotas".
    private static let kms: [Lane] =
        Lane.each(
            .kms, 5,
            [
                "CreateKey", "CreateAlias", "UpdateAlias", "EnableKey", "DisableKeyRotation",
                "CancelKeyDeletion", "UpdateKeyDescription", "UntagResource",
            ])
        + Lane.each(.kms, 10, ["TagResource"])
        + Lane.each(
            .kms, 15, ["PutKeyPolicy", "EnableKeyRotation", "ScheduleKeyDeletion", "DeleteAlias"])
        + Lane.each(.kms, 500, ["ListAliases", "ListKeys"])
        + Lane.each(.kms, 1_000, ["GetKeyPolicy", "GetKeyRotationStatus"])
        + Lane.each(.kms, 2_000, ["DescribeKey", "ListResourceTags"])
        // The least of all regions; every GetSecretValue of the account counts as well.
        + [Lane(.kms, 5_500, ["Decrypt", "GenerateDataKey", "GenerateMac"])]

    /// Secrets Manager user guide, "Quotas"; What's New of 2025-03-04 and 2022-11-11.
    private static let secretsManager: [Lane] =
        [
            Lane(
                .secretsManager, 50,
                [
                    "PutSecretValue", "UpdateSecret", "UpdateSecretVersionStage",
                    "ReplicateSecretToRegions", "RemoveRegionsFromReplication",
                ]),
            Lane(.secretsManager, 50, ["RotateSecret", "CancelRotateSecret"]),
            Lane(.secretsManager, 50, ["TagResource", "UntagResource"]),
            Lane(
                .secretsManager, 50,
                [
                    "GetResourcePolicy", "PutResourcePolicy", "DeleteResourcePolicy",
                    "ValidateResourcePolicy",
                ]),
        ]
        // Of the last three no quota is published; the rate of their neighbours.
        + Lane.each(
            .secretsManager, 50,
            ["RestoreSecret", "CreateSecret", "DeleteSecret", "ListSecretVersionIds"])
        + Lane.each(.secretsManager, 100, ["BatchGetSecretValue", "ListSecrets"])
        + Lane.each(.secretsManager, 10_000, ["GetSecretValue"])
        + Lane.each(.secretsManager, 40_000, ["DescribeSecret"])

    /// AWS General Reference, "Amazon CloudWatch endpoints and quotas".
    private static let cloudWatch: [Lane] =
        Lane.each(.cloudWatch, 3, ["PutMetricAlarm", "DeleteAlarms"])
        + Lane.each(.cloudWatch, 9, ["DescribeAlarms"])
        + Lane.each(.cloudWatch, 10, ["ListTagsForResource"])
        + Lane.each(.cloudWatch, 20, ["TagResource", "UntagResource"])
        + Lane.each(.cloudWatch, 500, ["PutMetricData", "GetMetricData"])
}
