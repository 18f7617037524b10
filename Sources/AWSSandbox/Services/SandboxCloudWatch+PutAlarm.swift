internal import JSON

/// What may be an alarm.
extension SandboxCloudWatch {
    /// Replaces an alarm of that name as a whole, but for its state and its tags: those of the
    /// request are ignored then (botocore PutMetricAlarm).
    static func putMetricAlarm(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let name = try input.required("AlarmName", length: 1...255)
        guard !name.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) else {
            throw Refused(.alarmName)
        }
        let configuration = try configuration(of: input)
        let tags = try input.tags(key: "Key", value: "Value") ?? []
        if region.alarms[name] != nil {
            region.alarms[name]?.configuration = configuration
            region.alarms[name]?.configurationUpdated = call.now
            return nil
        }
        try check(tags: tags)
        region.alarms[name] = StoredAlarm(
            name: name, arn: region.arn("cloudwatch", "alarm:\(name)"), created: call.now,
            tags: Tags(tags), configuration: configuration, configurationUpdated: call.now,
            state: StoredAlarm.initialState(now: call.now))
        return nil
    }

    private static func configuration(
        of input: Input
    ) throws(Refused) -> StoredAlarm.Configuration {
        guard
            let comparison = try input.choice(
                "ComparisonOperator", of: comparisons + rangeComparisons)
        else {
            throw Refused(.constraint, " null", "comparisonOperator", "Member must not be null")
        }
        guard let periods = try input.number("EvaluationPeriods", in: 1...Int.max) else {
            throw Refused(.constraint, " null", "evaluationPeriods", "Member must not be null")
        }
        let subject = try subject(of: input)
        let configuration = StoredAlarm.Configuration(
            description: try input.text("AlarmDescription", length: 0...1024),
            actionsEnabled: try input.flag("ActionsEnabled") ?? true,
            okActions: try actions("OKActions", of: input),
            alarmActions: try actions("AlarmActions", of: input),
            insufficientDataActions: try actions("InsufficientDataActions", of: input),
            subject: subject, evaluationPeriods: periods,
            datapointsToAlarm: try input.number("DatapointsToAlarm", in: 1...Int.max),
            threshold: try input.double("Threshold"),
            thresholdMetricID: try input.text("ThresholdMetricId", length: 1...255),
            comparisonOperator: comparison,
            treatMissingData: try input.text("TreatMissingData", length: 1...255),
            evaluateLowSampleCountPercentile: try input.text(
                "EvaluateLowSampleCountPercentile", length: 1...255))
        try check(configuration)
        return configuration
    }

    private static let comparisons = [
        "GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold",
        "LessThanOrEqualToThreshold",
    ]

    /// Those that compare with a band.
    private static let rangeComparisons = [
        "LessThanLowerOrGreaterThanUpperThreshold", "LessThanLowerThreshold",
        "GreaterThanUpperThreshold",
    ]

    private static func subject(of input: Input) throws(Refused) -> StoredAlarm.Subject {
        let single = [
            "MetricName", "Namespace", "Dimensions", "Period", "Unit", "Statistic",
            "ExtendedStatistic",
        ]
        if let queries = try queries("Metrics", of: input), !queries.isEmpty {
            for member in single where input.has(member) {
                // An empty list is none: the SDKs send it.
                if member == "Dimensions", try input.objects(member)?.isEmpty ?? true { continue }
                throw Refused(.memberBesideMetrics, member)
            }
            return .queries(queries)
        }
        guard input.has("MetricName") else { throw Refused(.alarmOnNothing) }
        for member in ["Namespace", "Period"] where !input.has(member) {
            throw Refused(.memberWithMetricName, member)
        }
        let metric = try metric(of: input)
        let period = try input.number("Period", in: 1...Int.max) ?? 60
        guard isPeriod(period, [10, 20, 30]) else { throw Refused(.alarmPeriod) }
        return .metric(
            MetricStatistic(
                metric: metric, statistic: try statistic(of: input), period: period,
                unit: try unit(of: input)))
    }

    private static func statistic(of input: Input) throws(Refused) -> String {
        let plain = try input.choice("Statistic", of: MetricStatistic.plain)
        switch (plain, try input.text("ExtendedStatistic")) {
        case (_?, _?): throw Refused(.statisticTwice)
        case (nil, nil): throw Refused(.memberWithMetricName, "Statistic or ExtendedStatistic")
        case (let plain?, nil): return plain
        case (nil, let extended?):
            guard isExtended(extended) else { throw Refused(.extendedStatistic, extended) }
            return extended
        }
    }

    /// `p90`, `tm95.5`, `IQM`, `PR(1:2)`, `TM(10%:90%)` (botocore ExtendedStatistic).
    static func isExtended(_ text: String) -> Bool {
        if text == "IQM" { return true }
        for kind in ["PR", "TC", "TM", "TS", "WM"] where text.hasPrefix("\(kind)(") {
            return text.hasSuffix(")") && text.contains(":")
        }
        for kind in ["tm", "tc", "ts", "wm", "p"] where text.hasPrefix(kind) {
            guard let number = Double(text.dropFirst(kind.count)) else { return false }
            return (0...100).contains(number)
        }
        return false
    }

    /// At most five for each state (botocore ResourceList).
    private static func actions(_ key: String, of input: Input) throws(Refused) -> [String] {
        try input.check(count: 0...5, of: key)
        let actions = try input.texts(key) ?? []
        for action in actions {
            let parts = action.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count >= 5, parts[0] == "arn", parts[1].hasPrefix("aws"),
                action.unicodeScalars.count <= 1024
            else { throw Refused(.alarmAction, action) }
        }
        return actions
    }

    /// How the members of an alarm must fit each other.
    private static func check(_ alarm: StoredAlarm.Configuration) throws(Refused) {
        if let count = alarm.datapointsToAlarm, count > alarm.evaluationPeriods {
            throw Refused(.datapointsToAlarm)
        }
        if let option = alarm.treatMissingData,
            !["breaching", "notBreaching", "ignore", "missing"].contains(option)
        {
            throw Refused(.missingData, option)
        }
        if let option = alarm.evaluateLowSampleCountPercentile,
            !["evaluate", "ignore"].contains(option)
        {
            throw Refused(.lowSampleCount, option)
        }
        let isRange = rangeComparisons.contains(alarm.comparisonOperator)
        switch (alarm.threshold, alarm.thresholdMetricID) {
        case (_?, _?): throw Refused(.bandAndThreshold)
        case (_, nil) where isRange: throw Refused(.rangeNeedsBand)
        case (nil, nil): throw Refused(.thresholdMissing)
        case (nil, _?) where !isRange: throw Refused(.bandNeedsRange)
        case (nil, _?), (_?, nil): break
        }
        switch alarm.subject {
        case .metric(let statistic):
            guard alarm.thresholdMetricID == nil else { throw Refused(.bandIsNoQuery) }
            try check(window: statistic.period, alarm.evaluationPeriods)
        case .queries(let queries): try check(queries, of: alarm)
        }
    }

    private static func check(
        _ queries: [MetricQuery], of alarm: StoredAlarm.Configuration
    ) throws(Refused) {
        let shown = queries.filter { $0.returnsData ?? true }
        if let band = alarm.thresholdMetricID {
            guard let query = queries.first(where: { $0.id == band }), query.isBand else {
                throw Refused(.bandIsNoQuery)
            }
            // The band and what it is compared with (cdklabs/cdk-monitoring-constructs#426).
            guard shown.count == 2, shown.contains(query) else { throw Refused(.oneReturnData) }
        } else {
            guard shown.count == 1 else { throw Refused(.oneReturnData) }
        }
        for query in queries {
            guard case .statistic(let statistic) = query.source else { continue }
            try check(window: statistic.period, alarm.evaluationPeriods)
        }
    }

    /// A day at most with periods below an hour, seven days otherwise (botocore Period).
    private static func check(window period: Int, _ count: Int) throws(Refused) {
        let limit = period < 3600 ? 86_400 : 604_800
        let (seconds, isOver) = period.multipliedReportingOverflow(by: count)
        guard isOver || seconds > limit else { return }
        throw Refused(.alarmWindow, limit == 86_400 ? "a day" : "a week", String(limit))
    }
}
