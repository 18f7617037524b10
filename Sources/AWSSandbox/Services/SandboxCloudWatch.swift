internal import JSON

/// CloudWatch of one region: dispatch, pages and what its requests have in common.
enum SandboxCloudWatch {
    typealias Operation = @Sendable (Call, Input, inout Region) throws(Refused) -> JSON?

    /// Every operation that the sandbox knows.
    static let operations: [String: Operation] = [
        "PutMetricAlarm": putMetricAlarm,
        "DescribeAlarms": describeAlarms,
        "DeleteAlarms": deleteAlarms,
        "SetAlarmState": setAlarmState,
        "EnableAlarmActions": { call, input, region throws(Refused) in
            try setActions(true, input, &region)
        },
        "DisableAlarmActions": { call, input, region throws(Refused) in
            try setActions(false, input, &region)
        },
        "ListTagsForResource": listTagsForResource,
        "TagResource": tagResource,
        "UntagResource": untagResource,
        "PutMetricData": putMetricData,
        "GetMetricData": getMetricData,
        "ListMetrics": listMetrics,
        "PutAnomalyDetector": putAnomalyDetector,
        "DescribeAnomalyDetectors": describeAnomalyDetectors,
        "DeleteAnomalyDetector": deleteAnomalyDetector,
    ]

    /// One page of `items`, which are sorted by `key`, and the token of the next.
    ///
    /// The token names the last item, so that what comes and goes between two pages moves nothing.
    static func page<Item>(
        of items: [Item], limit: Int, after input: Input, by key: (Item) -> String
    ) throws(Refused) -> (items: ArraySlice<Item>, token: JSON?) {
        var rest = items[...]
        if let token = try input.text("NextToken"), !token.isEmpty {
            guard let last = Self.text(ofToken: token) else { throw Refused(.cloudWatchToken) }
            rest = rest.drop { key($0) <= last }
        }
        let page = rest.prefix(limit)
        guard page.count < rest.count, let last = page.last else { return (page, nil) }
        return (page, .string(Self.token(of: key(last))))
    }

    static func token(of text: String) -> String { "t" + text.percentEncoded }

    static func text(ofToken token: String) -> String? {
        token.hasPrefix("t") ? String(token.dropFirst()).percentDecoded : nil
    }

    /// The metric that the members `Namespace`, `MetricName` and `Dimensions` name.
    static func metric(of input: Input) throws(Refused) -> MetricID {
        try input.check("Namespace", against: "[^:].*") { !$0.hasPrefix(":") }
        return MetricID(
            namespace: try input.required("Namespace", length: 1...255),
            name: try input.required("MetricName", length: 1...255),
            dimensions: try dimensions(of: input))
    }

    static func dimensions(of input: Input) throws(Refused) -> [MetricID.Dimension] {
        try input.check(count: 0...30, of: "Dimensions")
        var dimensions: [MetricID.Dimension] = []
        for entry in try input.objects("Dimensions") ?? [] {
            dimensions.append(
                MetricID.Dimension(
                    name: try entry.required("Name", length: 1...255),
                    value: try entry.required("Value", length: 1...1024)))
        }
        return dimensions
    }

    /// The lines of a computation under `key`; `nil` without that member.
    static func queries(_ key: String, of input: Input) throws(Refused) -> [MetricQuery]? {
        guard let entries = try input.objects(key) else { return nil }
        var queries: [MetricQuery] = []
        for (position, entry) in entries.enumerated() {
            let place = "\(key).member.\(position + 1)"
            let id = try entry.required("Id", length: 1...255)
            guard id.first?.isLowercase ?? false, id.first?.isASCII ?? false,
                id.unicodeScalars.allSatisfy({ $0.isASCIIAlphanumeric || $0 == "_" })
            else { throw Refused(.queryID, id, place) }
            guard !queries.contains(where: { $0.id == id }) else {
                throw Refused(.queryIDTwice, key)
            }
            let expression = try entry.text("Expression", length: 1...2048)
            let source: MetricQuery.Source
            switch (try entry.object("MetricStat"), expression) {
            case (let statistic?, nil): source = .statistic(try Self.statistic(of: statistic))
            case (nil, let expression?): source = .expression(expression)
            case (nil, nil), (_?, _?): throw Refused(.queryOnNothing, place)
            }
            let period = try entry.number("Period", in: 1...Int.max)
            if let period, !isPeriod(period, [1, 5, 10, 20, 30]) { throw Refused(.alarmPeriod) }
            queries.append(
                MetricQuery(
                    id: id, source: source, label: try entry.text("Label"),
                    returnsData: try entry.flag("ReturnData"), period: period))
        }
        return queries
    }

    private static func statistic(of input: Input) throws(Refused) -> MetricStatistic {
        guard let metric = try input.object("Metric") else {
            throw Refused(.constraint, " null", "metric", "Member must not be null")
        }
        guard let period = try input.number("Period", in: 1...Int.max) else {
            throw Refused(.constraint, " null", "period", "Member must not be null")
        }
        guard isPeriod(period, [1, 5, 10, 20, 30]) else { throw Refused(.alarmPeriod) }
        return MetricStatistic(
            metric: try Self.metric(of: metric), statistic: try input.required("Stat"),
            period: period, unit: try unit(of: input))
    }

    static func unit(of input: Input) throws(Refused) -> String? {
        try input.choice("Unit", of: StoredMetric.units)
    }

    /// A multiple of 60, or one of the short ones (botocore Period).
    static func isPeriod(_ seconds: Int, _ short: [Int]) -> Bool {
        short.contains(seconds) || seconds % 60 == 0
    }
}
