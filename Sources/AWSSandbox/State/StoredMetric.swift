/// A metric with the numbers that were put to it.
struct StoredMetric: Sendable, Codable {
    /// What was put at one time in one unit.
    struct Point: Hashable, Sendable, Codable {
        /// Seconds since 1970; a whole minute but for high resolution.
        let time: Int
        let unit: String
        let count: Double
        let sum: Double
        let minimum: Double
        let maximum: Double
    }

    let id: MetricID
    var points: [Point] = []

    /// Seconds since 1970 of the latest number.
    var latest: Int { points.map(\.time).max() ?? 0 }

    /// The units of the numbers in that time, in the order in which CloudWatch prefers them
    /// (LS test_get_metric_data_different_units_no_unit_in_query).
    func units(from start: Int, to end: Int) -> [String] {
        let found = Set(points.filter { start <= $0.time && $0.time < end }.map(\.unit))
        return Self.preference.filter(found.contains)
    }

    /// The statistic of each period that has numbers: the start of the period and the value.
    ///
    /// - Parameter end: excluded. Periods are counted from 1970.
    func values(
        _ statistic: String, every period: Int, unit: String, from start: Int, to end: Int
    ) -> [Int: Double] {
        var buckets: [Int: [Point]] = [:]
        for point in points where point.unit == unit && start <= point.time && point.time < end {
            buckets[point.time - point.time % period, default: []].append(point)
        }
        return buckets.compactMapValues { Self.value(of: statistic, over: $0) }
    }

    /// `nil` for the extended statistics, which the sandbox does not compute.
    private static func value(of statistic: String, over points: [Point]) -> Double? {
        let sum = points.reduce(0) { $0 + $1.sum }
        let count = points.reduce(0) { $0 + $1.count }
        switch statistic {
        case "Sum": return sum
        case "SampleCount": return count
        case "Average": return count > 0 ? sum / count : nil
        case "Minimum": return points.map(\.minimum).min()
        case "Maximum": return points.map(\.maximum).max()
        default: return nil
        }
    }

    /// All units that there are (botocore StandardUnit).
    static let units = [
        "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes",
        "Terabytes", "Bits", "Kilobits", "Megabits", "Gigabits", "Terabits", "Percent", "Count",
        "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second",
        "Terabytes/Second", "Bits/Second", "Kilobits/Second", "Megabits/Second",
        "Gigabits/Second", "Terabits/Second", "Count/Second", "None",
    ]

    private static let preference = [
        "Megabits", "Terabits", "Gigabits", "Count", "Bytes", "Gigabytes", "Gigabytes/Second",
        "Kilobytes", "Kilobits/Second", "Terabytes", "Terabits/Second", "Bytes/Second", "Percent",
        "Megabytes", "Megabits/Second", "Milliseconds", "Microseconds", "Kilobytes/Second",
        "Gigabits/Second", "Megabytes/Second", "Bits", "Bits/Second", "Count/Second", "Seconds",
        "Kilobits", "Terabytes/Second", "None",
    ]
}

extension Region {
    /// The values of a query by the start of their periods; empty for what is not computed here.
    ///
    /// - Parameter end: excluded.
    func values(
        of query: MetricQuery, among queries: [MetricQuery], from start: Int, to end: Int
    ) -> [Int: Double] {
        switch query.source {
        case .statistic(let statistic):
            return values(of: statistic, from: start, to: end)
        case .expression(let text):
            // An expression sees what stands before it or behind it, but never itself.
            let others = queries.filter { $0.id != query.id }
            return MetricMath(text)?.values { id in
                others.first { $0.id == id }.map {
                    values(of: $0, among: others, from: start, to: end)
                }
            } ?? [:]
        }
    }

    func values(of statistic: MetricStatistic, from start: Int, to end: Int) -> [Int: Double] {
        guard let metric = metrics[statistic.metric.text],
            let unit = statistic.unit ?? metric.units(from: start, to: end).first
        else { return [:] }
        return metric.values(
            statistic.statistic, every: statistic.period, unit: unit, from: start, to: end)
    }

    /// Forgets numbers after 15 days (CloudWatch user guide, "Metrics retention": one-minute
    /// data), and evaluates the alarms.
    mutating func settleMetrics(now: Int) {
        for name in metrics.keys.sorted() {
            metrics[name]?.points.removeAll { $0.time < now - 15 * .day }
        }
        for name in alarms.keys.sorted() { evaluate(alarm: name, now: now) }
    }
}
