/// The forms of the names and references that a plan holds, each with the rule it comes from.
extension TextForm {
    private static let lower = Pattern.sequence([
        .characters("a-z", 1...1), .characters("a-z0-9-", 0...Int.max),
    ])
    // botocore iam, roleNameType, userNameType, groupNameType and policyNameType.
    private static let iamName = "A-Za-z0-9_+=,.@-"
    private static let region = Pattern.sequence([
        .characters("a-z", 2...8),
        .repeated(
            .sequence([
                .literal("-"), .characters("a-z", 1...16),
            ]), 1...3), .literal("-"), .characters("0-9", 1...2),
    ])
    private static let partition = Pattern.sequence([
        .literal("arn:aws"),
        .repeated(.sequence([.literal("-"), .characters("a-z", 1...8)]), 0...3),
    ])
    private static let account = Pattern.characters("0-9", 12...12)

    private static func iam(_ kinds: [String], nameLength: Int) -> Pattern {
        .sequence([
            .oneOf(kinds.map { .literal("\($0)/") }),
            .repeated(.sequence([.characters(iamName, 1...128), .literal("/")]), 0...8),
            .characters(iamName, 1...nameLength),
        ])
    }

    static let application = TextForm(
        "an application: lower-case letters, digits and hyphens, a letter first",
        ["gaara-store", "gaara-shop"], lower, length: 1...48)
    // The rule of GaaraStore's DeploymentEnvironment.
    static let environment = TextForm(
        "an environment: lower-case letters, digits and hyphens, a letter first",
        ["staging", "production"], lower, length: 1...32)
    static let accountID = TextForm(
        "an account of 12 digits", ["123456789012", "210987654321"], account,
        length: 12...12, isQuoted: true)
    static let regionName = TextForm("a region", ["us-east-1", "eu-west-1"], region)
    static let variable = TextForm(
        "a variable: letters, digits and underscores, no digit first", ["STORE_KEY", "SHOP_KEY"],
        .sequence([.characters("A-Za-z_", 1...1), .characters("A-Za-z0-9_", 0...Int.max)]),
        length: 1...255)
    static let entry = TextForm(
        "a word: lower-case letters, digits and hyphens, a letter first", ["app", "worker"], lower,
        length: 1...64)
    static let variableName = TextForm(
        "a name: letters, digits, hyphens and underscores, a letter first", ["team", "size"],
        .sequence([.characters("A-Za-z", 1...1), .characters("A-Za-z0-9_-", 0...Int.max)]),
        length: 1...64)

    // botocore secretsmanager, NameType; GaaraStore's SecretName says the rest.
    static let secretName = TextForm(
        "a secret's name: letters, digits and /_+=.@-", ["database-url", "api-token"],
        .characters("A-Za-z0-9/_+=.@-", 1...Int.max), length: 1...450)
    static let fieldName = TextForm(
        "a field's name", ["host", "password"], .characters("A-Za-z0-9_.-", 1...Int.max),
        length: 1...128)
    // botocore secretsmanager, DescriptionType; kms, DescriptionType.
    static let secretDescription = TextForm(
        "a description", ["for the shop", "for the store"], length: 0...2048, isProse: true)
    static let keyDescription = TextForm(
        "a description", ["for the shop", "for the store"], length: 0...8192, isProse: true)

    // botocore kms, AliasNameType, without `alias/`.
    private static let aliasCharacters = Pattern.characters("A-Za-z0-9:/_-", 1...Int.max)
    static let alias = TextForm(
        "an alias without alias/: letters, digits and :/_-", ["gaara-store/main", "main"],
        aliasCharacters, length: 1...250)
    static let existingAlias = TextForm(
        "an alias, as alias/NAME", ["alias/shared", "alias/other"],
        .sequence([.literal("alias/"), aliasCharacters]), length: 7...256)
    static let replicaKey = TextForm(
        "a key: alias/NAME or the ARN of a key", ["alias/shared", "alias/other"],
        .oneOf([
            .sequence([.literal("alias/"), aliasCharacters]),
            .sequence([
                partition, .literal(":kms:"), region, .literal(":"), account, .literal(":key/"),
                .characters("a-z0-9-", 1...Int.max),
            ]),
        ]))

