internal import SigV4

/// What alarms say when time passes: the latest periods that have ended, once for each move of the
/// clock.
///
/// AWS looks back some periods further where data is late; the sandbox does not.
extension Region {
    mutating func evaluate(alarm name: String, now: Int) {
        guard let alarm = alarms[name],
            let (query, queries, period) = alarm.configuration.watched
        else { return }
        let configuration = alarm.configuration
        let count = configuration.evaluationPeriods
        let end = now - now % period
        let start = end - count * period
        // Nothing had been looked at before the alarm was there.
        guard end > alarm.created else { return }
        let values = values(of: query, among: queries, from: start, to: end)
        let points = (0..<count).map { start + $0 * period }
            .map { (time: $0, value: values[$0]) }
        guard let verdict = configuration.verdict(on: points) else { return }
        guard verdict.value != alarm.state.value else { return }
        alarms[name]?.move(to: verdict.value, because: verdict.reason, now: now)
    }
}

extension StoredAlarm.Configuration {
    /// The query that decides, all queries, and the period in seconds; `nil` for a band.
    fileprivate var watched: (MetricQuery, [MetricQuery], Int)? {
        guard threshold != nil else { return nil }
        switch subject {
        case .metric(let statistic):
            let query = MetricQuery(
                id: "m", source: .statistic(statistic), label: nil, returnsData: nil, period: nil)
            return (query, [query], statistic.period)
        case .queries(let queries):
            let periods = queries.compactMap { query -> Int? in
                guard case .statistic(let statistic) = query.source else { return query.period }
                return statistic.period
            }
            guard let query = queries.first(where: { $0.returnsData ?? true }),
                let period = periods.max()
            else { return nil }
            return (query, queries, period)
        }
    }

    /// `nil` when the alarm stays as it is.
    fileprivate func verdict(
        on points: [(time: Int, value: Double?)]
    ) -> (value: String, reason: String)? {
        guard let threshold else { return nil }
        let known = points.compactMap { point in point.value.map { (point.time, $0) } }
        let missing = points.count - known.count
        let breaching = known.filter { isBreaching($0.1, threshold) }
        let treatment = treatMissingData ?? "missing"
        let needed = datapointsToAlarm ?? evaluationPeriods
        if known.isEmpty {
            switch treatment {
            case "ignore": return nil
            case "breaching":
                return ("ALARM", missingReason(missing, "Breaching"))
            case "notBreaching":
                return ("OK", missingReason(missing, "NonBreaching"))
            default:
                let noun = missing == 1 ? "datapoint was" : "datapoints were"
                return ("INSUFFICIENT_DATA", "Insufficient Data: \(missing) \(noun) unknown.")
            }
        }
        let counted = breaching.count + (treatment == "breaching" ? missing : 0)
        if counted >= needed {
            return ("ALARM", crossed(breaching, threshold, isBreaching: true))
        }
        if treatment == "ignore", missing > 0 { return nil }
        return ("OK", crossed(known, threshold, isBreaching: false))
    }

    private func isBreaching(_ value: Double, _ threshold: Double) -> Bool {
        switch comparisonOperator {
        case "GreaterThanOrEqualToThreshold": value >= threshold
        case "GreaterThanThreshold": value > threshold
        case "LessThanThreshold": value < threshold
        default: value <= threshold
        }
    }

    /// LS test_put_metric_alarm; the negative by analogy.
    private func crossed(
        _ points: [(Int, Double)], _ threshold: Double, isBreaching: Bool
    ) -> String {
        let words =
            switch comparisonOperator {
            case "GreaterThanOrEqualToThreshold": "greater than or equal to"
            case "GreaterThanThreshold": "greater than"
            case "LessThanThreshold": "less than"
            default: "less than or equal to"
            }
        let shown = points.reversed().prefix(5)
            .map { "\($0.1) (\(Self.shortTime($0.0)))" }.joined(separator: ", ")
        let noun = points.count == 1 ? "datapoint" : "datapoints"
        let verb = points.count == 1 ? "was" : "were"
        return "Threshold Crossed: \(points.count) \(noun) [\(shown)] \(verb)"
            + (isBreaching ? "" : " not") + " \(words) the threshold (\(threshold))."
    }

    private func missingReason(_ count: Int, _ treatment: String) -> String {
        let periods = count == 1 ? "1 period" : "\(count) periods"
        let points = count == 1 ? "1 missing datapoint was" : "\(count) missing datapoints were"
        return "Threshold Crossed: no datapoints were received for \(periods) and \(points) "
            + "treated as [\(treatment)]."
    }

    /// `31/12/25 23:54:00`, as the reasons have it: day, month, year.
    private static func shortTime(_ seconds: Int) -> String {
        let text = Array(SigningDate(secondsSince1970: seconds).basic)
        func part(_ range: Range<Int>) -> String { String(text[range]) }
        return "\(part(6..<8))/\(part(4..<6))/\(part(2..<4)) "
            + "\(part(9..<11)):\(part(11..<13)):\(part(13..<15))"
    }
}
