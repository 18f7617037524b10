internal import JSON

extension PlanSchema {
    static let secret = ObjectForm([
        Field("description", .text(.secretDescription), "What it is for.", standard: ""),
        Field(
            "variable", .text(.variable),
            "Its variable in .env files and the process environment. Where absent, the name in"
                + " upper case with every other character as _."),
        Field(
            "value", .either(scalar: .words(["external"]), collection: .union(value)),
            "Where its value comes from: a source, a random text, an object of fields, or"
                + " external for a secret that is not ours.", required: true),
        Field(
            "recovery-window", .duration(DurationForm(7...30, days)),
            "Time in which a deleted secret can be restored.", standard: "30 days"),
        Field(
            "protect", .bool, "Whether no flag of gaara-infra deletes it.", standard: false),
        Field(
            "rotation", .either(scalar: .words(["none"]), collection: .object(rotation)),
            "How it is rotated. Where absent, rotation is not managed; none cancels it."),
        Field(
            "replicas", .list(of: .object(replica), count: 0...30),
            "Copies in other regions. Where absent, not managed."),
        Field(
            "readers-only", .bool,
            "Whether its own policy denies reading to all but the declared readers. Where absent,"
                + " not managed."),
    ])

    private static let owner = Field(
        "owner", .words(["plan", "initial"]),
        "plan: a difference is corrected. initial: set once, then left to rotation or people; so"
            + " where absent with rotation, and always with generate.")

    private static func from(_ words: [String], _ more: [Field]) -> UnionForm.Variant {
        UnionForm.Variant(
            "from", words: words,
            [Field("from", .words(words), "Where the value is read.", required: true)] + more)
    }

    /// The sources of a secret; those of a field are the same but for `fields` and `owner`.
    private static let sources: [UnionForm.Variant] = [
        from(
            ["file"],
            [
                Field("path", .text(.path), "Relative to the plan.", required: true),
                Field(
                    "binary", .bool, "Whether it is stored as bytes, not as text.",
                    standard: false),
            ]),
        from(
            ["command"],
            [
                Field(
                    "run", .list(of: .text(.argument), count: 1...64),
                    "The program and its arguments; no shell; only with --allow-commands.",
                    required: true)
            ]),
        UnionForm.Variant(
            "generate",
            [
                Field(
                    "generate",
                    .object(
                        ObjectForm([
                            Field(
                                "length", .integer(8...4096), "In characters.", required: true,
                                samples: [40, 64]),
                            Field(
                                "alphabet",
                                .words(ValueSource.Alphabet.allCases.map(\.rawValue)),
                                "The characters to draw from.", standard: "alphanumeric"),
                        ])), "Drawn at random, once, when the secret is created.", required: true)
            ]),
    ]

    /// `from: env-file` and `from: environment`, of a secret or of a field.
    private static func variableSource(_ more: [Field]) -> UnionForm.Variant {
        from(["environment", "env-file"], more)
    }

    private static func adding(_ field: Field, to variant: UnionForm.Variant) -> UnionForm.Variant {
        UnionForm.Variant(
            variant.key, words: variant.words, variant.object.fields + [field])
    }

    private static let field = UnionForm(
        meaning: "a field's value",
        variants: [
            UnionForm.Variant(
                "literal",
                [
                    Field(
                        "literal", .text(.literal), "Plain text that is no secret.",
                        required: true)
                ]),
            variableSource([
                Field(
                    "variable", .text(.variable),
                    "Where absent, the secret's variable, _ and the field's name in upper case.")
            ]),
        ]
            + sources.map { variant in
                UnionForm.Variant(
                    variant.key, words: variant.words,
                    variant.object.fields.filter { $0.name != "binary" })
            })

    private static let value = UnionForm(
        meaning: "a value",
        variants: [adding(owner, to: variableSource([]))]
            + sources.map { variant in
                // Of a generated value `plan` is refused, so the leaf has no two samples.
                let only = Field(owner.name, owner.shape, owner.documentation, samples: [])
                return adding(variant.key == "generate" ? only : owner, to: variant)
            } + [
                UnionForm.Variant(
                    "fields",
                    [
                        Field(
                            "fields", .map(keys: .fieldName, of: .union(field)),
                            "One JSON object of these fields.", required: true,
                            samples: [["password": ["from": "environment"]]]),
                        owner,
                    ])
            ])

    // botocore secretsmanager, RotationRulesType.
    private static let rotation = ObjectForm(
        [
            Field(
                "function", .text(.rotationFunction),
                "The ARN of the Lambda function, or managed for rotation by the owning service.",
                required: true),
            Field(
                "role", .text(.role), "The function's execution role, for policies: role/NAME."),
            Field(
                "every", .duration(DurationForm(1...1000, days)),
                "Time between rotations, counted from the last one.",
                samples: ["30 days", "31 days"]),
            Field(
                "schedule", .text(.schedule),
                "cron(...) or rate(...), in UTC, at most every four hours."),
            Field(
                "window", .duration(DurationForm(1...24, [.hour])),
                "The time in which a rotation may begin. Where absent, Secrets Manager's own."),
            Field(
                "start", .words(["next-window", "now"]),
                "now: once more when rotation is first enabled.", standard: "next-window"),
        ], rules: [.exactlyOne(["every", "schedule"])])

    private static let replica = ObjectForm([
        Field(
            "region", .text(.regionName), "The other region.", required: true,
            samples: ["eu-west-1", "eu-west-2"]),
        Field(
            "key", .text(.replicaKey),
            "alias/NAME or the ARN of a key there. Where absent, AWS's own."),
    ])
}
