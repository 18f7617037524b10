internal import JSON

extension PlanSchema {
    static let access = ObjectForm([
        Field(
            "name", .text(.policyName),
            "The policy's name. Where absent, {application}-{environment}-ENTRY."),
        Field(
            "read",
            .either(
                scalar: .words(["all"]),
                collection: .list(of: .text(.secretName), count: 1...1000)),
            "The secrets that may be read, or all.", required: true,
            samples: [["api-token"], "all"]),
        Field(
            "batch", .bool, "Whether BatchGetSecretValue is allowed too.", standard: false),
        Field(
            "attach",
            .object(
                ObjectForm([
                    Field(
                        "roles",
                        .list(
                            of: .either(scalar: .text(.roleName), collection: .object(role)),
                            count: 0...50),
                        "Roles by name, or as a map."),
                    Field(
                        "users", .list(of: .text(.userName), count: 0...50), "Users by name."),
                    Field(
                        "groups", .list(of: .text(.groupName), count: 0...50), "Groups by name."),
                ])), "What the policy is attached to."),
        Field(
            "exclusive", .bool, "Whether attachments that are not declared are detached.",
            standard: true),
        Field(
            "boundary", .text(.policy),
            "policy/NAME: the permissions boundary that the attached roles must have.",
            beside: ["attach": ["roles": ["app"]]]),
    ])

    private static let role = ObjectForm([
        Field("name", .text(.roleName), "The role's name.", required: true),
        Field(
            "create", .bool, "Whether the plan makes the role.", standard: false,
            beside: ["trusts": ["ecs-tasks"]]),
        Field(
            "trusts", .list(of: .text(.service), count: 1...10),
            "The services that may assume a role that the plan makes, such as ecs-tasks.",
            beside: ["create": true]),
    ])
}
