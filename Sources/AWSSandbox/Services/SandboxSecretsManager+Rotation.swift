internal import JSON

/// Rotation by a Lambda function, which the sandbox plays itself.
extension SandboxSecretsManager {
    static func rotateSecret(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let token = try token(of: input, orElse: .tokenMissingForRotation)
        var secret = try secret(of: input, in: region)
        let rules = try input.object("RotationRules").map(RotationRules.init(reading:))
        let isImmediate = try input.flag("RotateImmediately") ?? true
        let given = try input.text("RotationLambdaARN", length: 0...2048)
        guard let functionARN = given ?? secret.rotation?.function else {
            throw Refused(.noRotationFunction)
        }
        guard let function = region.functions[functionARN],
            function.permits(
                "secretsmanager.amazonaws.com", "lambda:InvokeFunction", for: secret.arn,
                in: call.account)
        else { throw Refused(.functionNotInvokable) }
        // A version pending elsewhere is a rotation under way (botocore RotateSecret).
        if let pending = secret.position(holding: Stage.pending),
            !secret.versions[pending].stages.contains(Stage.current),
            secret.versions[pending].id != token
        {
            throw Refused(.rotationUnderWay)
        }
        guard let current = secret.position(holding: Stage.current) else {
            throw Refused(.noSuchStage, Stage.current)
        }

        var rotation =
            secret.rotation
            ?? StoredSecret.Rotation(isEnabled: true, function: functionARN)
        rotation.isEnabled = true
        rotation.function = functionARN
        rotation.rules = rules ?? rotation.rules
        if isImmediate, secret.position(of: token) == nil {
            let old = secret.versions[current].value
            let value = rotated(old, drawing: &region.random)
            // A function that fails leaves its version pending; the call itself has succeeded.
            let stages = [function.fails ? Stage.pending : Stage.current]
            try addVersion(token, value, stages: stages, to: &secret, for: call, in: region)
            if !function.fails { rotation.lastRotated = call.now }
        }
        rotation.next = rotation.rules?.days.map { (rotation.lastRotated ?? call.now) + $0 * .day }
        secret.rotation = rotation
        secret.changed = call.now
        region.secrets[secret.name] = secret
        return .object(identity(of: secret, version: isImmediate ? token : nil))
    }

    /// Function and rules stay, and so does a half-made version under AWSPENDING (botocore
    /// CancelRotateSecret).
    static func cancelRotateSecret(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let secret = try secret(of: input, in: region)
        region.secrets[secret.name]?.rotation?.isEnabled = false
        let pending = secret.position(holding: Stage.pending).map { secret.versions[$0].id }
        return .object(identity(of: secret, version: pending))
    }

    /// What the played function makes: a new `password` in an object that has one, else a new text.
    private static func rotated(
        _ value: SandboxValue, drawing random: inout SeededRandom
    ) -> SandboxValue {
        let password = random.text(32, of: .alphanumeric)
        guard case .text(let text) = value, var object = try? JSON(parsing: text).object,
            object["password"] != nil
        else { return .text(password) }
        object["password"] = .string(password)
        return .text(JSON.object(object).compact)
    }
}

extension RotationRules {
    /// Reads the rules under the constraints of botocore's RotationRulesType.
    init(reading input: Input) throws(Refused) {
        days = try input.number("AutomaticallyAfterDays", in: 1...1000)
        duration = try input.text("Duration", length: 2...3)
        schedule = try input.text("ScheduleExpression", length: 1...256)
        guard days == nil || schedule == nil else {
            throw Refused(
                .rotationRules, "give AutomaticallyAfterDays or ScheduleExpression, not both")
        }
        if let duration, !duration.hasSuffix("h") || Int(duration.dropLast()) == nil {
            throw Refused(
                .constraint, " '\(duration)'", "duration",
                "Member must satisfy regular expression pattern: [0-9]+h")
        }
        guard let schedule else { return }
        // Where the schedule is a rate, AWS says the days too (reference/aws-semantics.md section 3
        // row 23).
        if let hours = try Self.hours(of: schedule) { days = (hours + 23) / 24 }
    }

    /// The hours of a rate; `nil` for a cron expression.
    private static func hours(of schedule: String) throws(Refused) -> Int? {
        guard schedule.hasSuffix(")") else {
            throw Refused(.rotationRules, "a schedule is rate(...) or cron(...)")
        }
        if schedule.hasPrefix("cron(") {
            let fields = schedule.dropFirst(5).dropLast().split(separator: " ")
            guard fields.count == 6, Int(fields[0]) == 0 else {
                throw Refused(.rotationRules, "a cron expression has six fields, minutes 0")
            }
            return nil
        }
        let words = schedule.dropFirst(5).dropLast().split(separator: " ")
        guard schedule.hasPrefix("rate("), words.count == 2, let number = Int(words[0]) else {
            throw Refused(.rotationRules, "a schedule is rate(...) or cron(...)")
        }
        let isDays = words[1] == "day" || words[1] == "days"
        // At least every four hours, at most every 999 days (botocore RotationRulesType).
        guard isDays || words[1] == "hour" || words[1] == "hours",
            ((isDays ? 1 : 4)...999).contains(number)
        else { throw Refused(.rotationRules, "the rate is out of bounds") }
        return isDays ? number * 24 : number
    }
}
