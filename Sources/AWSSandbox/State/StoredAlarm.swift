internal import JSON

/// An alarm on a metric or a computation, as CloudWatch keeps it.
struct StoredAlarm: Sendable, Codable {
    enum Subject: Hashable, Sendable, Codable {
        case metric(MetricStatistic)
        case queries([MetricQuery])
    }

    struct State: Hashable, Sendable, Codable {
        /// `OK`, `ALARM` or `INSUFFICIENT_DATA`.
        let value: String
        let reason: String
        var reasonData: String?
        /// Seconds since 1970.
        let updated: Int
        /// When the value became what it is, in seconds since 1970.
        let transitioned: Int
    }

    /// What PutMetricAlarm replaces as a whole.
    struct Configuration: Hashable, Sendable, Codable {
        var description: String?
        var actionsEnabled: Bool
        var okActions: [String]
        var alarmActions: [String]
        var insufficientDataActions: [String]
        var subject: Subject
        var evaluationPeriods: Int
        var datapointsToAlarm: Int?
        var threshold: Double?
        /// The id of the query that gives a band, in the place of a threshold.
        var thresholdMetricID: String?
        var comparisonOperator: String
        var treatMissingData: String?
        var evaluateLowSampleCountPercentile: String?
    }

    let name: String
    let arn: String
    /// Seconds since 1970.
    let created: Int
    var tags: Tags
    var configuration: Configuration
    var configurationUpdated: Int
    var state: State

    /// Before the first evaluation (LS test_describe_minimal_metric_alarm).
    static func initialState(now: Int) -> State {
        State(
            value: "INSUFFICIENT_DATA", reason: "Unchecked: Initial alarm creation", updated: now,
            transitioned: now)
    }

    /// Puts the state; an equal value keeps the time at which it began.
    mutating func move(to value: String, because reason: String, data: String? = nil, now: Int) {
        state = State(
            value: value, reason: reason, reasonData: data, updated: now,
            transitioned: value == state.value ? state.transitioned : now)
    }

    /// An element of `MetricAlarms`.
    var json: JSON {
        let configuration = configuration
        var alarm: JSONObject = [
            "AlarmName": .string(name), "AlarmArn": .string(arn),
            "AlarmConfigurationUpdatedTimestamp": .time(configurationUpdated),
            "ActionsEnabled": .bool(configuration.actionsEnabled),
            "OKActions": .list(configuration.okActions),
            "AlarmActions": .list(configuration.alarmActions),
            "InsufficientDataActions": .list(configuration.insufficientDataActions),
            "StateValue": .string(state.value), "StateReason": .string(state.reason),
            "StateUpdatedTimestamp": .time(state.updated),
            "StateTransitionedTimestamp": .time(state.transitioned),
            "EvaluationPeriods": JSON(configuration.evaluationPeriods),
            "ComparisonOperator": .string(configuration.comparisonOperator),
        ]
        alarm.add("AlarmDescription", configuration.description.map(JSON.string))
        alarm.add("StateReasonData", state.reasonData.map(JSON.string))
        alarm.add("DatapointsToAlarm", configuration.datapointsToAlarm.map { JSON($0) })
        alarm.add("Threshold", configuration.threshold.map { .number("\($0)") })
        alarm.add("ThresholdMetricId", configuration.thresholdMetricID.map(JSON.string))
        alarm.add("TreatMissingData", configuration.treatMissingData.map(JSON.string))
        alarm.add(
            "EvaluateLowSampleCountPercentile",
            configuration.evaluateLowSampleCountPercentile.map(JSON.string))
        switch configuration.subject {
        case .metric(let statistic):
            let isPlain = MetricStatistic.plain.contains(statistic.statistic)
            alarm["MetricName"] = .string(statistic.metric.name)
            alarm["Namespace"] = .string(statistic.metric.namespace)
            alarm["Dimensions"] = .array(statistic.metric.dimensions.map(\.json))
            alarm["Period"] = JSON(statistic.period)
            alarm[isPlain ? "Statistic" : "ExtendedStatistic"] = .string(statistic.statistic)
            alarm.add("Unit", statistic.unit.map(JSON.string))
        case .queries(let queries):
            alarm["Dimensions"] = []
            alarm["Metrics"] = .array(queries.map(\.json))
        }
        return .object(alarm)
    }
}
