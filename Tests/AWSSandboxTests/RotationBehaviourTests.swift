import AWS
import AWSSandbox
import JSON
import POSIX
import Testing

@Suite struct RotationBehaviourTests {
    static let function = "arn:aws:lambda:us-east-1:123456789012:function:rotate"

    let bench: Bench

    init() async throws {
        bench = try Bench()
        try await bench.create("a")
    }

    private var secret: SandboxSecret? { bench.account.secret("a", in: Bench.region) }
    private var stages: [String: [String]] { secret?.stages ?? [:] }

    private func rotate(
        _ behaviour: RotationBehaviour, _ mark: Character = "2", now: Bool = true,
        rules: JSON = ["AutomaticallyAfterDays": 30]
    ) async throws {
        bench.account.addFunction(Self.function, behaviour: behaviour)
        try await bench.done(
            "Secrets.RotateSecret",
            [
                "SecretId": "a", "ClientRequestToken": .string(token(mark)),
                "RotationLambdaARN": .string(Self.function), "RotationRules": rules,
                "RotateImmediately": .bool(now),
            ])
    }

    // botocore RotateSecret: AWSPENDING elsewhere than AWSCURRENT is a rotation under way.
    @Test(
        "a function that needs time leaves an empty version pending, and is done when time passed")
    func slow() async throws {
        try await rotate(.takes(seconds: 30))
        #expect(stages == [token("1"): ["AWSCURRENT"], token("2"): ["AWSPENDING"]])
        try await bench.refused(
            "Secrets.GetSecretValue", ["SecretId": "a", "VersionStage": "AWSPENDING"],
            "ResourceNotFoundException")
        try await bench.refused(
            "Secrets.RotateSecret",
            ["SecretId": "a", "ClientRequestToken": .string(token("3"))],
            "InvalidRequestException",
            "A previous rotation isn't complete. That rotation will be reattempted.")
        bench.sandbox.advance(by: 29)
        #expect(secret?.versionID == token("1"))
        bench.sandbox.advance(by: 1)
        #expect(stages == [token("1"): ["AWSPREVIOUS"], token("2"): ["AWSCURRENT"]])
        #expect(secret?.value != .text("one"))
        #expect(secret?.rotation?.next == bench.sandbox.now + 30 * 86_400)
    }

    // Secrets Manager guide, "Troubleshoot rotation".
    @Test(
        "a function that fails leaves what its steps had made, and is taken up again",
        arguments: RotationStep.allCases)
    func failing(step: RotationStep) async throws {
        try await rotate(.fails(at: step))
        #expect(stages == [token("1"): ["AWSCURRENT"], token("2"): ["AWSPENDING"]])
        let pending: JSON = ["SecretId": "a", "VersionStage": "AWSPENDING"]
        if step == .createSecret {
            try await bench.refused(
                "Secrets.GetSecretValue", pending, "ResourceNotFoundException")
        } else {
            try await bench.done("Secrets.GetSecretValue", pending)
        }
        bench.sandbox.advance(by: 90 * 86_400)
        #expect(secret?.versionID == token("1"))
        // The refused call is the new attempt: the text of the refusal.
        bench.account.addFunction(Self.function)
        try await bench.refused(
            "Secrets.RotateSecret",
            ["SecretId": "a", "ClientRequestToken": .string(token("3"))],
            "InvalidRequestException")
        #expect(stages == [token("1"): ["AWSPREVIOUS"], token("2"): ["AWSCURRENT"]])
    }

    @Test("a function that never answers blocks rotation until AWSPENDING is taken away")
    func silent() async throws {
        try await rotate(.neverAnswers)
        bench.sandbox.advance(by: 365 * 86_400)
        #expect(stages == [token("1"): ["AWSCURRENT"], token("2"): ["AWSPENDING"]])
        try await bench.done("Secrets.CancelRotateSecret", ["SecretId": "a"])
        try await bench.done(
            "Secrets.UpdateSecretVersionStage",
            [
                "SecretId": "a", "VersionStage": "AWSPENDING",
                "RemoveFromVersionId": .string(token("2")),
            ])
        try await rotate(.succeeds, "3")
        #expect(secret?.versionID == token("3"))
    }

    // botocore RotateSecret: the two labels on one version are no rotation under way.
    @Test("AWSPENDING that stays on the current version blocks nothing")
    func keepsPending() async throws {
        try await rotate(.keepsPending)
        #expect(stages[token("2")] == ["AWSCURRENT", "AWSPENDING"])
        try await rotate(.succeeds, "3")
        #expect(secret?.versionID == token("3"))
    }

