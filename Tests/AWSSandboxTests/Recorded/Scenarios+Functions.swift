import AWSSandbox
import JSON

extension Scenario {
    /// The resource policies of Lambda functions.
    static let functions: [Scenario] = [
        Scenario(faults + " add_permission_invalid_statement_id") {
            try await add($0, ["StatementId": "example.com"])
        },
        Scenario(faults + " add_permission_principal_invalid") {
            try await add($0, ["Principal": "invalid.nonaws.com"])
        },
        Scenario(faults + " get_policy_fn_doesnotexist") {
            try await $0.call("lambda GetPolicy", ["FunctionName": "doesnotexist"])
        },
        Scenario(faults + " add_permission_fn_doesnotexist") {
            try await add($0, ["FunctionName": "doesnotexist"])
        },
        Scenario(faults + " remove_permission_policy_doesnotexist") {
            bare($0)
            return try await remove($0, "s3")
        },
        Scenario(faults + " add_permission_conflicting_statement_id") {
            _ = try await add($0, [:])
            return try await add($0, [:])
        },
        Scenario(faults + " remove_permission_fn_doesnotexist") {
            try await $0.call(
                "lambda RemovePermission", ["FunctionName": "doesnotexist", "StatementId": "s3"])
        },
        Scenario(faults + " add_permission_fn_qualifier_mismatch") {
            try await add($0, ["FunctionName": "rotate:alias-not-42", "Qualifier": "42"])
        },
        Scenario(faults + " add_permission_fn_qualifier_latest") {
            try await add($0, ["FunctionName": "rotate:$LATEST", "Qualifier": "$LATEST"])
        },
        Scenario(faults + " get_policy_fn_version_doesnotexist") {
            bare($0)
            return try await $0.call(
                "lambda GetPolicy", ["FunctionName": "rotate", "Qualifier": "77"])
        },
        Scenario(faults + " add_permission_fn_alias_doesnotexist") {
            try await add($0, ["FunctionName": "rotate:alias-doesnotexist"])
        },
        Scenario(faults + " add_permission_fn_version_doesnotexist") {
            try await add($0, ["Qualifier": "42"])
        },
        Scenario(faults + " add_permission_fn_qualifier_invalid") {
            try await add($0, ["Qualifier": "invalid-qualifier-with-?-char"])
        },
        Scenario(faults + " add_permission_fn_qualifier_valid_doesnotexist") {
            try await add($0, ["Qualifier": "valid-with-$-but-doesnotexist"])
        },
        Scenario(faults + " remove_permission_fn_alias_doesnotexist") {
            _ = try await add($0, [:])
            return try await $0.call(
                "lambda RemovePermission",
                [
                    "FunctionName": "rotate", "StatementId": "s3",
                    "Qualifier": "alias-doesnotexist",
                ])
        },
        Scenario(
            "TestLambdaRevisions::test_function_revisions_permissions "
                + "add_permission_revision_exception"
        ) { try await add($0, ["RevisionId": "wrong"]) },
        Scenario(
            "TestLambdaPermissions::test_remove_multi_permissions "
                + "remove_permission_exception_nonexisting_sid"
        ) {
            _ = try await add($0, [:])
            return try await remove($0, "non-existent")
        },
        Scenario(
            "TestLambdaPermissions::test_remove_multi_permissions get_policy_exception_removed_all"
        ) {
            _ = try await add($0, [:])
            _ = try await remove($0, "s3")
            return try await $0.call("lambda GetPolicy", ["FunctionName": "rotate"])
        },
    ]

    private static let faults = "TestLambdaPermissions::test_permission_exceptions"

    /// A function without a policy.
    private static func bare(_ wire: Wire) {
        wire.bench.account.addFunction(
            "arn:aws:lambda:us-east-1:123456789012:function:rotate", permitsSecretsManager: false)
    }

    private static func add(_ wire: Wire, _ others: JSONObject) async throws -> Wire.Reply {
        let function = try await wire.call("lambda GetPolicy", ["FunctionName": "rotate"])
        if function.status != 200 { bare(wire) }
        var input: JSONObject = [
            "FunctionName": "rotate", "StatementId": "s3", "Action": "lambda:InvokeFunction",
            "Principal": "s3.amazonaws.com",
        ]
        for (key, value) in others.members { input[key] = value }
        return try await wire.call("lambda AddPermission", .object(input))
    }

    private static func remove(_ wire: Wire, _ statement: String) async throws -> Wire.Reply {
        try await wire.call(
            "lambda RemovePermission",
            ["FunctionName": "rotate", "StatementId": .string(statement)])
    }
}
