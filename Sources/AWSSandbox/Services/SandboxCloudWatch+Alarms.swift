internal import JSON

/// Alarms that are there: lists, states, deletion and tags.
extension SandboxCloudWatch {
    static func describeAlarms(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        try input.check(count: 0...100, of: "AlarmNames")
        let names = try input.texts("AlarmNames") ?? []
        let prefix = try input.text("AlarmNamePrefix", length: 1...255)
        guard names.isEmpty || prefix == nil else { throw Refused(.namesAndPrefix) }
        let types = try input.texts("AlarmTypes") ?? []
        let state = try input.choice("StateValue", of: states)
        let action = try input.text("ActionPrefix", length: 1...1024)
        // The default is that of the console's pages; the model has none.
        let limit = try input.number("MaxRecords", in: 1...100) ?? 50

        // Only alarms on metrics, unless others are asked for (botocore AlarmTypes).
        let alarms =
            types.isEmpty || types.contains("MetricAlarm")
            ? Array(region.alarms.values) : []
        let chosen =
            alarms
            .filter { names.isEmpty || names.contains($0.name) }
            .filter { prefix.map($0.name.hasPrefix) ?? true }
            .filter { state == nil || $0.state.value == state }
            .filter { alarm in
                action.map { prefix in alarm.actions.contains { $0.hasPrefix(prefix) } } ?? true
            }
            .sorted { $0.name < $1.name }
        let (page, token) = try page(of: chosen, limit: limit, after: input, by: \.name)
        var answer: JSONObject = [
            "CompositeAlarms": [], "LogAlarms": [], "MetricAlarms": .array(page.map(\.json)),
        ]
        answer.add("NextToken", token)
        return .object(answer)
    }

    /// Names that are there are deleted, also beside others that are not; those make the call fail
    /// (botocore DeleteAlarms, its text and its errors).
    static func deleteAlarms(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let names = try names(of: input)
        let unknown = names.contains { region.alarms[$0] == nil }
        for name in names { region.alarms[name] = nil }
        guard !unknown else { throw Refused(.noSuchAlarm) }
        return nil
    }

    /// Lasts until the next evaluation.
    static func setAlarmState(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        guard let value = try input.choice("StateValue", of: states) else {
            throw Refused(.constraint, " null", "stateValue", "Member must not be null")
        }
        let name = try input.required("AlarmName", length: 1...255)
        let reason = try input.required("StateReason", length: 0...1023)
        let data = try input.text("StateReasonData", length: 0...4000)
        if let data, (try? JSON(parsing: data)) == nil { throw Refused(.stateReasonData) }
        guard region.alarms[name] != nil else { throw Refused(.noSuchAlarm) }
        region.alarms[name]?.move(to: value, because: reason, data: data, now: call.now)
        return nil
    }

    /// Names that are not there are passed over: the operation has no error for them (botocore).
    static func setActions(
        _ areEnabled: Bool, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        for name in try names(of: input) {
            region.alarms[name]?.configuration.actionsEnabled = areEnabled
        }
        return nil
    }

    /// In the order of LS test_set_alarm_invalid_input.
    private static let states = ["INSUFFICIENT_DATA", "ALARM", "OK"]

    private static func names(of input: Input) throws(Refused) -> [String] {
        guard let names = try input.texts("AlarmNames") else {
            throw Refused(.constraint, " null", "alarmNames", "Member must not be null")
        }
        try input.check(count: 0...100, of: "AlarmNames")
        return names
    }
}

/// Tags of alarms.
extension SandboxCloudWatch {
    /// An alarm that is gone has no tags; that is no error (LS test_tagging_metric_alarm).
    static func listTagsForResource(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let name = try alarmName(of: input)
        let tags = region.alarms[name]?.tags.all ?? []
        return [
            "Tags": .array(
                tags.map { ["Key": .string($0.key), "Value": .string($0.value)] })
        ]
    }

    static func tagResource(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let name = try alarmName(of: input)
        guard let tags = try input.tags(key: "Key", value: "Value") else {
            throw Refused(.constraint, " null", "tags", "Member must not be null")
        }
        guard var alarm = region.alarms[name] else { throw Refused(.noSuchTagged) }
        try check(tags: tags)
        alarm.tags.set(tags)
        try check(tags: alarm.tags.all)
        region.alarms[name] = alarm
        return [:]
    }

    static func untagResource(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let name = try alarmName(of: input)
        guard let keys = try input.texts("TagKeys") else {
            throw Refused(.constraint, " null", "tagKeys", "Member must not be null")
        }
        guard region.alarms[name] != nil else { throw Refused(.noSuchTagged) }
        region.alarms[name]?.tags.remove(keys: keys)
        return [:]
    }

    /// At most 50, none of AWS's own, no key twice.
    static func check(tags: [Tags.Tag]) throws(Refused) {
        guard tags.count <= 50 else { throw Refused(.alarmTags, "Too many tags") }
        guard !tags.contains(where: { $0.key.lowercased().hasPrefix("aws:") }) else {
            throw Refused(.alarmTags, "Tag keys must not begin with aws:")
        }
        guard Set(tags.map(\.key)).count == tags.count else {
            throw Refused(.alarmTags, "Duplicate tag keys")
        }
    }

    /// The name behind `arn:aws:cloudwatch:REGION:ACCOUNT:alarm:`.
    private static func alarmName(of input: Input) throws(Refused) -> String {
        let arn = try input.required("ResourceARN", length: 1...1024)
        let parts = arn.split(separator: ":", maxSplits: 6, omittingEmptySubsequences: false)
        guard parts.count == 7, parts[0] == "arn", parts[2] == "cloudwatch", parts[5] == "alarm"
        else { throw Refused(.taggedARN, arn) }
        return String(parts[6])
    }
}

extension StoredAlarm {
    fileprivate var actions: [String] {
        configuration.okActions + configuration.alarmActions
            + configuration.insufficientDataActions
    }
}
