internal import JSON

/// Numbers that are put, and the metrics that have some.
extension SandboxCloudWatch {
    static func putMetricData(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let namespace = try input.required("Namespace", length: 1...255)
        guard !namespace.hasPrefix("AWS/"), !namespace.hasPrefix(":") else {
            throw Refused(.metricNamespace, namespace)
        }
        let data = try input.objects("MetricData") ?? []
        guard !data.isEmpty else { throw Refused(.metricDataMissing) }
        guard data.count <= 1000 else { throw Refused(.metricDataCount) }
        // All or nothing: a refused call stores none of its numbers.
        var points: [(MetricID, StoredMetric.Point)] = []
        for (position, datum) in data.enumerated() {
            let id = MetricID(
                namespace: namespace, name: try datum.required("MetricName", length: 1...255),
                dimensions: try dimensions(of: datum))
            points.append((id, try point(of: datum, at: String(position + 1), now: call.now)))
        }
        for (id, point) in points {
            region.metrics[id.text, default: StoredMetric(id: id)].points.append(point)
        }
        return nil
    }

    private static func point(
        of datum: Input, at position: String, now: Int
    ) throws(Refused) -> StoredMetric.Point {
        let resolution = try datum.number("StorageResolution", in: 1...Int.max) ?? 60
        guard [1, 60].contains(resolution) else {
            throw Refused(.storageResolution, String(resolution), position)
        }
        // Two weeks back, two hours ahead (CloudWatch user guide, "Metrics": time stamps).
        let time = try datum.time("Timestamp") ?? now
        guard time >= now - 14 * .day else {
            throw Refused(.metricTime, position, "within the past two weeks")
        }
        guard time <= now + 7200 else {
            throw Refused(.metricTime, position, "not more than two hours in the future")
        }
        let unit = try unit(of: datum) ?? "None"
        let set = try values(of: datum, at: position)
        for number in [set.sum, set.minimum, set.maximum]
        where abs(number) > 0x1p360 && set.count <= 1 {
            throw Refused(.metricValue, "\(number)", position)
        }
        return StoredMetric.Point(
            time: time - time % resolution, unit: unit, count: set.count, sum: set.sum,
            minimum: set.minimum, maximum: set.maximum)
    }

    private typealias Numbers = (count: Double, sum: Double, minimum: Double, maximum: Double)

    /// One of a value, of values with their counts, or of a statistic set.
    private static func values(of datum: Input, at position: String) throws(Refused) -> Numbers {
        let forms = ["Value", "Values", "StatisticValues"].filter(datum.has)
        guard let form = forms.first else { throw Refused(.valueMissingInDatum, position) }
        if forms.count > 1 {
            throw Refused(.valueExclusive, position, form, position, forms[1])
        }
        if let value = try datum.double("Value") { return (1, value, value, value) }
        if let set = try datum.object("StatisticValues") {
            var numbers: [Double] = []
            for name in ["SampleCount", "Sum", "Minimum", "Maximum"] {
                guard let number = try set.double(name) else {
                    throw Refused(
                        .constraint, " null", "statisticValues.\(name.memberName)",
                        "Member must not be null")
                }
                numbers.append(number)
            }
            return (numbers[0], numbers[1], numbers[2], numbers[3])
        }
        let values = try datum.doubles("Values") ?? []
        let counts = try datum.doubles("Counts") ?? values.map { _ in 1 }
        guard let minimum = values.min(), let maximum = values.max() else {
            throw Refused(.valueMissingInDatum, position)
        }
        guard values.count <= 150 else { throw Refused(.valuesCount, position) }
        guard values.count == counts.count else {
            throw Refused(.valuesAndCounts, position, position)
        }
        let sum = zip(values, counts).reduce(0) { $0 + $1.0 * $1.1 }
        return (counts.reduce(0, +), sum, minimum, maximum)
    }

    /// Metrics without a number for two weeks are not listed (botocore ListMetrics).
    static func listMetrics(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let namespace = try input.text("Namespace", length: 1...255)
        let name = try input.text("MetricName", length: 1...255)
        try input.check(count: 0...10, of: "Dimensions")
        var filters: [(name: String, value: String?)] = []
        for filter in try input.objects("Dimensions") ?? [] {
            filters.append(
                (
                    try filter.required("Name", length: 1...255),
                    try filter.text("Value", length: 1...1024)
                ))
        }
        let isRecent = try input.choice("RecentlyActive", of: ["PT3H"]) != nil
        let oldest = call.now - (isRecent ? 3 * 3600 : 14 * .day)
        let metrics = region.metrics.values
            .filter { $0.latest >= oldest }
            .filter { namespace == nil || $0.id.namespace == namespace }
            .filter { name == nil || $0.id.name == name }
            .filter { metric in
                filters.allSatisfy { filter in
                    metric.id.dimensions.contains {
                        $0.name == filter.name && (filter.value ?? $0.value) == $0.value
                    }
                }
            }
            .sorted { $0.id.text < $1.id.text }
        let (page, token) = try page(of: metrics, limit: 500, after: input, by: \.id.text)
        var answer: JSONObject = ["Metrics": .array(page.map(\.id.json))]
        answer.add("NextToken", token)
        return .object(answer)
    }
}
