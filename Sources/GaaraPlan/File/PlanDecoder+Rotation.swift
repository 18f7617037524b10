internal import GaaraStore

extension PlanDecoder {
    mutating func rotation(
        _ node: CheckedNode?, of name: SecretName, value: ValueSource?, _ identity: Identity?
    ) -> RotationPart {
        guard let node else { return .unmanaged }
        if node.text == "none" { return .none }
        let title = "secrets.\(name).rotation"
        checkHome(node["function"], identity, "\(title).function")
        checkSchedule(node)
        if let value, let form = value.plainForm {
            remark(
                .warning, .rotationOfText, "secrets.\(name) is rotated, and its value is \(form)",
                hint: "rotation functions read one JSON object: use fields:, if the value is none",
                at: place(of: title))
        }
        let schedule: Rotation.Schedule
        if let expression = node["schedule"]?.text {
            schedule = .expression(expression)
        } else if let days = node["every"]?.days {
            schedule = .every(days: days)
        } else {
            return .unmanaged
        }
        guard let function = node["function"]?.text else { return .unmanaged }
        return .rotation(
            Rotation(
                function: function == "managed" ? .managed : .lambda(function),
                role: node["role"]?.text, schedule: schedule,
                windowHours: node["window"]?.minutes.map { $0 / 60 },
                start: node["start"]?.text.flatMap(Rotation.Start.init) ?? .nextWindow,
                place: place(of: title)))
    }

    private mutating func checkSchedule(_ node: CheckedNode) {
        guard let schedule = node["schedule"], let text = schedule.text else { return }
        do throws(RotationSchedule.Fault) {
            let parsed = try RotationSchedule(parsing: text)
            guard let window = node["window"], let minutes = window.minutes else { return }
            guard let complaint = parsed.complaint(aboutWindow: minutes / 60) else { return }
            report(.wrongWindow, complaint, hint: "shorten the window", at: window.place)
        } catch {
            report(
                .wrongSchedule, "the schedule \(Visible.quoted(text)) \(error.reason)",
                hint: error.hint, at: schedule.place)
        }
    }
}

extension ValueSource {
    /// What the value is, where it is not seen to be a JSON object; `nil` where it is one, or where
    /// it is not ours.
    fileprivate var plainForm: String? {
        switch self {
        case .generate: "random text"
        case .file(_, binary: true): "bytes"
        case .envFile, .environment, .file, .command: "one text"
        case .fields, .external: nil
        }
    }
}
