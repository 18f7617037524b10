internal import JSON

/// What names a metric: its namespace, its name and its dimensions, in any order.
struct MetricID: Hashable, Sendable, Codable {
    struct Dimension: Hashable, Sendable, Codable {
        let name: String
        let value: String

        var json: JSON { ["Name": .string(name), "Value": .string(value)] }
    }

    let namespace: String
    let name: String
    /// As they were given.
    let dimensions: [Dimension]

    /// The same for the same metric, whatever the order of the dimensions.
    var text: String {
        let pairs = dimensions.map { "\($0.name)\u{1}\($0.value)" }.sorted()
        return ([namespace, name] + pairs).joined(separator: "\u{0}")
    }

    var json: JSON {
        [
            "Namespace": .string(namespace), "MetricName": .string(name),
            "Dimensions": .array(dimensions.map(\.json)),
        ]
    }
}

/// A statistic of a metric over periods.
struct MetricStatistic: Hashable, Sendable, Codable {
    let metric: MetricID
    /// `Sum`, `Average` and so on, or an extended one such as `p90`.
    let statistic: String
    /// Seconds.
    let period: Int
    let unit: String?

    static let plain = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"]
}

/// One line of a computation: a statistic, or an expression over other lines.
struct MetricQuery: Hashable, Sendable, Codable {
    enum Source: Hashable, Sendable, Codable {
        case statistic(MetricStatistic)
        case expression(String)
    }

    let id: String
    let source: Source
    let label: String?
    /// `nil` is true.
    let returnsData: Bool?
    /// Of an expression, in seconds.
    let period: Int?

    var isBand: Bool {
        guard case .expression(let text) = source else { return false }
        return text.hasPrefix("ANOMALY_DETECTION_BAND")
    }

    var json: JSON {
        var query: JSONObject = ["Id": .string(id)]
        switch source {
        case .statistic(let statistic):
            var value: JSONObject = [
                "Metric": statistic.metric.json, "Period": JSON(statistic.period),
                "Stat": .string(statistic.statistic),
            ]
            value.add("Unit", statistic.unit.map(JSON.string))
            query["MetricStat"] = .object(value)
        case .expression(let text): query["Expression"] = .string(text)
        }
        query.add("Label", label.map(JSON.string))
        query.add("ReturnData", returnsData.map(JSON.bool))
        query.add("Period", period.map { JSON($0) })
        return .object(query)
    }
}

/// A model of what a metric, or the result of a computation, normally is.
struct AnomalyDetector: Hashable, Sendable, Codable {
    enum Subject: Hashable, Sendable, Codable {
        case metric(MetricID, statistic: String)
        case queries([MetricQuery])
    }

    struct ExcludedRange: Hashable, Sendable, Codable {
        /// Seconds since 1970.
        let start: Int
        let end: Int
    }

    let subject: Subject
    var excludedRanges: [ExcludedRange]
    var timezone: String?

    /// The same for the same subject.
    var id: String {
        switch subject {
        case .metric(let metric, let statistic): "\(metric.text)\u{0}\(statistic)"
        case .queries(let queries): JSON.array(queries.map(\.json)).compact
        }
    }
}
