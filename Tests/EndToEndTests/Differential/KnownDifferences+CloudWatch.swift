import JSON

extension KnownDifference {
    static let ofCloudWatch: [KnownDifference] = [
        members(
            "log-alarms", "botocore DescribeAlarmsOutput", of: ["monitoring DescribeAlarms"],
            ["LogAlarms"]),
        members(
            "alarm-members", "LS test_put_metric_alarm: members of recorded alarms",
            of: ["monitoring DescribeAlarms"],
            ["Metrics", "StateReasonData", "StateTransitionedTimestamp"]),
        values(
            "alarm-state", "LS test_put_metric_alarm: without data the state is not yet OK",
            of: ["monitoring DescribeAlarms"], ["StateValue"]),
        values(
            "alarm-dates", "the two have other clocks", of: ["monitoring DescribeAlarms"],
            ["AlarmConfigurationUpdatedTimestamp", "StateUpdatedTimestamp"]),
        refusal("alarm-never-tagged", "run: moto knows the tags of tagged alarms only") {
            step, ours, motos in
            step.operation.hasPrefix("monitoring ") && ours.isDone
                && motos.code == "ResourceNotFoundException"
        },
        refusal("alarm-gone", "run: moto keeps the tags of alarms that are deleted") {
            step, ours, motos in
            step["ResourceARN"] != nil && ours.code == "ResourceNotFoundException"
                && motos.isDone
        },
        refusal("names-or-prefix", "botocore DescribeAlarms, AlarmNames: not with a prefix") {
            step, ours, motos in
            step.operation == "monitoring DescribeAlarms" && step["AlarmNamePrefix"] != nil
                && ours.code == "ValidationException" && motos.isDone
        },
        KnownDifference(
            id: "alarm-404", source: "the sandbox's own: JSON 1.0 refuses with 400"
        ) { step, ours, motos in
            guard step.operation.hasPrefix("monitoring "), let code = motos.code,
                motos == .refusal(status: 404, code: code)
            else { return }
            motos = .refusal(status: 400, code: code)
        },
        refusal("alarm-to-delete", "botocore DeleteAlarms: ResourceNotFound") {
            step, ours, motos in
            step.operation == "monitoring DeleteAlarms" && ours.code == "ResourceNotFound"
                && motos.isDone
        },
        KnownDifference(
            id: "tags-of-known-alarm",
            source: "botocore PutMetricAlarm, Tags: those for an alarm that is there are ignored"
        ) { step, ours, motos in
            guard step.operation == "monitoring ListTagsForResource", let mine = ours.answer,
                let theirs = motos.answer?["Tags"]?.array
            else { return }
            let own = mine["Tags"]?.array ?? []
            if own.count < theirs.count || own != theirs { motos = .answer(mine) }
        },
    ]
}
