import AWSSandbox
import JSON
import Testing

/// The rows of reference/moto.md about rotation, resource policies and copies.
struct MotoRowsOfSharing {
    let bench: Bench
    static let function = "arn:aws:lambda:us-east-1:123456789012:function:rotate"
    static let elsewhere = Bench.elsewhere

    private func rotate(_ more: [(String, JSON)]) -> JSON {
        more.reduce(["SecretId": "a", "ClientRequestToken": .string(token("2"))]) {
            $0.with($1.0, $1.1)
        }
    }

    func rotate() async throws {
        try await bench.create("a")
        let function = JSON.string(Self.function)
        // LS test_first_rotate_secret_with_missing_lambda_arn.
        try await bench.refused(
            "Secrets.RotateSecret", rotate([]), "InvalidRequestException",
            "No Lambda rotation function ARN is associated with this secret.")
        bench.account.addFunction(Self.function, permitsSecretsManager: false)
        // LS test_rotate_secret_invalid_lambda_arn.
        try await bench.refused(
            "Secrets.RotateSecret", rotate([("RotationLambdaARN", function)]),
            "AccessDeniedException",
            "Secrets Manager cannot invoke the specified Lambda function. Ensure that the "
                + "function policy grants access to the principal secretsmanager.amazonaws.com.")
        let before = try await bench.done("Secrets.DescribeSecret", ["SecretId": "a"])
        #expect(before["RotationEnabled"] == nil && before["RotationLambdaARN"] == nil)
        #expect(before["VersionIdsToStages"] == .object([token("1"): ["AWSCURRENT"]]))

        bench.account.addFunction(Self.function)
        let rules: JSON = ["ScheduleExpression": "rate(10 days)", "Duration": "3h"]
        try await bench.done(
            "Secrets.RotateSecret",
            rotate([("RotationLambdaARN", function), ("RotationRules", rules)]))
        let after = try await bench.done("Secrets.DescribeSecret", ["SecretId": "a"])
        #expect(after["RotationRules"]?["ScheduleExpression"] == "rate(10 days)")
        #expect(after["RotationRules"]?["Duration"] == "3h")
        #expect(after["RotationRules"]?["AutomaticallyAfterDays"] == 10)
        let value = try await bench.done("Secrets.GetSecretValue", ["SecretId": "a"])
        #expect(value["VersionId"] == .string(token("2")))
    }

    func cancelRotate() async throws {
        try await bench.create("a")
        bench.account.addFunction(Self.function)
        try await bench.done(
            "Secrets.RotateSecret",
            rotate([
                ("RotationLambdaARN", .string(Self.function)),
                ("RotationRules", ["AutomaticallyAfterDays": 1]),
            ]))
        try await bench.done("Secrets.CancelRotateSecret", ["SecretId": "a"])
        let described = try await bench.done("Secrets.DescribeSecret", ["SecretId": "a"])
        #expect(described["RotationEnabled"] == false)
        #expect(described["NextRotationDate"] == nil && described["LastRotatedDate"] == nil)
        #expect(described["RotationRules"]?["AutomaticallyAfterDays"] == 1)
        bench.sandbox.advance(by: 3 * 86_400)
        #expect(bench.account.secret("a", in: Bench.region)?.versionID == token("2"))
    }

