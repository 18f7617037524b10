internal import JSON

/// Models of what is normal; the sandbox keeps them and trains none.
extension SandboxCloudWatch {
    /// One for each metric and statistic; a second call changes the first's configuration.
    static func putAnomalyDetector(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let configuration = try input.object("Configuration")
        var ranges: [AnomalyDetector.ExcludedRange] = []
        for range in try configuration?.objects("ExcludedTimeRanges") ?? [] {
            guard let start = try range.time("StartTime"), let end = try range.time("EndTime")
            else { throw Refused(.detectorMember, "ExcludedTimeRanges") }
            ranges.append(AnomalyDetector.ExcludedRange(start: start, end: end))
        }
        let detector = AnomalyDetector(
            subject: try detectorSubject(of: input), excludedRanges: ranges,
            timezone: try configuration?.text("MetricTimezone", length: 0...50))
        region.anomalyDetectors[detector.id] = detector
        return [:]
    }

    static func describeAnomalyDetectors(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let namespace = try input.text("Namespace", length: 1...255)
        let name = try input.text("MetricName", length: 1...255)
        let dimensions = try dimensions(of: input)
        let types = try input.texts("AnomalyDetectorTypes") ?? ["SINGLE_METRIC"]
        let limit = min(try input.number("MaxResults", in: 1...Int.max) ?? 100, 100)
        let detectors = region.anomalyDetectors.values.filter { detector in
            switch detector.subject {
            case .queries:
                return types.contains("METRIC_MATH") && namespace == nil && name == nil
            case .metric(let metric, _):
                return types.contains("SINGLE_METRIC")
                    && (namespace ?? metric.namespace) == metric.namespace
                    && (name ?? metric.name) == metric.name
                    && dimensions.allSatisfy(metric.dimensions.contains)
            }
        }
        .sorted { $0.id < $1.id }
        let (page, token) = try page(of: detectors, limit: limit, after: input, by: \.id)
        var answer: JSONObject = [
            "AnomalyDetectors": .array(page.map { $0.json(account: call.account) })
        ]
        answer.add("NextToken", token)
        return .object(answer)
    }

    static func deleteAnomalyDetector(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let detector = AnomalyDetector(
            subject: try detectorSubject(of: input), excludedRanges: [], timezone: nil)
        guard region.anomalyDetectors.removeValue(forKey: detector.id) != nil else {
            throw Refused(.noSuchDetector)
        }
        return [:]
    }

    /// Named in one of three ways: `SingleMetricAnomalyDetector`, `MetricMathAnomalyDetector`, or
    /// the older members at the top.
    private static func detectorSubject(
        of input: Input
    ) throws(Refused) -> AnomalyDetector.Subject {
        let single = try input.object("SingleMetricAnomalyDetector")
        let math = try input.object("MetricMathAnomalyDetector")
        let isBare = ["Namespace", "MetricName", "Dimensions", "Stat"].contains(where: input.has)
        let ways = [single != nil, math != nil, isBare].count { $0 }
        guard ways == 1 else {
            throw ways == 0
                ? Refused(.detectorMember, "SingleMetricAnomalyDetector")
                : Refused(.detectorCombination)
        }
        if let math {
            guard let queries = try queries("MetricDataQueries", of: math), !queries.isEmpty else {
                throw Refused(.detectorMember, "MetricDataQueries")
            }
            return .queries(queries)
        }
        let source = single ?? input
        for member in ["Namespace", "MetricName", "Stat"] where !source.has(member) {
            throw Refused(.detectorMember, member)
        }
        let statistic = try source.required("Stat", length: 1...50)
        guard MetricStatistic.plain.contains(statistic) || isExtended(statistic) else {
            throw Refused(.detectorStatistic, statistic)
        }
        return .metric(try metric(of: source), statistic: statistic)
    }
}

extension AnomalyDetector {
    /// LS test_anomaly_detector_lifecycle.
    fileprivate func json(account: String) -> JSON {
        var configuration: JSONObject = [
            "ExcludedTimeRanges": .array(
                excludedRanges.map { ["StartTime": .time($0.start), "EndTime": .time($0.end)] })
        ]
        configuration.add("MetricTimezone", timezone.map(JSON.string))
        var detector: JSONObject = [
            "Configuration": .object(configuration), "StateValue": "PENDING_TRAINING",
        ]
        switch subject {
        case .queries(let queries):
            detector["MetricMathAnomalyDetector"] = [
                "MetricDataQueries": .array(queries.map(\.json))
            ]
        case .metric(let metric, let statistic):
            guard case .object(var single) = metric.json else { break }
            for (name, value) in single.members { detector[name] = value }
            detector["Stat"] = .string(statistic)
            single["AccountId"] = .string(account)
            single["Stat"] = .string(statistic)
            detector["SingleMetricAnomalyDetector"] = .object(single)
        }
        return .object(detector)
    }
}