    // botocore RotateSecret.RotateImmediately: testSecret makes a version and removes it.
    @Test("not at once, the test of the function is run and leaves nothing, unless it fails")
    func tested() async throws {
        for behaviour in [RotationBehaviour.succeeds, .fails(at: .setSecret)] {
            try await rotate(behaviour, now: false)
            #expect(stages == [token("1"): ["AWSCURRENT"]])
        }
        try await rotate(.takes(seconds: 5), now: false)
        #expect(stages.values.contains(["AWSPENDING"]))
        bench.sandbox.advance(by: 5)
        #expect(stages == [token("1"): ["AWSCURRENT"]])
        try await rotate(.fails(at: .testSecret), now: false)
        #expect(stages.values.contains(["AWSPENDING"]))
    }

    @Test("rotations happen by the clock, each at its own time, as often as the schedule has it")
    func byTheClock() async throws {
        try await rotate(.succeeds, rules: ["ScheduleExpression": "rate(4 hours)"])
        #expect(stages.count == 2)
        bench.sandbox.advance(by: 12 * 3600)
        #expect(stages.count == 5)
        let described = try await bench.done("Secrets.DescribeSecret", ["SecretId": "a"])
        #expect(described["LastRotatedDate"]?.double == Double(bench.sandbox.now))
        // The end of the window of one hour: "on or before this date".
        #expect(described["NextRotationDate"]?.double == Double(bench.sandbox.now + 5 * 3600))
        bench.sandbox.advance(by: 365 * 86_400)
        #expect(stages.values.filter { !$0.isEmpty }.count == 2 && stages.count <= 106)
    }

    @Test("the same seed rotates to the same values at the same times")
    func deterministic() async throws {
        try await rotate(.takes(seconds: 7), rules: ["ScheduleExpression": "cron(0 4 * * ? *)"])
        let other = try await RotationBehaviourTests()
        try await other.rotate(
            .takes(seconds: 7), rules: ["ScheduleExpression": "cron(0 4 * * ? *)"])
        bench.sandbox.advance(by: 10 * 86_400)
        for _ in 1...10 { other.bench.sandbox.advance(by: 86_400) }
        #expect(secret == other.secret)
        #expect(stages.count > 10)
    }

    // botocore RotationRulesType: a manual update counts as a rotation.
    @Test("a value put by hand puts off the next rotation by days")
    func byHand() async throws {
        try await rotate(.succeeds)
        bench.sandbox.advance(by: 20 * 86_400)
        try await bench.put("a", "3", "three")
        #expect(secret?.rotation?.next == bench.sandbox.now + 30 * 86_400)
        bench.sandbox.advance(by: 29 * 86_400)
        #expect(secret?.versionID == token("3"))
        bench.sandbox.advance(by: 86_400)
        #expect(secret?.versionID != token("3"))
    }

    @Test("without permission, or with a key that is disabled, the clock rotates nothing")
    func forbidden() async throws {
        try await rotate(.succeeds)
        bench.account.addFunction(Self.function, permitsSecretsManager: false)
        bench.sandbox.advance(by: 31 * 86_400)
        #expect(secret?.versionID == token("2") && stages.count == 2)
        // "If rotation is unsuccessful, this date may be in the past": botocore
        // DescribeSecretResponse.NextRotationDate.
        #expect(secret?.rotation?.next == bench.sandbox.now - 86_400)

        let key = try await bench.done("KMS.CreateKey", [:])["KeyMetadata"]?["Arn"] ?? ""
        try await bench.done("Secrets.UpdateSecret", ["SecretId": "a", "KmsKeyId": key])
        try await bench.done("KMS.DisableKey", ["KeyId": key])
        bench.account.addFunction(Self.function)
        bench.sandbox.advance(by: 3600)
        #expect(secret?.versionID == token("2"))
        #expect(stages.values.contains(["AWSPENDING"]))
    }

    // hashicorp/terraform-provider-aws#33329.
    @Test("days and an expression exclude each other")
    func twoSchedules() async throws {
        bench.account.addFunction(Self.function)
        try await bench.refused(
            "Secrets.RotateSecret",
            [
                "SecretId": "a", "ClientRequestToken": .string(token("2")),
                "RotationLambdaARN": .string(Self.function),
                "RotationRules": [
                    "AutomaticallyAfterDays": 7, "ScheduleExpression": "rate(7 days)",
                ],
            ], "InvalidParameterException",
            "You cannot specify both rotation frequency and schedule expression together.")
    }
}
