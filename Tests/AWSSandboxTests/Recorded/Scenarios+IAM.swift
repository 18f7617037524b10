import AWSSandbox
import JSON

extension Scenario {
    static let iam: [Scenario] =
        [
            Scenario(
                "TestIAMExtensions::test_create_role_with_malformed_assume_role_policy_document "
                    + "invalid-json"
            ) {
                try await $0.call(
                    "iam CreateRole",
                    ["RoleName": "role", "AssumeRolePolicyDocument": #"{"Version":"2012-10-17",}"#])
            },
            Scenario(
                integrations + "test_delete_non_existent_policy_returns_no_such_entity "
                    + "delete-non-existent-policy-exc"
            ) {
                try await $0.call(
                    "iam DeletePolicy",
                    ["PolicyArn": "arn:aws:iam::123456789012:policy/non-existent-policy"])
            },
        ]
        + ["Role", "User"].flatMap { kind in
            [
                ("non_existent_malformed_policy_arn", "longpolicynamebutnoarn"),
                ("existing_policy_name_provided", "the-name-of-a-policy"),
                (
                    "valid_arn_not_existent",
                    "arn:aws:iam::123456789012:policy/the-name-of-a-policy123"
                ),
            ].map { step, arn in
                Scenario(integrations + "test_\(kind.lowercased())_attach_policy \(step)") { wire in
                    wire.bench.account.addRole("entity")
                    wire.bench.account.addUser("entity")
                    _ = try await wire.made(
                        "iam CreatePolicy",
                        ["PolicyName": "the-name-of-a-policy", "PolicyDocument": document])
                    return try await wire.call(
                        "iam Attach\(kind)Policy",
                        ["\(kind)Name": "entity", "PolicyArn": .string(arn)])
                }
            }
        }

    static let sts: [Scenario] = [
        ("malformed-arn", "nothing-valid-in-here", "Session1"),
        ("no-partition", "arn::b:::something/test-role", "Session1"),
        ("no-service", "arn:a::::something/test-role", "Session1"),
        ("not-enough-colons", "arn:a:::something/test-role", "Session1"),
        ("no-resource", "arn:a:a::aaaaaaaaaa:", "Session1"),
        ("invalid-session-name", "arn:a:b:::something/test-role", "Session1:2"),
    ].map { step, arn, session in
        Scenario("TestSTSIntegrations::test_sts_invalid_parameters \(step)") {
            try await $0.call(
                "sts AssumeRole", ["RoleArn": .string(arn), "RoleSessionName": .string(session)])
        }
    }

    private static let integrations = "TestIAMIntegrations::"
    private static let document: JSON = .string(
        #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","#
            + #""Resource":"*"}}"#
    )
}
