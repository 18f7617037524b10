import AWS
import AWSSandbox
import JSON
import POSIX
import Testing

@Suite struct SandboxSecretRotationTests {
    static let function = "arn:aws:lambda:us-east-1:123456789012:function:rotate"

    let bench: Bench
    var client: AWSClient { bench.client }

    init() async throws {
        bench = try Bench()
        bench.account.addFunction(Self.function)
        _ = try await bench.client.send(
            SecretsManager.CreateSecret(
                name: "a", clientRequestToken: token("1"),
                value: .text(#"{"username":"app","password":"old"}"#)))
    }

    private var secret: SandboxSecret? { bench.account.secret("a", in: Bench.region) }

    private func rotate(
        _ mark: Character = "2", function: String? = SandboxSecretRotationTests.function,
        rules: SecretsManager.RotationRules? = nil, now: Bool = false
    ) async throws -> SecretsManager.VersionReference {
        try await client.send(
            SecretsManager.RotateSecret(
                secretID: "a", clientRequestToken: token(mark), rotationLambdaARN: function,
                rotationRules: rules, rotateImmediately: now))
    }

    // LS test_rotate_secret_with_lambda_success.
    @Test("rotating now makes a current version under the token, and keeps the rest of the value")
    func immediately() async throws {
        let rotated = try await rotate(rules: .init(automaticallyAfterDays: 30), now: true)
        #expect(rotated.versionID == token("2"))
        #expect(
            secret?.stages == [token("1"): ["AWSPREVIOUS"], token("2"): ["AWSCURRENT"]])
        let value = try JSON(parsing: secret?.value?.bytes ?? [])
        #expect(value["username"] == "app")
        #expect(value["password"] != "old")
        let described = try await client.send(SecretsManager.DescribeSecret(secretID: "a"))
        #expect(described.isRotationEnabled)
        #expect(described.rotationLambdaARN == Self.function)
        #expect(described.lastRotatedDate == bench.sandbox.now)
        #expect(described.nextRotationDate == bench.sandbox.now + 30 * 86_400)
        // The same token again does nothing more.
        _ = try await rotate(now: true)
        #expect(secret?.stages.count == 2)
    }

    @Test("not rotating now sets the schedule and leaves the value")
    func later() async throws {
        _ = try await rotate(rules: .init(automaticallyAfterDays: 7))
        #expect(secret?.versionID == token("1") && secret?.stages.count == 1)
        #expect(secret?.rotation?.days == 7)
        _ = try await rotate(
            function: nil, rules: .init(duration: "3h", scheduleExpression: "rate(10 days)"))
        #expect(secret?.rotation?.schedule == "rate(10 days)")
        #expect(secret?.rotation?.duration == "3h")
        // reference/aws-semantics.md section 3 row 23: the days of a rate are computed.
        #expect(secret?.rotation?.days == 10)
    }

    // LS test_first_rotate_secret_with_missing_lambda_arn, test_rotate_secret_invalid_lambda_arn.
    @Test("a function must be named, be there, and let Secrets Manager in; else nothing changes")
    func functions() async throws {
        await expectRefusal(
            "InvalidRequestException",
            "No Lambda rotation function ARN is associated with this secret."
        ) { try await rotate(function: nil) }
        let closed = Self.function + "-closed"
        bench.account.addFunction(closed, permitsSecretsManager: false)
        for function in [closed, Self.function + "-absent"] {
            await expectRefusal(
                "AccessDeniedException",
                "Secrets Manager cannot invoke the specified Lambda function. Ensure that the "
                    + "function policy grants access to the principal "
                    + "secretsmanager.amazonaws.com."
            ) { try await rotate(function: function, now: true) }
        }
        #expect(secret?.rotation == nil && secret?.stages.count == 1)
    }

    // botocore RotationRulesType.
    @Test("rules keep to their bounds")
    func rules() async throws {
        for days in [0, 1001] {
            await expectRefusal("ValidationException") {
                try await rotate(rules: .init(automaticallyAfterDays: days))
            }
        }
        await expectRefusal("ValidationException") {
            try await rotate(rules: .init(automaticallyAfterDays: 7, duration: "2d"))
        }
        for schedule in [
            "every day", "rate(3 hours)", "rate(1000 days)", "rate(2 weeks)", "cron(5 4 * * ? *)",
            "cron(0 4)",
        ] {
            await expectRefusal("InvalidParameterException") {
                try await rotate(rules: .init(scheduleExpression: schedule))
            }
        }
        await expectRefusal("InvalidParameterException") {
            try await rotate(
                rules: .init(automaticallyAfterDays: 7, scheduleExpression: "rate(7 days)"))
        }
        #expect(secret?.rotation == nil)
        _ = try await rotate(rules: .init(scheduleExpression: "cron(0 4 1 * ? *)"))
        _ = try await rotate(rules: .init(scheduleExpression: "rate(4 hours)"))
    }

    // hashicorp/terraform-provider-aws#35023; botocore RotateSecret, CancelRotateSecret.
    @Test("a rotation that fails leaves AWSPENDING, which blocks the next until it is cleaned up")
    func failing() async throws {
        bench.account.addFunction(Self.function, fails: true)
        _ = try await rotate(now: true)
        #expect(
            secret?.stages == [token("1"): ["AWSCURRENT"], token("2"): ["AWSPENDING"]])
        await expectRefusal(
            "InvalidRequestException",
            "A previous rotation isn't complete. That rotation will be reattempted."
        ) { try await rotate("3", now: true) }
        _ = try await client.send(SecretsManager.CancelRotateSecret(secretID: "a"))
        #expect(secret?.rotation?.isEnabled == false)
        #expect(secret?.stages[token("2")] == ["AWSPENDING"])
        _ = try await client.send(
            SecretsManager.UpdateSecretVersionStage(
                secretID: "a", versionStage: "AWSPENDING", removeFromVersionID: token("2")))
        bench.account.addFunction(Self.function)
        _ = try await rotate("3", now: true)
        #expect(secret?.stages[token("3")] == ["AWSCURRENT"])
    }

    // reference/aws-semantics.md section 3 row 20.
    @Test("what has no value does not rotate")
    func empty() async throws {
        _ = try await client.send(
            SecretsManager.CreateSecret(name: "empty", clientRequestToken: token("1")))
        await expectRefusal("ResourceNotFoundException") {
            try await client.send(
                SecretsManager.RotateSecret(
                    secretID: "empty", clientRequestToken: token("2"),
                    rotationLambdaARN: Self.function, rotateImmediately: false))
        }
    }
}
