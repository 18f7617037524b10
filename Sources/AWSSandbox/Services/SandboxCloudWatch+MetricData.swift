internal import JSON

/// Numbers that are read back, by period.
extension SandboxCloudWatch {
    static func getMetricData(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let queries = try queries("MetricDataQueries", of: input) ?? []
        guard (1...500).contains(queries.count) else { throw Refused(.queryCount) }
        guard let start = try input.time("StartTime"), let end = try input.time("EndTime") else {
            throw Refused(.constraint, " null", "startTime", "Member must not be null")
        }
        guard start < end else { throw Refused(.metricTimes) }
        let order = try input.choice("ScanBy", of: ["TimestampDescending", "TimestampAscending"])
        let limit = try input.number("MaxDatapoints", in: 1...100_800) ?? 100_800
        var skipped = 0
        if let token = try input.text("NextToken"), !token.isEmpty {
            guard let text = Self.text(ofToken: token), let number = Int(text), number > 0 else {
                throw Refused(.cloudWatchToken)
            }
            skipped = number
        }

        let shown = queries.filter { $0.returnsData ?? true }
        var results: [JSON] = []
        // Numbers are counted through all results in their order.
        var passed = 0
        for query in shown {
            // The time is rounded down to the period's beginning (botocore StartTime).
            let values = region.values(
                of: query, among: queries, from: start - start % query.step(among: queries),
                to: end)
            let times = values.keys.sorted()
            let all = order == "TimestampAscending" ? times : times.reversed()
            let first = min(max(0, skipped - passed), all.count)
            let last = min(max(0, skipped + limit - passed), all.count)
            passed += all.count
            if skipped > 0, first == all.count { continue }
            results.append(
                [
                    "Id": .string(query.id), "Label": .string(label(of: query, among: shown)),
                    "Timestamps": .array(all[first..<last].map(JSON.time)),
                    "Values": .array(
                        all[first..<last].map { .number("\(values[$0] ?? 0)") }),
                    "StatusCode": .string(last < all.count ? "PartialData" : "Complete"),
                ])
        }
        var answer: JSONObject = ["MetricDataResults": .array(results), "Messages": []]
        if passed > skipped + limit {
            answer["NextToken"] = .string(token(of: String(skipped + limit)))
        }
        return .object(answer)
    }

    /// The metric's name, with the statistic where others of the same metric are asked for
    /// (LS test_get_metric_data_with_zero_and_labels); an expression's id.
    private static func label(of query: MetricQuery, among shown: [MetricQuery]) -> String {
        if let label = query.label { return label }
        guard case .statistic(let statistic) = query.source else { return query.id }
        let statistics = shown.compactMap { other -> String? in
            guard case .statistic(let value) = other.source,
                value.metric.name == statistic.metric.name
            else { return nil }
            return value.statistic
        }
        let isAlone = Set(statistics).count == 1
        return isAlone ? statistic.metric.name : "\(statistic.metric.name) \(statistic.statistic)"
    }
}

extension MetricQuery {
    /// Seconds between its numbers; for an expression, of the longest period among the others.
    fileprivate func step(among queries: [MetricQuery]) -> Int {
        if case .statistic(let statistic) = source { return statistic.period }
        let periods = queries.compactMap { query -> Int? in
            guard case .statistic(let statistic) = query.source else { return query.period }
            return statistic.period
        }
        return period ?? periods.max() ?? 60
    }
}