    private func policy(_ principal: String, condition: String = "") -> JSON {
        .string(
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":\(principal),\
            "Action":"secretsmanager:GetSecretValue","Resource":"*"\(condition)}]}
            """)
    }

    func policies() async throws {
        try await bench.create("a")
        func put(_ policy: JSON) -> JSON { ["SecretId": "a", "ResourcePolicy": policy] }
        for text: JSON in ["no JSON", "{}", policy("{}"), policy("{\"AWS\":[]}")] {
            try await bench.refused(
                "Secrets.PutResourcePolicy", put(text), "MalformedPolicyDocumentException",
                "This policy has invalid syntax.")
        }
        try await bench.refused(
            "Secrets.PutResourcePolicy",
            put(policy("{\"AWS\":\"arn:aws:iam::123456789012:role/nobody\"}")),
            "MalformedPolicyDocumentException")
        let everybody = policy("\"*\"")
        try await bench.refused(
            "Secrets.PutResourcePolicy", put(everybody).with("BlockPublicPolicy", true),
            "PublicPolicyException")
        let long = JSON.string(String(repeating: " ", count: 20_481))
        try await bench.refused("Secrets.PutResourcePolicy", put(long), "ValidationException")
        let none = try await bench.done("Secrets.GetResourcePolicy", ["SecretId": "a"])
        #expect(none["ResourcePolicy"] == nil)
        // LS test_resource_policy: by default public policies are not blocked.
        try await bench.done("Secrets.PutResourcePolicy", put(everybody))
        let account =
            ",\"Condition\":{\"StringEquals\":{\"aws:PrincipalAccount\":\"123456789012\"}}"
        let narrow = policy("\"*\"", condition: account)
        try await bench.done(
            "Secrets.PutResourcePolicy", put(narrow).with("BlockPublicPolicy", true))
        let some = try await bench.done("Secrets.GetResourcePolicy", ["SecretId": "a"])
        #expect(some["ResourcePolicy"] == narrow)
        try await bench.done("Secrets.DeleteResourcePolicy", ["SecretId": "a"])
        #expect(bench.account.secret("a", in: Bench.region)?.policy == nil)
    }

    func validateAndStop() async throws {
        try await bench.create("a")
        let root = policy("{\"AWS\":\"arn:aws:iam::123456789012:root\"}")
        let good = try await bench.done(
            "Secrets.ValidateResourcePolicy", ["SecretId": "a", "ResourcePolicy": root])
        #expect(good["PolicyValidationPassed"] == true && good["ValidationErrors"] == [])
        let bad = try await bench.done(
            "Secrets.ValidateResourcePolicy", ["ResourcePolicy": policy("\"*\"")])
        #expect(bad["PolicyValidationPassed"] == false)
        #expect(bad["ValidationErrors"]?.array?.count == 1)

        try await bench.done(
            "Secrets.ReplicateSecretToRegions",
            ["SecretId": "a", "AddReplicaRegions": [["Region": .string(Self.elsewhere)]]])
        bench.sandbox.advance(by: 10)
        try await bench.refused(
            "Secrets.StopReplicationToReplica", ["SecretId": "a"], "InvalidParameterException")
        try await bench.done(
            "Secrets.StopReplicationToReplica", ["SecretId": "a"], in: Self.elsewhere)
        #expect(bench.account.secret("a", in: Bench.region)?.replicas == [:])
        #expect(bench.account.secret("a", in: Self.elsewhere)?.primaryRegion == nil)
        try await bench.done(
            "Secrets.DeleteSecret", ["SecretId": "a"], in: Self.elsewhere)
    }

    func replicate() async throws {
        let arn = try await bench.create("a")["ARN"]
        func add(_ region: String) -> JSON {
            ["SecretId": "a", "AddReplicaRegions": [["Region": .string(region)]]]
        }
        // aws-samples/aws-health-aware#32.
        for region in ["mars-north-1", Bench.region] {
            try await bench.refused(
                "Secrets.ReplicateSecretToRegions", add(region), "InvalidParameterException",
                "Invalid replica region.")
        }
        let answer = try await bench.done(
            "Secrets.ReplicateSecretToRegions", add(Self.elsewhere))
        #expect(answer["ARN"] == arn)
        #expect(answer["ReplicationStatus"]?[0]?["Status"] == "InProgress")
        #expect(bench.account.secret("a", in: Self.elsewhere) == nil)
        bench.sandbox.advance(by: 10)
        let described = try await bench.done("Secrets.DescribeSecret", ["SecretId": "a"])
        #expect(described["ReplicationStatus"]?[0]?["Status"] == "InSync")
        #expect(described["PrimaryRegion"] == .string(Bench.region))
        // gruntwork-io/cloud-nuke#435.
        try await bench.refused(
            "Secrets.DeleteSecret", ["SecretId": "a", "ForceDeleteWithoutRecovery": true],
            "InvalidParameterException",
            "You can't delete secret \(arn?.string ?? "") that still has replica regions "
                + "[\(Self.elsewhere)].")
        let value = try await bench.done(
            "Secrets.GetSecretValue", ["SecretId": "a"], in: Self.elsewhere)
        #expect(value["SecretString"] == "one")
        let removed = try await bench.done(
            "Secrets.RemoveRegionsFromReplication",
            ["SecretId": "a", "RemoveReplicaRegions": [.string(Self.elsewhere)]])
        #expect(removed["ReplicationStatus"] == [])
        #expect(bench.account.secret("a", in: Self.elsewhere) == nil)
        try await bench.done("Secrets.DeleteSecret", ["SecretId": "a"])
    }
}
