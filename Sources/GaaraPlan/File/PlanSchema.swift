internal import JSON

/// The plan format, version 1: every key that a plan may hold.
package enum PlanSchema {
    /// The version that this reader reads.
    package static let version = 1

    package static let root = ObjectForm([
        Field(
            "version", .integer(version...version), "The version of this format.", required: true),
        Field(
            "include", .text(.includePath),
            "One file of the same format that this one builds on. Maps merge by key and this file"
                + " wins; lists replace; a value or key of another kind replaces."),
        Field(
            "variables", .map(keys: .variableName, of: .text(.variableText)),
            "Texts that ${name} stands for inside other texts; $${ is a literal ${."),
        Field(
            "application", .text(.application), "The prefix of every name.", required: true),
        Field(
            "environment", .text(.environment),
            "staging, production, or another lower-case word; never development.", required: true),
        Field(
            "account", .text(.accountID),
            "The account, quoted; plan and apply refuse any other.", required: true),
        Field("region", .text(.regionName), "The region.", required: true),
        Field(
            "tags", .map(keys: .tagKey, of: .text(.tagValue)),
            "Tags on everything that takes tags, beside the ones that mark ownership."),
        Field(
            "operators", .object(operators),
            "Who acts on this environment; policies and key grants follow from it."),
        Field("key", .object(key), "The KMS key that encrypts the secrets."),
        Field(
            "value-tokens", .bool,
            "Whether an HMAC key tells if a value is the declared one, without reading it.",
            standard: true),
        Field(
            "secrets", .map(keys: .secretName, of: .object(secret)),
            "The secrets by name; each is {application}/{environment}/NAME in Secrets Manager.",
            required: true),
        Field(
            "access", .map(keys: .entry, of: .object(access)),
            "Who may read which secrets: each entry is a managed policy and its attachments."),
        Field("alarms", .object(alarms), "CloudWatch alarms on the access to the secrets."),
    ])

    static let days = [DurationForm.Unit.day]
    private static let principals = Shape.list(of: .text(.principal), count: 0...50)

    private static let operators = ObjectForm([
        Field(
            "planner", principals, "Who plans and reads no value.",
            samples: [["role/gaara-store-plan"], ["role/gaara-store-look"]]),
        Field("applier", principals, "Who applies. Without one any administrator may."),
        Field("migrator", principals, "Who writes values while they move from .env files."),
        Field("break-glass", principals, "Who gets in when the others cannot."),
        Field(
            "github",
            .object(
                ObjectForm([
                    Field("repository", .text(.repository), "As owner/name.", required: true),
                    Field(
                        "plan", .list(of: .text(.subject), count: 0...20),
                        "The rest of the sub claims that may plan."),
                    Field(
                        "apply", .list(of: .text(.subject), count: 0...20),
                        "The rest of the sub claims that may apply."),
                ])), "The GitHub repository whose workflows plan and apply."),
    ])

    private static let key = ObjectForm(
        [
            Field(
                "alias", .text(.alias),
                "Without alias/. Where absent, {application}/{environment}."),
            Field(
                "existing", .text(.existingAlias),
                "The alias of a key that is not ours: used, never changed."),
            Field(
                "description", .text(.keyDescription),
                "Where absent, \"Secrets of {application}/{environment}\"."),
            Field(
                "rotation", .duration(DurationForm(90...2560, days, allowsNone: true)),
                "Time between rotations of the key's material, or none.", standard: "365 days"),
            Field(
                "deletion-window", .duration(DurationForm(7...30, days)),
                "Time between scheduling the key's deletion and losing it; not under the longest"
                    + " recovery-window.", standard: "30 days", samples: ["30 days", "29 days"]),
            Field("administrators", principals, "Who administers the key and does not use it."),
        ], rules: [.alone("existing")])

    private static func threshold(_ bound: String, _ documentation: String) -> Shape {
        .object(
            ObjectForm([
                Field(bound, .percent, documentation, required: true),
                Field(
                    "for", .duration(DurationForm(1...1440, [.minute, .hour])),
                    "How long, before it tells.", required: true),
            ]))
    }

    private static let alarms = ObjectForm([
        Field(
            "namespace", .text(.namespace), "Where the resolver publishes its metrics.",
            required: true),
        // botocore cloudwatch, ResourceList: five actions a state.
        Field(
            "notify", .list(of: .text(.topic), count: 0...5), "SNS topics that are told."),
        Field(
            "failed-access", threshold("above", "The share of reads that fail."),
            "Tells when too many reads fail."),
        Field(
            "cache-hit-rate", threshold("below", "The share of reads that the cache answers."),
            "Tells when the cache answers too few reads."),
        Field(
            "unusual-access",
            .object(
                ObjectForm([
                    Field(
                        "deviations", .number(0.1...100),
                        "The width of the normal band in standard deviations.", required: true)
                ])), "Tells when reads are far from what is usual."),
        Field(
            "trail-log-group", .text(.logGroup),
            "The log group that CloudTrail writes to, for denied reads."),
    ])
}
