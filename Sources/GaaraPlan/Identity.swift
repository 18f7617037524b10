package import GaaraStore

/// Whose things these are: application, environment, account and region.
///
/// A thing in AWS is ours when all four agree, never by the prefix of its name alone: the prefix
/// `gaara-store-` also covers another application's things, and IAM is global.
package struct Identity: Hashable, Sendable {
    package let application: String
    package let environment: DeploymentEnvironment
    /// Twelve digits.
    package let account: String
    package let region: String

    package init(
        application: String, environment: DeploymentEnvironment, account: String, region: String
    ) {
        self.application = application
        self.environment = environment
        self.account = account
        self.region = region
    }

    /// `aws`, `aws-cn`, `aws-us-gov` and so on, from the region's prefix.
    package var partition: String {
        for (prefix, partition) in Self.partitions where region.hasPrefix(prefix) {
            return partition
        }
        return "aws"
    }

    // botocore partitions.json, the region patterns of every partition but `aws`.
    private static let partitions = [
        ("cn-", "aws-cn"), ("us-gov-", "aws-us-gov"), ("eusc-", "aws-eusc"),
        ("us-iso-", "aws-iso"), ("us-isob-", "aws-iso-b"), ("eu-isoe-", "aws-iso-e"),
        ("us-isof-", "aws-iso-f"),
    ]

    /// `gaara-store/production`: what the alias and the secrets' names begin with.
    package var prefix: String { "\(application)/\(environment)" }

    /// The tags that mark a thing as ours.
    package var tags: [String: String] {
        [
            "gaara:application": application, "gaara:environment": environment.name,
            "gaara:region": region,
        ]
    }

    /// The ARN of an IAM resource of this account, such as `role/gaara-store-app`.
    package func iamARN(_ resource: String) -> String {
        "arn:\(partition):iam::\(account):\(resource)"
    }

    /// The ARN pattern that matches exactly the secret of that name: Secrets Manager adds a hyphen
    /// and six characters of its own, and `-*` would also match longer names.
    package func secretARNPattern(_ name: SecretName) -> String {
        secretARNPattern(path: name.path(application: application, environment: environment))
    }

    /// The ARN pattern that matches every secret under our prefix.
    package var secretARNPrefix: String {
        "arn:\(partition):secretsmanager:\(region):\(account):secret:\(prefix)/*"
    }

    /// The same, for a whole name.
    package func secretARNPattern(path: String) -> String {
        "arn:\(partition):secretsmanager:\(region):\(account):secret:\(path)-??????"
    }
}

/// Who acts on the environment; the key's policy and the generated policies follow from it.
///
/// Each is an IAM resource of the account: `role/NAME`, `role/PATH/NAME` or `user/NAME`.
package struct Operators: Hashable, Sendable {
    package var planner: [String]
    package var applier: [String]
    package var migrator: [String]
    package var breakGlass: [String]
    package var github: GitHub?

    package struct GitHub: Hashable, Sendable {
        /// `owner/name`.
        package var repository: String
        /// The `sub` suffixes that may plan, such as `pull_request`.
        package var plan: [String]
        /// The `sub` suffixes that may apply, such as `environment:production`.
        package var apply: [String]

        package init(repository: String, plan: [String], apply: [String]) {
            self.repository = repository
            self.plan = plan
            self.apply = apply
        }
    }

    package init(
        planner: [String] = [], applier: [String] = [], migrator: [String] = [],
        breakGlass: [String] = [], github: GitHub? = nil
    ) {
        self.planner = planner
        self.applier = applier
        self.migrator = migrator
        self.breakGlass = breakGlass
        self.github = github
    }
}
