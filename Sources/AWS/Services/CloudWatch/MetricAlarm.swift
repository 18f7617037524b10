internal import JSON

extension CloudWatch {
    /// An alarm as it is declared: what it looks at, when it is raised, what it then does.
    package struct MetricAlarm: Hashable, Sendable {
        package var name: String
        package var description: String?
        package var actionsEnabled: Bool
        package var okActions: [String]
        package var alarmActions: [String]
        package var insufficientDataActions: [String]
        package var subject: Subject
        /// How many of the last `evaluationPeriods` must breach; `nil` is all.
        package var datapointsToAlarm: Int?
        package var evaluationPeriods: Int
        package var threshold: Threshold
        /// `GreaterThanThreshold`, `LessThanThreshold`, `LessThanLowerOrGreaterThanUpperThreshold`
        /// and so on.
        package var comparisonOperator: String
        /// `breaching`, `notBreaching`, `ignore` or `missing`; `nil` is `missing`.
        package var treatMissingData: String?

        package enum Subject: Hashable, Sendable {
            /// `Sum`, `Average` and so on, or a percentile such as `p90`.
            case metric(Metric, statistic: String, period: Int, unit: String?)
            case queries([MetricQuery])
        }

        package enum Threshold: Hashable, Sendable {
            case value(Double)
            /// The id of the query that gives an anomaly detection band.
            case band(String)
        }

        package init(
            name: String, description: String? = nil, actionsEnabled: Bool = true,
            okActions: [String] = [], alarmActions: [String] = [],
            insufficientDataActions: [String] = [], subject: Subject, evaluationPeriods: Int,
            datapointsToAlarm: Int? = nil, threshold: Threshold, comparisonOperator: String,
            treatMissingData: String? = nil
        ) {
            self.name = name
            self.description = description
            self.actionsEnabled = actionsEnabled
            self.okActions = okActions
            self.alarmActions = alarmActions
            self.insufficientDataActions = insufficientDataActions
            self.subject = subject
            self.evaluationPeriods = evaluationPeriods
            self.datapointsToAlarm = datapointsToAlarm
            self.threshold = threshold
            self.comparisonOperator = comparisonOperator
            self.treatMissingData = treatMissingData
        }

        init(_ answer: JSONAnswer) throws(MalformedAnswer) {
            name = try answer.string("AlarmName")
            description = try answer.stringIfPresent("AlarmDescription")
            actionsEnabled = try answer.boolIfPresent("ActionsEnabled") ?? true
            okActions = try answer.stringsIfPresent("OKActions") ?? []
            alarmActions = try answer.stringsIfPresent("AlarmActions") ?? []
            insufficientDataActions = try answer.stringsIfPresent("InsufficientDataActions") ?? []
            if try answer.stringIfPresent("MetricName") != nil {
                let plain = try answer.stringIfPresent("Statistic")
                let statistic: String
                if let plain {
                    statistic = plain
                } else {
                    statistic = try answer.string("ExtendedStatistic")
                }
                subject = .metric(
                    try Metric(answer), statistic: statistic, period: try answer.int("Period"),
                    unit: try answer.stringIfPresent("Unit"))
            } else {
                subject = .queries(try answer.list("Metrics", MetricQuery.init))
            }
            evaluationPeriods = try answer.int("EvaluationPeriods")
            datapointsToAlarm = try answer.intIfPresent("DatapointsToAlarm")
            if let band = try answer.stringIfPresent("ThresholdMetricId") {
                threshold = .band(band)
            } else {
                threshold = .value(try answer.double("Threshold"))
            }
            comparisonOperator = try answer.string("ComparisonOperator")
            treatMissingData = try answer.stringIfPresent("TreatMissingData")
        }

        func encode(into request: inout JSONRequest) {
            request.set("AlarmName", name)
            request.set("AlarmDescription", description)
            request.set("ActionsEnabled", actionsEnabled)
            request.set("OKActions", okActions)
            request.set("AlarmActions", alarmActions)
            request.set("InsufficientDataActions", insufficientDataActions)
            switch subject {
            case .metric(let metric, let statistic, let period, let unit):
                request.set("Namespace", metric.namespace)
                request.set("MetricName", metric.name)
                request.set("Dimensions", .array(metric.dimensions.map(\.json)))
                request.set(isPlain(statistic) ? "Statistic" : "ExtendedStatistic", statistic)
                request.set("Period", period)
                request.set("Unit", unit)
            case .queries(let queries): request.set("Metrics", .array(queries.map(\.json)))
            }
            request.set("EvaluationPeriods", evaluationPeriods)
            request.set("DatapointsToAlarm", datapointsToAlarm)
            switch threshold {
            case .value(let value): request.set("Threshold", .number("\(value)"))
            case .band(let id): request.set("ThresholdMetricId", id)
            }
            request.set("ComparisonOperator", comparisonOperator)
            request.set("TreatMissingData", treatMissingData)
        }

        private func isPlain(_ statistic: String) -> Bool {
            ["SampleCount", "Average", "Sum", "Minimum", "Maximum"].contains(statistic)
        }
    }
}
