internal import JSON

/// Rotation by a Lambda function, which the sandbox plays itself.
extension SandboxSecretsManager {
    /// Sets what is given, then rotates at once unless told otherwise.
    ///
    /// Not at once, the step testSecret is run all the same (botocore RotateSecret).
    static func rotateSecret(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let token = try token(of: input, orElse: .tokenMissingForRotation)
        let secret = try writableSecret(of: input, in: region)
        let rules = try input.object("RotationRules").map { rules throws(Refused) in
            try RotationRules(reading: rules)
        }
        let isImmediate = try input.flag("RotateImmediately") ?? true
        let given = try input.text("RotationLambdaARN", length: 0...2048)
        let functionARN = given ?? secret.rotation?.function ?? ""
        // Without a function only the service that owns a secret rotates it (Secrets Manager user
        // guide, "Managed rotation").
        if functionARN.isEmpty {
            guard secret.owner != nil else { throw Refused(.noRotationFunction) }
        } else {
            try checkInvokable(functionARN, for: secret, call, in: region)
        }
        try checkNotRotating(secret, token, call, &region)
        guard secret.position(holding: Stage.current) != nil else {
            throw Refused(.noSuchStage, Stage.current)
        }

        var rotation =
            secret.rotation
            ?? StoredSecret.Rotation(isEnabled: true, function: functionARN)
        rotation.isEnabled = true
        rotation.function = functionARN
        rotation.rules = rules ?? rotation.rules
        rotation.reschedule(
            from: rotation.rules?.schedule == nil ? rotation.lastRotated ?? call.now : call.now)
        region.secrets[secret.name]?.rotation = rotation
        region.secrets[secret.name]?.changed = call.now
        // A token that has its version already does nothing more.
        if !isImmediate {
            region.rotate(
                secret.name, token: region.random.uuid(), isTest: true, at: call.now)
        } else if secret.position(of: token) == nil || secret.isRotating {
            region.rotate(secret.name, token: token, isTest: false, at: call.now)
        }
        return .object(identity(of: secret, version: isImmediate ? token : nil))
    }

    private static func checkInvokable(
        _ functionARN: String, for secret: StoredSecret, _ call: Call, in region: Region
    ) throws(Refused) {
        guard let function = region.functions[functionARN],
            function.permits(
                "secretsmanager.amazonaws.com", "lambda:InvokeFunction", for: secret.arn,
                in: call.account)
        else { throw Refused(.functionNotInvokable) }
    }

    /// A version pending elsewhere is a rotation under way, which the refused call takes up again
    /// unless its function is still at it (botocore RotateSecret; the refusal's text).
    private static func checkNotRotating(
        _ secret: StoredSecret, _ token: String, _ call: Call, _ region: inout Region
    ) throws(Refused) {
        guard secret.isRotating, let position = secret.position(holding: Stage.pending),
            secret.versions[position].id != token
        else { return }
        if let rotation = secret.rotation, rotation.isEnabled, rotation.run == nil {
            region.rotate(
                secret.name, token: secret.versions[position].id, isTest: false, at: call.now)
        }
        throw Refused(.rotationUnderWay)
    }

    /// Function and rules stay, and so does a half-made version under AWSPENDING (botocore
    /// CancelRotateSecret).
    static func cancelRotateSecret(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let secret = try writableSecret(of: input, in: region)
        region.secrets[secret.name]?.rotation?.isEnabled = false
        region.secrets[secret.name]?.rotation?.run = nil
        let pending = secret.position(holding: Stage.pending).map { secret.versions[$0].id }
        return .object(identity(of: secret, version: pending))
    }
}

extension RotationRules {
    /// Reads the rules under the constraints of botocore's RotationRulesType.
    init(reading input: Input) throws(Refused) {
        days = try input.number("AutomaticallyAfterDays", in: 1...1000)
        duration = try input.text("Duration", length: 2...3)
        schedule = try input.text("ScheduleExpression", length: 1...256)
        guard days == nil || schedule == nil else { throw Refused(.twoSchedules) }
        try input.check("Duration", against: "[0-9]+h") { duration in
            duration.hasSuffix("h") && duration.dropLast().allSatisfy { ("0"..."9").contains($0) }
        }
        try input.check(
            "ScheduleExpression", against: "[0-9A-Za-z\\(\\)#\\?\\*\\-\\/, ]+"
        ) { schedule in
            schedule.unicodeScalars.allSatisfy {
                $0.isASCIIAlphanumeric || "()#?*-/, ".unicodeScalars.contains($0)
            }
        }
        let hours = duration.flatMap { Int($0.dropLast()) }
        guard let schedule else {
            guard hours.map((1...24).contains) ?? true else {
                throw Refused(
                    .rotationRules, "the window must not reach into the next UTC day or window")
            }
            return
        }
        let parsed = try RotationSchedule(schedule)
        if let hours { try parsed.check(duration: hours) }
        // Where the schedule is a rate, AWS says the days too (reference/aws-semantics.md section 3
        // row 23).
        days = parsed.days
    }
}
