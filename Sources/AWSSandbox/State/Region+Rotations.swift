internal import JSON

/// Rotations as they run: begun by a call or by the clock, played by the sandbox.
extension Region {
    /// Finishes and begins the rotations whose time has come, each secret's in their order.
    mutating func settleRotations(now: Int) {
        let rotating = secrets.values.lazy.filter { $0.rotation != nil }.map(\.name)
        for name in rotating.sorted() {
            while let moment = nextRotationEvent(of: name), moment <= now {
                settleRotation(of: name, at: moment)
            }
        }
    }

    /// When something happens to the secret next; `nil` when nothing will by itself.
    private func nextRotationEvent(of name: String) -> Int? {
        guard let secret = secrets[name], secret.primaryRegion == nil, secret.deletion == nil,
            let rotation = secret.rotation
        else { return nil }
        if let run = rotation.run { return run.end }
        return rotation.isEnabled && !secret.isRotating ? rotation.due : nil
    }

    /// A function that may not be invoked is tried again every hour: how often AWS tries is not
    /// documented.
    private mutating func settleRotation(of name: String, at moment: Int) {
        if let run = secrets[name]?.rotation?.run {
            secrets[name]?.rotation?.run = nil
            finishRotation(of: name, run, at: moment, keepsPending: false)
        } else if !rotate(name, token: random.uuid(), isTest: false, at: moment) {
            secrets[name]?.rotation?.due = moment + 3600
        }
    }

    /// Has the function of that secret called, and plays what it does.
    ///
    /// - Returns: `false`, changing nothing, when there is no such function or it may not be
    ///   invoked.
    @discardableResult
    mutating func rotate(_ name: String, token: String, isTest: Bool, at moment: Int) -> Bool {
        guard let secret = secrets[name], let rotation = secret.rotation,
            let function = functions[rotation.function],
            function.permits(
                "secretsmanager.amazonaws.com", "lambda:InvokeFunction", for: secret.arn,
                in: account)
        else { return false }
        let run = RotationRun(token: token, end: moment, isTest: isTest)
        setPending(token, of: name, at: moment)
        switch behaviour(of: function, for: secret, isTest: isTest) {
        case .neverAnswers, .fails(at: .createSecret): break
        case .takes(let seconds):
            secrets[name]?.rotation?.run = RotationRun(
                token: token, end: moment + max(1, seconds), isTest: isTest)
        case .fails: fill(token, of: name)
        case .succeeds: finishRotation(of: name, run, at: moment, keepsPending: false)
        case .keepsPending: finishRotation(of: name, run, at: moment, keepsPending: true)
        }
        return true
    }

    /// A function can do nothing with a value whose key is disabled; a test has one step only.
    private func behaviour(
        of function: RotationFunction, for secret: StoredSecret, isTest: Bool
    ) -> RotationBehaviour {
        let behaviour = function.behaviour
        do throws(Refused) {
            _ = try SandboxSecretsManager.encryptionKey(secret.keyID, in: self)
        } catch {
            return .fails(at: .createSecret)
        }
        guard isTest, case .fails(let step) = behaviour, step != .testSecret else {
            return behaviour
        }
        return .succeeds
    }

    private mutating func setPending(_ token: String, of name: String, at moment: Int) {
        guard var secret = secrets[name] else { return }
        if secret.position(of: token) == nil {
            secret.versions.append(
                StoredSecret.Version(
                    id: token, value: nil, created: moment, keyARN: nil, stages: []))
        }
        if let position = secret.position(of: token) {
            secret.attach(Stage.pending, to: position)
        }
        secret.changed = moment
        secrets[name] = secret
    }

    /// The step createSecret: a new value, unless an earlier attempt made one.
    private mutating func fill(_ token: String, of name: String) {
        guard let secret = secrets[name], let position = secret.position(of: token),
            secret.versions[position].value == nil,
            let current = secret.position(holding: Stage.current),
            let old = secret.versions[current].value
        else { return }
        let value = old.rotated(drawing: &random)
        let keyARN = try? SandboxSecretsManager.encryptionKey(secret.keyID, in: self)
        secrets[name]?.versions[position].value = value
        secrets[name]?.versions[position].keyARN = keyARN
    }

    private mutating func finishRotation(
        of name: String, _ run: RotationRun, at moment: Int, keepsPending: Bool
    ) {
        if !run.isTest { fill(run.token, of: name) }
        guard var secret = secrets[name], let position = secret.position(of: run.token) else {
            return
        }
        if run.isTest {
            secret.detach(Stage.pending, from: position)
            if secret.versions[position].value == nil { secret.versions.remove(at: position) }
        } else {
            secret.attach(Stage.current, to: position)
            if !keepsPending { secret.detach(Stage.pending, from: position) }
            secret.rotation?.lastRotated = moment
            secret.rotation?.reschedule(from: moment)
            secret.dropDeprecatedVersions(now: moment)
        }
        secret.changed = moment
        secrets[name] = secret
    }
}

extension StoredSecret {
    /// Whether AWSPENDING is on a version that is not current: a rotation under way, or one that
    /// did not come to its end (botocore RotateSecret).
    var isRotating: Bool {
        position(holding: Stage.pending).map { !versions[$0].stages.contains(Stage.current) }
            ?? false
    }
}

extension StoredSecret.Rotation {
    /// Computes when it happens next, after a rotation or a change of the rules at `moment`.
    mutating func reschedule(from moment: Int) {
        let window = rules?.window(after: moment)
        due = window?.opening
        next = window?.end
        // "Calculated from the rotation schedule after every successful rotation" (botocore
        // RotationRulesType); rates have it from the beginning.
        if lastRotated == moment, rules?.days == nil, let opening = window?.opening {
            rules?.days = max(1, (opening - moment + .day - 1) / .day)
        }
    }
}

extension RotationRules {
    /// The next window after `moment`: for plain days, that many after it.
    func window(after moment: Int) -> RotationSchedule.Window? {
        if let schedule {
            return (try? RotationSchedule(schedule))?
                .window(after: moment, duration: duration.flatMap { Int($0.dropLast()) })
        }
        return days.map {
            RotationSchedule.Window(opening: moment + $0 * .day, end: moment + $0 * .day)
        }
    }
}

extension SandboxValue {
    /// What the played function makes: a new `password` in an object that has one, else a new text.
    func rotated(drawing random: inout SeededRandom) -> SandboxValue {
        let password = random.text(32, of: .alphanumeric)
        guard case .text(let text) = self, var object = try? JSON(parsing: text).object,
            object["password"] != nil
        else { return .text(password) }
        object["password"] = .string(password)
        return .text(JSON.object(object).compact)
    }
}
