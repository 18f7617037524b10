internal import JSON

/// Amazon CloudWatch: its operations are the types inside, named as AWS names them.
///
/// Members and limits from botocore 1.44.5's model of version 2010-08-01.
package enum CloudWatch {
    /// What a metric is measured of, such as the environment.
    package struct Dimension: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }

        init(_ answer: JSONAnswer) throws(MalformedAnswer) {
            name = try answer.string("Name")
            value = try answer.string("Value")
        }

        var json: JSON { ["Name": .string(name), "Value": .string(value)] }
    }

    /// A metric, wherever its numbers come from.
    package struct Metric: Hashable, Sendable {
        package let namespace: String
        package let name: String
        package let dimensions: [Dimension]

        package init(namespace: String, name: String, dimensions: [Dimension] = []) {
            self.namespace = namespace
            self.name = name
            self.dimensions = dimensions
        }

        init(_ answer: JSONAnswer) throws(MalformedAnswer) {
            namespace = try answer.string("Namespace")
            name = try answer.string("MetricName")
            dimensions = try answer.listIfPresent("Dimensions", Dimension.init) ?? []
        }

        var json: JSON {
            var metric: JSONObject = [
                "Namespace": .string(namespace), "MetricName": .string(name),
            ]
            if !dimensions.isEmpty { metric["Dimensions"] = .array(dimensions.map(\.json)) }
            return .object(metric)
        }
    }

    /// One line of a computation: a statistic of a metric, or an expression over other lines.
    package struct MetricQuery: Hashable, Sendable {
        /// A lower-case letter, then letters, digits and underscores.
        package let id: String
        package let source: Source
        package let label: String?
        /// Whether its result is wanted; an alarm wants exactly one, and the band beside it.
        package let returnsData: Bool
        /// Seconds over which an expression is computed; `nil` is by its metrics.
        package let period: Int?

        package enum Source: Hashable, Sendable {
            /// `Sum` or `Average`, each over `period` seconds.
            case statistic(Metric, name: String, period: Int, unit: String?)
            /// `100 * failed / accesses`, `ANOMALY_DETECTION_BAND(m1, 3)`
            case expression(String)
        }

        package init(
            id: String, source: Source, label: String? = nil, returnsData: Bool = true,
            period: Int? = nil
        ) {
            self.id = id
            self.source = source
            self.label = label
            self.returnsData = returnsData
            self.period = period
        }

        init(_ answer: JSONAnswer) throws(MalformedAnswer) {
            id = try answer.string("Id")
            if let statistic = try answer.answerIfPresent("MetricStat") {
                source = .statistic(
                    try Metric(statistic.answer("Metric")), name: try statistic.string("Stat"),
                    period: try statistic.int("Period"), unit: try statistic.stringIfPresent("Unit")
                )
            } else {
                source = .expression(try answer.string("Expression"))
            }
            label = try answer.stringIfPresent("Label")
            returnsData = try answer.boolIfPresent("ReturnData") ?? true
            period = try answer.intIfPresent("Period")
        }

        var json: JSON {
            var query: JSONObject = ["Id": .string(id)]
            switch source {
            case .statistic(let metric, let name, let period, let unit):
                var statistic: JSONObject = [
                    "Metric": metric.json, "Period": .number(String(period)), "Stat": .string(name),
                ]
                statistic["Unit"] = unit.map(JSON.string)
                query["MetricStat"] = .object(statistic)
            case .expression(let text): query["Expression"] = .string(text)
            }
            query["Label"] = label.map(JSON.string)
            query["ReturnData"] = .bool(returnsData)
            query["Period"] = period.map { .number(String($0)) }
            return .object(query)
        }
    }
}
