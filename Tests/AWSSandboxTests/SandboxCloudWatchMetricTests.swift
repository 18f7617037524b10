import AWS
import AWSSandbox
import HTTP
import JSON
import Testing

@Suite struct SandboxCloudWatchMetricTests {
    let bench: Bench

    init() throws { bench = try Bench(delays: .none) }

    private func put(_ data: JSON, namespace: String = "Gaara") async throws -> HTTPResponse {
        try await bench.cloudWatch(
            "PutMetricData", ["Namespace": .string(namespace), "MetricData": data])
    }

    // moto takes the AWS/ name space, an empty datum and 1,001 of them.
    @Test(
        "numbers that AWS would not take are refused",
        arguments: [
            ([], "MissingRequiredParameterException"),
            ([["MetricName": "m"]], "MissingRequiredParameterException"),
            ([["Value": 1]], "ValidationException"),
            (
                .array((0...1000).map { ["MetricName": .string("m\($0)"), "Value": 1] }),
                "InvalidParameterValueException"
            ),
            (
                [["MetricName": "m", "Value": 1, "Values": [1]]],
                "InvalidParameterCombinationException"
            ),
            (
                [["MetricName": "m", "Values": [1, 2], "Counts": [1]]],
                "InvalidParameterValueException"
            ),
            (
                [["MetricName": "m", "Values": .array((0...150).map { JSON($0) })]],
                "InvalidParameterValueException"
            ),
            ([["MetricName": "m", "Value": .number("1e109")]], "InvalidParameterValueException"),
            (
                [["MetricName": "m", "Value": 1, "StorageResolution": 30]],
                "InvalidParameterValueException"
            ),
            ([["MetricName": "m", "Value": 1, "Unit": "Apples"]], "ValidationException"),
            (
                [["MetricName": "m", "StatisticValues": ["Sum": 1]]], "ValidationException"
            ),
        ] as [(JSON, String)])
    func refused(data: JSON, code: String) async throws {
        #expect(try await put(data).bareRefusal[0] == code)
        #expect(try await put([["MetricName": "m", "Value": 1]], namespace: "AWS/X").status == 400)
    }