    static let principal = TextForm(
        "a role or user of the account, as role/NAME", ["role/operations", "role/platform"],
        iam(["role", "user"], nameLength: 64), length: 6...600)
    static let role = TextForm(
        "a role of the account, as role/NAME", ["role/rotation", "role/rotator"],
        iam(["role"], nameLength: 64), length: 6...600)
    static let policy = TextForm(
        "a policy of the account, as policy/NAME", ["policy/boundary", "policy/limits"],
        iam(["policy"], nameLength: 128), length: 8...700)
    static let roleName = TextForm(
        "a role's name, without role/", ["gaara-store-app", "gaara-store-job"],
        .characters(iamName, 1...Int.max), length: 1...64)
    static let userName = TextForm(
        "a user's name, without user/", ["deploy", "reader"], .characters(iamName, 1...Int.max),
        length: 1...64)
    static let groupName = TextForm(
        "a group's name, without group/", ["developers", "support"],
        .characters(iamName, 1...Int.max), length: 1...128)
    static let policyName = TextForm(
        "a policy's name: letters, digits and _+=,.@-", ["StoreRead", "ShopRead"],
        .characters(iamName, 1...Int.max), length: 1...128)
    static let service = TextForm(
        "a service as in its principal, without .amazonaws.com", ["ecs-tasks", "lambda"],
        .characters("a-z0-9.-", 1...Int.max), length: 1...64)

    // The intersection of what KMS, Secrets Manager, IAM and CloudWatch take.
    private static let tagCharacters = "A-Za-z0-9 _.:/=+@\u{A1}-\u{2027}\u{202F}-\u{FFFD}-"
    static let tagKey = TextForm(
        "a tag's key: letters, digits, spaces and _.:/=+@-", ["team", "unit"],
        .characters(tagCharacters, 1...Int.max), length: 1...128)
    static let tagValue = TextForm(
        "a tag's value: letters, digits, spaces and _.:/=+@-", ["platform", "shop"],
        .characters(tagCharacters, 0...Int.max), length: 0...256, isProse: true)

    // botocore lambda, FunctionArn; ours must be whole, with region and account.
    private static let lambdaARN = Pattern.sequence([
        partition, .literal(":lambda:"), region, .literal(":"), account, .literal(":function:"),
        .characters("A-Za-z0-9_-", 1...64),
        .repeated(.sequence([.literal(":"), .characters("A-Za-z0-9_$-", 1...128)]), 0...1),
    ])
    static let rotationFunction = TextForm(
        "a rotation function: the ARN of a Lambda function, or managed",
        [
            "arn:aws:lambda:us-east-1:123456789012:function:rotate",
            "arn:aws:lambda:us-east-1:123456789012:function:turn",
        ], .oneOf([.literal("managed"), lambdaARN]))
    static let topic = TextForm(
        "the ARN of an SNS topic",
        [
            "arn:aws:sns:us-east-1:123456789012:oncall",
            "arn:aws:sns:us-east-1:123456789012:office",
        ],
        .sequence([
            partition, .literal(":sns:"), region, .literal(":"), account, .literal(":"),
            .characters("A-Za-z0-9_.-", 1...256),
        ]))
    // botocore secretsmanager, ScheduleExpressionType.
    static let schedule = TextForm(
        "a schedule: cron(...) or rate(...)", ["rate(10 days)", "cron(0 4 1 * ? *)"],
        .sequence([
            .oneOf([.literal("cron("), .literal("rate(")]),
            .characters("0-9A-Za-z#?*/, -", 1...Int.max), .literal(")"),
        ]), length: 1...256, isProse: true)

    static let path = TextForm(
        "a path under the plan's folder", ["tls.pem", "tls/key.pem"], length: 1...1024)
    static let includePath = TextForm("a path under the plan's folder", ["base.yaml"])
    static let argument = TextForm(
        "a program or an argument", ["op", "pass"], length: 0...4096, isProse: true)
    static let literal = TextForm(
        "plain text", ["app", "shop"], length: 0...4096, isProse: true)
    static let variableText = TextForm(
        "text", ["platform", "shop"], length: 0...2048, isProse: true)

    static let repository = TextForm(
        "a repository, as owner/name", ["gaara-org/gaara-store", "gaara-org/gaara-shop"],
        .sequence([
            .characters("A-Za-z0-9-", 1...39), .literal("/"), .characters("A-Za-z0-9_.-", 1...100),
        ]))
    // Whole `sub` claims, so no wildcard: IAM would match one only with StringLike.
    static let subject = TextForm(
        "the rest of a sub claim, such as environment:production",
        ["pull_request", "environment:staging"], .characters("A-Za-z0-9_./:@-", 1...Int.max),
        length: 1...255)
    // botocore cloudwatch, Namespace: not `AWS/`, which is AWS's own.
    static let namespace = TextForm(
        "a CloudWatch namespace", ["GaaraStore/Secrets", "GaaraShop/Secrets"],
        .sequence([
            .characters("A-Za-z0-9_.#/ -", 1...1), .characters("A-Za-z0-9_.#/: -", 0...Int.max),
        ]), length: 1...255)
    static let logGroup = TextForm(
        "a log group", ["cloudtrail", "/aws/cloudtrail"],
        .characters("A-Za-z0-9_.#/-", 1...Int.max), length: 1...512)
}
