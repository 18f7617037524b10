import JSON

extension Scenario {
    static let secrets: [Scenario] =
        [
            Scenario(
                suite
                    + "test_exp_raised_on_creation_of_secret_scheduled_for_deletion invalid_req_ex"
            ) {
                try await $0.secret()
                _ = try await $0.made("secretsmanager DeleteSecret", ["SecretId": "secret"])
                return try await $0.call(
                    "secretsmanager CreateSecret",
                    ["Name": "secret", "SecretString": "x", "ClientRequestToken": second])
            },
            // By a name that ends as an ARN does, without that end.
            Scenario(
                suite + "test_create_and_update_secret[Invalid/_+=.@-Name-a1b2c3-False] "
                    + "resource_not_found_dict_1"
            ) {
                let made = try await $0.made(
                    "secretsmanager CreateSecret",
                    ["Name": "Invalid/_+=.@-Name-a1b2c3", "ClientRequestToken": second])
                let partial = made.json?["ARN"]?.string?.dropLast(7) ?? ""
                return try await $0.call(
                    "secretsmanager GetSecretValue", ["SecretId": .string(String(partial))])
            },
            Scenario(suite + "test_secret_not_found get_secret_value_not_found_ex") {
                try await $0.call("secretsmanager GetSecretValue", ["SecretId": "nothing"])
            },
            Scenario(suite + "test_secret_not_found list_secret_version_ids_not_found_ex") {
                try await $0.call("secretsmanager ListSecretVersionIds", ["SecretId": "nothing"])
            },
            Scenario(suite + "test_secret_exists_snapshots ex_log", without: ["secret-1"]) {
                for request in ["1", "2"] as [Character] {
                    let reply = try await $0.call(
                        "secretsmanager CreateSecret",
                        [
                            "Name": "secret-1", "SecretString": "x",
                            "ClientRequestToken": .string(token(request)),
                        ])
                    if request == "2" { return reply }
                }
                throw Unprepared("no reply")
            },
            Scenario(suite + "test_rotate_secret_invalid_lambda_arn rotate_secret_invalid_arn_exc")
            {
                try await $0.secret()
                return try await $0.call(
                    "secretsmanager RotateSecret",
                    [
                        "SecretId": "secret", "ClientRequestToken": second,
                        "RotationLambdaARN":
                            "arn:aws:lambda:us-east-1:123456789012:function:doesnotexist",
                        "RotationRules": ["AutomaticallyAfterDays": 1],
                    ])
            },
            Scenario(
                suite + "test_first_rotate_secret_with_missing_lambda_arn rotate_secret_no_arn_exc"
            ) {
                try await $0.secret()
                return try await $0.call(
                    "secretsmanager RotateSecret",
                    ["SecretId": "secret", "ClientRequestToken": second])
            },
            Scenario(suite + "test_get_secret_value_errors error_get_secret_value_non_existing") {
                try await $0.secret()
                return try await $0.call(
                    "secretsmanager GetSecretValue",
                    ["SecretId": "secret", "VersionStage": "AWSPREVIOUS"])
            },
            Scenario(suite + "test_get_secret_value_errors mismatch_version_id_and_stage") {
                try await $0.secret()
                return try await $0.call(
                    "secretsmanager GetSecretValue",
                    [
                        "SecretId": "secret", "VersionId": .string(token("1")),
                        "VersionStage": "AWSPREVIOUS",
                    ])
            },
            Scenario(versions + " get_secret_value_no_version_ex") {
                try await empty($0, ["SecretId": "empty"])
            },
            Scenario(versions + " get_secret_value_version_not_found_ex", without: [token("9")]) {
                try await empty($0, ["SecretId": "empty", "VersionId": .string(token("9"))])
            },
            Scenario(versions + " get_secret_value_stage_not_found_ex") {
                try await empty($0, ["SecretId": "empty", "VersionStage": "AWSPENDING"])
            },
            Scenario(suite + "test_tag_untag_resource_on_deleted_secret tag_deleted_secret_error") {
                try await $0.secret()
                _ = try await $0.made("secretsmanager DeleteSecret", ["SecretId": "secret"])
                return try await $0.call(
                    "secretsmanager TagResource",
                    ["SecretId": "secret", "Tags": [["Key": "a", "Value": "b"]]])
            },
            Scenario(suite + "test_tag_untag_resource_on_deleted_secret untag_deleted_secret_error")
            {
                try await $0.secret()
                _ = try await $0.made("secretsmanager DeleteSecret", ["SecretId": "secret"])
                return try await $0.call(
                    "secretsmanager UntagResource", ["SecretId": "secret", "TagKeys": ["a"]])
            },
        ]
        + ["CreateSecret", "UpdateSecret", "PutSecretValue", "RotateSecret"].map { operation in
            // No such secret is there: the token is looked at before.
            Scenario(suite + "test_no_client_request_token[\(operation)] no-client-request-exc") {
                var input: JSONObject = ["SecretString": "x", "Description": "My secret string"]
                input[operation == "CreateSecret" ? "Name" : "SecretId"] = "nothing"
                return try await $0.call("secretsmanager \(operation)", .object(input))
            }
        }

    /// Names of secrets that are none, in ten operations each.
    static let invalidSecretNames: [Scenario] = [
        "Inv Name", " Inv Name", " Inv*Name? ", #" Inv *?!]Name\\-"#,
    ].flatMap { name in
        naming.enumerated().map { position, naming in
            Scenario(suite + "test_invalid_secret_name[\(name)] ex_log_\(position + 1)") {
                var input = naming.others
                input[naming.operation == "CreateSecret" ? "Name" : "SecretId"] = .string(name)
                return try await $0.call(
                    "secretsmanager \(naming.operation)", .object(input))
            }
        }
    }

    private static let naming: [(operation: String, others: JSONObject)] = [
        ("CreateSecret", ["SecretString": "x", "ClientRequestToken": second]),
        ("DeleteSecret", ["ForceDeleteWithoutRecovery": true]),
        ("DescribeSecret", [:]),
        ("GetSecretValue", [:]),
        ("ListSecretVersionIds", ["IncludeDeprecated": true]),
        ("PutSecretValue", ["SecretString": "x", "ClientRequestToken": second]),
        ("TagResource", ["Tags": [["Key": "FirstTag", "Value": "SomeValue"]]]),
        ("UntagResource", ["TagKeys": ["FirstTag"]]),
        ("UpdateSecret", ["Description": "MyNewDescription", "ClientRequestToken": second]),
        ("ValidateResourcePolicy", ["ResourcePolicy": #"{"Version":"2012-10-17","Statement":[]}"#]),
    ]

    private static let suite = "TestSecretsManager::"
    private static let versions = suite + "test_secret_version_not_found"
    private static let second = JSON.string(token("2"))

    /// What reading a secret without any version gives.
    private static func empty(_ wire: Wire, _ input: JSON) async throws -> Wire.Reply {
        _ = try await wire.made(
            "secretsmanager CreateSecret", ["Name": "empty", "ClientRequestToken": second])
        return try await wire.call("secretsmanager GetSecretValue", input)
    }
}