    // LS test_put_metric_data_validation.
    @Test("a value beside values is refused in AWS's words")
    func words() async throws {
        let answer = try await put([["MetricName": "m", "Value": 1, "Values": [1]]])
        #expect(
            answer.refusal[1]
                == "The parameters MetricData.member.1.Value and MetricData.member.1.Values are "
                + "mutually exclusive and you have specified both.")
        #expect(
            answer.header("x-amzn-query-error") == "InvalidParameterCombination;Sender")
    }

    // cloud-custodian/cloud-custodian#2559.
    @Test("a time is within two weeks back and two hours ahead")
    func times() async throws {
        let now = bench.sandbox.now
        for (offset, status) in [
            (-1_209_600, 200), (-1_209_601, 400), (7200, 200), (7201, 400),
        ] {
            let answer = try await put([
                ["MetricName": "m", "Value": 1, "Timestamp": JSON(now + offset)]
            ])
            #expect(answer.status == status, "\(offset)")
        }
    }

    @Test("one refused datum keeps all out")
    func atomic() async throws {
        _ = try await put([["MetricName": "good", "Value": 1], ["MetricName": "bad"]])
        #expect(try await bench.cloudWatch("ListMetrics", [:]).json?["Metrics"] == [])
    }

    private func query(_ statistic: String, id: String = "m1") -> JSON {
        [
            "Id": .string(id),
            "MetricStat": [
                "Metric": ["Namespace": "Gaara", "MetricName": "m"], "Period": 60,
                "Stat": .string(statistic),
            ],
        ]
    }

    private func data(_ queries: JSON, _ more: [String: JSON] = [:]) async throws -> JSON? {
        var input: JSONObject = [
            "MetricDataQueries": queries, "StartTime": JSON(bench.sandbox.now - 600),
            "EndTime": JSON(bench.sandbox.now + 600), "ScanBy": "TimestampAscending",
        ]
        for (name, value) in more { input[name] = value }
        return try await bench.cloudWatch("GetMetricData", .object(input)).json
    }

    // LS test_put_metric_data_values_list: sum 42, count 6, maximum 10.
    @Test(
        "values with counts, single values and sets add up by period",
        arguments: [
            ("Sum", [42, 7]), ("SampleCount", [6, 2]), ("Maximum", [10, 5]), ("Minimum", [1, 2]),
            ("Average", [7, 3.5]),
        ])
    func statistics(statistic: String, values: [Double]) async throws {
        let now = bench.sandbox.now
        _ = try await put([
            [
                "MetricName": "m", "Values": [1, 10], "Counts": [2, 4],
                "Timestamp": JSON(now - 90),
            ],
            ["MetricName": "m", "Value": 5, "Timestamp": JSON(now)],
            [
                "MetricName": "m", "Timestamp": JSON(now + 30),
                "StatisticValues": ["SampleCount": 1, "Sum": 2, "Minimum": 2, "Maximum": 2],
            ],
        ])
        let result = try await data([query(statistic)])?["MetricDataResults"]?.array?.first
        #expect(result?["Values"]?.array?.compactMap(\.double) == values)
        #expect(
            result?["Timestamps"]?.array?.compactMap(\.double) == [
                Double(now - 120), Double(now),
            ])
        #expect(result?["Label"] == "m")
        #expect(result?["StatusCode"] == "Complete")
    }

    @Test("expressions are computed, and a period without all their numbers is left out")
    func math() async throws {
        let now = bench.sandbox.now
        _ = try await put([
            ["MetricName": "m", "Value": 8, "Timestamp": JSON(now - 60)],
            ["MetricName": "m", "Value": 2, "Timestamp": JSON(now)],
        ])
        let half: JSON = ["Id": "e1", "Expression": "100 * (m1 - FILL(m2, 0)) / (2 * m1)"]
        let results = try await data([
            query("Sum"), query("Maximum", id: "m2"), half,
            ["Id": "e2", "Expression": "m1 / 0"], ["Id": "e3", "Expression": "RATE(m1)"],
        ])?["MetricDataResults"]?.array
        #expect(results?.count == 5)
        #expect(results?[0]["Label"] == "m Sum")
        #expect(results?[2]["Values"]?.array?.compactMap(\.double) == [0, 0])
        #expect(results?[3]["Values"] == [])
        #expect(results?[4]["Values"] == [])
    }

    @Test("numbers come in pages of the size that is asked for")
    func pages() async throws {
        let now = bench.sandbox.now
        _ = try await put(
            .array(
                (0..<5).map { minute in
                    [
                        "MetricName": "m", "Value": JSON(minute),
                        "Timestamp": JSON(now - 60 * minute),
                    ]
                }))
        let first = try await data([query("Sum")], ["MaxDatapoints": 3])
        #expect(
            first?["MetricDataResults"]?.array?.first?["StatusCode"] == "PartialData")
        let token = try #require(first?["NextToken"])
        let second = try await data([query("Sum")], ["MaxDatapoints": 3, "NextToken": token])
        #expect(second?["NextToken"] == nil)
        let values = [first, second].flatMap {
            $0?["MetricDataResults"]?.array?.first?["Values"]?.array?.compactMap(\.double) ?? []
        }
        #expect(values == [4, 3, 2, 1, 0])
    }

    @Test("metrics are listed by name space, name and dimensions")
    func listed() async throws {
        _ = try await put([
            ["MetricName": "a", "Value": 1, "Dimensions": [["Name": "env", "Value": "prod"]]],
            ["MetricName": "a", "Value": 1, "Dimensions": [["Name": "env", "Value": "test"]]],
            ["MetricName": "b", "Value": 1],
        ])
        func count(_ input: JSON) async throws -> Int? {
            try await bench.cloudWatch("ListMetrics", input).json?["Metrics"]?.array?.count
        }
        #expect(try await count([:]) == 3)
        #expect(try await count(["Namespace": "Other"]) == 0)
        #expect(try await count(["MetricName": "a"]) == 2)
        #expect(try await count(["Dimensions": [["Name": "env"]]]) == 2)
        #expect(try await count(["Dimensions": [["Name": "env", "Value": "prod"]]]) == 1)
        bench.sandbox.advance(by: 14 * 86_400 + 60)
        #expect(try await count([:]) == 0)
    }

    // moto has none of the three; LS test_anomaly_detector_lifecycle.
    @Test("a model of what is normal is made, listed and deleted once")
    func detectors() async throws {
        let detector: JSON = [
            "SingleMetricAnomalyDetector": [
                "Namespace": "Gaara", "MetricName": "m", "Stat": "Sum",
                "Dimensions": [["Name": "env", "Value": "prod"]],
            ]
        ]
        for _ in 0..<2 {
            #expect(try await bench.cloudWatch("PutAnomalyDetector", detector).status == 200)
        }
        let live = try await bench.cloudWatch("DescribeAnomalyDetectors", [:])
            .json?["AnomalyDetectors"]?.array
        #expect(live?.count == 1)
        #expect(live?[0]["StateValue"] == "PENDING_TRAINING")
        #expect(live?[0]["Stat"] == "Sum")
        #expect(live?[0]["SingleMetricAnomalyDetector"]?["AccountId"] == "123456789012")
        #expect(try await bench.cloudWatch("DeleteAnomalyDetector", detector).status == 200)
        let gone = try await bench.cloudWatch("DeleteAnomalyDetector", detector)
        #expect(gone.status == 404)
        #expect(gone.bareRefusal[0] == "ResourceNotFoundException")
        for input: JSON in [
            [:], ["Namespace": "Gaara", "Stat": "Sum"],
            ["Namespace": "Gaara", "MetricName": "m", "Stat": "often"],
        ] {
            #expect(try await bench.cloudWatch("PutAnomalyDetector", input).status == 400)
        }
    }
}
