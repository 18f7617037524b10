internal import JSON

extension CloudWatch {
    /// Adds numbers to metrics.
    ///
    /// Sent twice it counts twice, so it is never sent again once it may have arrived: a gap in a
    /// count is better than a false one.
    package struct PutMetricData: JSONOperation {
        package typealias Output = Void
        package static let operation = Operation(.cloudWatch, "PutMetricData", .never)

        package var namespace: String
        /// 1 to 1,000.
        package var data: [Datum]

        package init(namespace: String, data: [Datum]) {
            self.namespace = namespace
            self.data = data
        }

        package func encode(into request: inout JSONRequest) {
            request.set("Namespace", namespace)
            request.set("MetricData", .array(data.map(\.json)))
        }
    }

    /// Numbers of one metric at one time.
    package struct Datum: Hashable, Sendable {
        package let metricName: String
        package let dimensions: [Dimension]
        /// Seconds since 1970.
        package let timestamp: Int
        /// The distinct values, at most 150, and how often each was seen.
        package let values: [Double]
        package let counts: [Double]
        /// `Count`, `Milliseconds` and so on.
        package let unit: String

        package init(
            metricName: String, dimensions: [Dimension], timestamp: Int, values: [Double],
            counts: [Double], unit: String
        ) {
            self.metricName = metricName
            self.dimensions = dimensions
            self.timestamp = timestamp
            self.values = values
            self.counts = counts
            self.unit = unit
        }

        var json: JSON {
            [
                "MetricName": .string(metricName), "Dimensions": .array(dimensions.map(\.json)),
                "Timestamp": .number(String(timestamp)),
                "Values": .array(values.map { .number("\($0)") }),
                "Counts": .array(counts.map { .number("\($0)") }), "Unit": .string(unit),
            ]
        }
    }

    /// Reads metrics back, or what is computed of them.
    package struct GetMetricData: JSONOperation, PagedOperation {
        package typealias Item = Series
        package static let operation = Operation(.cloudWatch, "GetMetricData", .reads)

        package var queries: [MetricQuery]
        /// Seconds since 1970, the first included and the last not.
        package var startTime: Int
        package var endTime: Int
        package var marker: String?

        package init(queries: [MetricQuery], startTime: Int, endTime: Int) {
            self.queries = queries
            self.startTime = startTime
            self.endTime = endTime
        }

        package func encode(into request: inout JSONRequest) {
            request.set("MetricDataQueries", .array(queries.map(\.json)))
            request.set("StartTime", startTime)
            request.set("EndTime", endTime)
            request.set("ScanBy", "TimestampAscending")
            request.set("NextToken", marker)
        }

        package static func decode(_ answer: JSONAnswer) throws(MalformedAnswer) -> Page<Series> {
            Page(
                items: try answer.list("MetricDataResults", Series.init),
                next: try answer.stringIfPresent("NextToken"))
        }
    }

    /// What came of one query; of a long one, a part.
    package struct Series: Hashable, Sendable {
        package let id: String
        package let points: [Point]
        /// `Complete`, `PartialData`, `InternalError` or `Forbidden`.
        package let status: String?

        /// A number at a time, in seconds since 1970.
        package struct Point: Hashable, Sendable {
            package let time: Int
            package let value: Double
        }

        init(_ answer: JSONAnswer) throws(MalformedAnswer) {
            id = try answer.string("Id")
            status = try answer.stringIfPresent("StatusCode")
            let times = try answer.doublesIfPresent("Timestamps") ?? []
            let values = try answer.doublesIfPresent("Values") ?? []
            guard times.count == values.count else {
                throw MalformedAnswer("Timestamps and Values differ in number")
            }
            var points: [Point] = []
            for (time, value) in zip(times, values) {
                guard let time = Int(exactly: time.rounded(.down)) else {
                    throw MalformedAnswer("Timestamps holds something else than times in seconds")
                }
                points.append(Point(time: time, value: value))
            }
            self.points = points
        }
    }
}
