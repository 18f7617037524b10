import AWS
import AWSSandbox
import HTTP
import JSON
import Testing

@Suite struct SandboxCloudWatchAlarmTests {
    let bench: Bench

    init() throws { bench = try Bench(delays: .none) }

    static let topic = "arn:aws:sns:us-east-1:123456789012:oncall"

    /// A valid alarm, changed: `nil` takes a member away.
    private func alarm(_ changes: [String: JSON?] = [:]) -> JSON {
        var members: JSONObject = [
            "AlarmName": "high", "MetricName": "FailedAccess", "Namespace": "Gaara",
            "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 1, "Threshold": 5,
            "ComparisonOperator": "GreaterThanThreshold",
        ]
        for (name, value) in changes { members[name] = value }
        return .object(members)
    }

    private func statistic(_ id: String, returns: Bool) -> JSON {
        [
            "Id": .string(id), "ReturnData": .bool(returns),
            "MetricStat": [
                "Metric": ["Namespace": "Gaara", "MetricName": "Accesses"], "Period": 300,
                "Stat": "Sum",
            ],
        ]
    }

    private func live(_ name: String = "high") async throws -> JSON? {
        let answer = try await bench.cloudWatch("DescribeAlarms", ["AlarmNames": [.string(name)]])
        return answer.json?["MetricAlarms"]?.array?.first
    }

    // LS test_describe_minimal_metric_alarm; moto starts with OK.
    @Test("a new alarm has insufficient data, and shows what it was made of")
    func initial() async throws {
        let made = try await bench.cloudWatch("PutMetricAlarm", alarm())
        #expect(made.status == 200)
        #expect(made.header("content-type") == "application/x-amz-json-1.0")
        let live = try await live()
        #expect(live?["StateValue"] == "INSUFFICIENT_DATA")
        #expect(live?["StateReason"] == "Unchecked: Initial alarm creation")
        #expect(live?["AlarmArn"] == "arn:aws:cloudwatch:us-east-1:123456789012:alarm:high")
        #expect(live?["Dimensions"] == [])
        #expect(live?["OKActions"] == [])
        #expect(live?["Threshold"] == .number("5.0"))
        #expect(live?["TreatMissingData"] == nil)
    }

    // moto validates none of this.
    @Test(
        "an alarm that AWS would not take is refused",
        arguments: [
            (["AlarmName": ""], "ValidationException"),
            (["AlarmName": .string(String(repeating: "a", count: 256))], "ValidationException"),
            (["AlarmName": "a\tb"], "ValidationException"),
            (["MetricName": nil], "ValidationException"),
            (["Namespace": nil], "ValidationException"),
            (["Namespace": ":x"], "ValidationException"),
            (["Period": nil], "ValidationException"),
            (["Period": 15], "ValidationException"),
            (["Period": 90], "ValidationException"),
            (["Period": 0], "ValidationException"),
            (["Period": 60, "EvaluationPeriods": 1441], "ValidationException"),
            (["Period": 3600, "EvaluationPeriods": 169], "ValidationException"),
            (["Statistic": "Median"], "ValidationException"),
            (["Statistic": nil], "ValidationException"),
            (["ExtendedStatistic": "p90"], "ValidationException"),
            (["Statistic": nil, "ExtendedStatistic": "q1"], "InvalidParameterValueException"),
            (["EvaluationPeriods": nil], "ValidationException"),
            (["EvaluationPeriods": 0], "ValidationException"),
            (["DatapointsToAlarm": 2], "ValidationException"),
            (["ComparisonOperator": "Greater"], "ValidationException"),
            (["ComparisonOperator": nil], "ValidationException"),
            (["ComparisonOperator": "GreaterThanUpperThreshold"], "ValidationException"),
            (["Threshold": nil], "ValidationException"),
            (["ThresholdMetricId": "b"], "ValidationException"),
            (["TreatMissingData": "fine"], "ValidationException"),
            (["EvaluateLowSampleCountPercentile": "maybe"], "ValidationException"),
            (["Unit": "Furlongs"], "ValidationException"),
            (["AlarmActions": ["oncall"]], "ValidationException"),
            (
                ["OKActions": .array((0..<6).map { .string("\(Self.topic)\($0)") })],
                "ValidationException"
            ),
            (
                [
                    "Dimensions": .array(
                        (0..<31).map { ["Name": .string("d\($0)"), "Value": "v"] })
                ], "ValidationException"
            ),
            (["Dimensions": [["Name": "d", "Value": ""]]], "ValidationException"),
            (
                ["AlarmDescription": .string(String(repeating: "d", count: 1025))],
                "ValidationException"
            ),
            (["Tags": [["Key": "aws:x", "Value": "y"]]], "InvalidParameterValueException"),
            (
                ["Tags": .array((0..<51).map { ["Key": .string("k\($0)"), "Value": ""] })],
                "InvalidParameterValueException"
            ),
        ] as [([String: JSON?], String)])
    func refused(changes: [String: JSON?], code: String) async throws {
        let answer = try await bench.cloudWatch("PutMetricAlarm", alarm(changes))
        #expect(answer.status == 400)
        #expect(answer.bareRefusal[0] == code, "\(answer.text)")
        #expect(try await live() == nil)
    }

    @Test(
        "the shortest and the longest that AWS takes are taken",
        arguments: [
            ["Period": 10], ["Period": 20], ["Period": 30],
            ["Period": 60, "EvaluationPeriods": 1440],
            ["Period": 3600, "EvaluationPeriods": 168],
            ["Statistic": nil, "ExtendedStatistic": "p99.9"],
            ["AlarmActions": [.string(topic)], "ActionsEnabled": false],
        ] as [[String: JSON?]])
    func taken(changes: [String: JSON?]) async throws {
        let answer = try await bench.cloudWatch("PutMetricAlarm", alarm(changes))
        #expect(answer.status == 200, "\(answer.text)")
    }

    /// What an alarm on queries has not.
    private static let bare: [String: JSON?] = [
        "MetricName": nil, "Namespace": nil, "Statistic": nil, "Period": nil,
    ]

    // cloudtools/troposphere#1276, aws/aws-cdk#10540, cdklabs/cdk-monitoring-constructs#426.
    @Test("an alarm on a computation has queries alone, one of them with a result")
    func computation() async throws {
        let ratio: JSON = ["Id": "e1", "Expression": "100 * m1 / m2"]
        let good: JSON = [
            statistic("m1", returns: false), statistic("m2", returns: false), ratio,
        ]
        let both = try await bench.cloudWatch("PutMetricAlarm", alarm(["Metrics": good]))
        #expect(
            both.bareRefusal == [
                "ValidationException",
                "MetricName should not be set if list of Metrics is set.",
            ])
        let two: JSON = [statistic("m1", returns: true), statistic("m2", returns: false), ratio]
        for queries: JSON in [two, [["Id": "M1", "Expression": "1"]], [["Id": "e1"]]] {
            let changes = Self.bare.merging(["Metrics": queries]) { $1 }
            #expect(try await bench.cloudWatch("PutMetricAlarm", alarm(changes)).status == 400)
        }
        let changes = Self.bare.merging(["Metrics": good]) { $1 }
        #expect(try await bench.cloudWatch("PutMetricAlarm", alarm(changes)).status == 200)
        #expect(try await live()?["Metrics"]?.array?.count == 3)
        #expect(try await live()?["MetricName"] == nil)
    }

    @Test("an alarm on a band names it, has no threshold, and its two queries have results")
    func band() async throws {
        let metrics: JSON = [
            statistic("m1", returns: true),
            ["Id": "band", "Expression": "ANOMALY_DETECTION_BAND(m1, 3)", "ReturnData": true],
        ]
        var changes = Self.bare.merging([
            "Metrics": metrics, "Threshold": nil, "ThresholdMetricId": "band",
            "ComparisonOperator": "LessThanLowerOrGreaterThanUpperThreshold",
        ]) { $1 }
        #expect(try await bench.cloudWatch("PutMetricAlarm", alarm(changes)).status == 200)
        #expect(try await live()?["ThresholdMetricId"] == "band")
        changes["ThresholdMetricId"] = .some(nil)
        #expect(
            try await bench.cloudWatch("PutMetricAlarm", alarm(changes)).bareRefusal[1]
                == "ComparisonOperators for ranges require ThresholdMetricId to be set")
        changes["ThresholdMetricId"] = "m1"
        #expect(try await bench.cloudWatch("PutMetricAlarm", alarm(changes)).status == 400)
    }

    // reference/aws-semantics.md section 7.
    @Test("a second PutMetricAlarm replaces all but state and tags")
    func replaced() async throws {
        let tags: JSON = [["Key": "team", "Value": "a"]]
        _ = try await bench.cloudWatch("PutMetricAlarm", alarm(["Tags": tags, "Unit": "Count"]))
        _ = try await bench.cloudWatch(
            "SetAlarmState",
            ["AlarmName": "high", "StateValue": "ALARM", "StateReason": "a test"])
        let other: JSON = [["Key": "other", "Value": "b"]]
        _ = try await bench.cloudWatch(
            "PutMetricAlarm", alarm(["Tags": other, "Threshold": 9]))
        let live = try await live()
        #expect(live?["Threshold"] == .number("9.0"))
        #expect(live?["Unit"] == nil)
        #expect(live?["StateValue"] == "ALARM")
        let arn = try #require(live?["AlarmArn"]?.string)
        let found = try await bench.client.send(CloudWatch.ListTagsForResource(resourceARN: arn))
        #expect(found == [Tag("team", "a")])
    }

    // moto ignores MaxRecords.
    @Test("alarms are listed by name, prefix, state and action, in pages")
    func listed() async throws {
        for name in ["a1", "a2", "a3", "b1"] {
            let actions: JSON = name == "a2" ? [.string(Self.topic)] : []
            _ = try await bench.cloudWatch(
                "PutMetricAlarm", alarm(["AlarmName": .string(name), "AlarmActions": actions]))
        }
        func names(_ input: JSON) async throws -> [String] {
            let answer = try await bench.cloudWatch("DescribeAlarms", input)
            #expect(answer.json?["CompositeAlarms"] == [])
            return answer.json?["MetricAlarms"]?.array?.compactMap { $0["AlarmName"]?.string }
                ?? [answer.text]
        }
        #expect(try await names([:]) == ["a1", "a2", "a3", "b1"])
        #expect(try await names(["AlarmNamePrefix": "a"]) == ["a1", "a2", "a3"])
        #expect(try await names(["AlarmNames": ["b1", "none"]]) == ["b1"])
        #expect(try await names(["AlarmTypes": ["CompositeAlarm"]]) == [])
        #expect(try await names(["StateValue": "OK"]) == [])
        #expect(try await names(["ActionPrefix": "arn:aws:sns"]) == ["a2"])
        let first = try await bench.cloudWatch("DescribeAlarms", ["MaxRecords": 3])
        let token = try #require(first.json?["NextToken"])
        #expect(first.json?["MetricAlarms"]?.array?.count == 3)
        #expect(try await names(["MaxRecords": 3, "NextToken": token]) == ["b1"])
        for (input, code) in [
            (["MaxRecords": 0], "ValidationException"),
            (["MaxRecords": 101], "ValidationException"),
            (["NextToken": "?"], "InvalidNextToken"),
            (["StateValue": "BAD"], "ValidationException"),
            (["AlarmNames": ["a1"], "AlarmNamePrefix": "a"], "ValidationException"),
            (
                ["AlarmNames": .array((0...100).map { .string("\($0)") })],
                "ValidationException"
            ),
        ] as [(JSON, String)] {
            #expect(
                try await bench.cloudWatch("DescribeAlarms", input).bareRefusal[0] == code,
                "\(input)")
        }
    }

    // moto answers 200; botocore DeleteAlarms: the others are still deleted.
    @Test("deleting names that are not there is ResourceNotFound, and deletes the others")
    func deleted() async throws {
        _ = try await bench.cloudWatch("PutMetricAlarm", alarm())
        let answer = try await bench.cloudWatch("DeleteAlarms", ["AlarmNames": ["high", "none"]])
        #expect(answer.status == 404)
        #expect(answer.header("x-amzn-query-error") == "ResourceNotFound;Sender")
        #expect(try await live() == nil)
        #expect(try await bench.cloudWatch("DeleteAlarms", [:]).status == 400)
        await expectRefusal("ResourceNotFound", status: 404) {
            try await bench.client.send(CloudWatch.DeleteAlarms(alarmNames: ["high"]))
        }
    }

    // LS test_set_alarm_invalid_input, test_exception_serializing_with_no_shape_in_spec.
    @Test("errors have the query protocol's code and status only in query mode")
    func queryMode() async throws {
        let input: JSON = ["AlarmName": "none", "StateValue": "OK", "StateReason": "test"]
        let plain = try await bench.cloudWatch("SetAlarmState", input, inQueryMode: false)
        #expect(plain.status == 400)
        #expect(plain.header("x-amzn-query-error") == nil)
        #expect(
            plain.text == #"{"__type":"com.amazonaws.cloudwatch.v2010_08_01#ResourceNotFound"}"#)
        let compatible = try await bench.cloudWatch("SetAlarmState", input)
        #expect(compatible.status == 404)
        #expect(compatible.header("x-amzn-query-error") == "ResourceNotFound;Sender")
        let invalid = try await bench.cloudWatch(
            "SetAlarmState",
            ["AlarmName": "none", "StateValue": "INVALID", "StateReason": "test"])
        #expect(invalid.header("x-amzn-query-error") == "ValidationError;Sender")
        #expect(
            invalid.refusal == [
                "com.amazon.coral.validate#ValidationException",
                "1 validation error detected: Value 'INVALID' at 'stateValue' failed to satisfy "
                    + "constraint: Member must satisfy enum value set: "
                    + "[INSUFFICIENT_DATA, ALARM, OK]",
            ])
    }

    @Test("actions are switched, and an alarm that is not there is passed over")
    func actions() async throws {
        _ = try await bench.cloudWatch("PutMetricAlarm", alarm())
        let names: JSON = ["AlarmNames": ["high", "none"]]
        #expect(try await bench.cloudWatch("DisableAlarmActions", names).status == 200)
        #expect(try await live()?["ActionsEnabled"] == false)
        #expect(try await bench.cloudWatch("EnableAlarmActions", names).status == 200)
        #expect(try await live()?["ActionsEnabled"] == true)
    }

    // LS test_tagging_metric_alarm.
    @Test("tags are set and removed; an alarm that is gone has none")
    func tags() async throws {
        let arn = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:high"
        await expectRefusal("ResourceNotFoundException", status: 404) {
            try await bench.client.send(
                CloudWatch.TagResource(resourceARN: arn, tags: [Tag("a", "1")]))
        }
        _ = try await bench.cloudWatch("PutMetricAlarm", alarm())
        try await bench.client.send(
            CloudWatch.TagResource(resourceARN: arn, tags: [Tag("a", "1"), Tag("b", "2")]))
        try await bench.client.send(
            CloudWatch.UntagResource(resourceARN: arn, tagKeys: ["a"]))
        #expect(
            try await bench.client.send(CloudWatch.ListTagsForResource(resourceARN: arn))
                == [Tag("b", "2")])
        try await bench.client.send(CloudWatch.DeleteAlarms(alarmNames: ["high"]))
        #expect(
            try await bench.client.send(CloudWatch.ListTagsForResource(resourceARN: arn)) == [])
        await expectRefusal("InvalidParameterValue") {
            try await bench.client.send(CloudWatch.ListTagsForResource(resourceARN: "arn:aws:s3"))
        }
    }

    // LS test_put_metric_alarm for the words.
    @Test("the state follows the numbers when time passes")
    func evaluated() async throws {
        _ = try await bench.cloudWatch("PutMetricAlarm", alarm(["Threshold": 21]))
        bench.sandbox.advance(by: 60)
        #expect(try await live()?["StateValue"] == "INSUFFICIENT_DATA")
        try await bench.client.send(
            CloudWatch.PutMetricData(
                namespace: "Gaara",
                data: [
                    CloudWatch.Datum(
                        metricName: "FailedAccess", dimensions: [], timestamp: bench.sandbox.now,
                        values: [21.5], counts: [1], unit: "Count")
                ]))
        bench.sandbox.advance(by: 60)
        #expect(try await live()?["StateValue"] == "ALARM")
        #expect(
            try await live()?["StateReason"]?.string
                == "Threshold Crossed: 1 datapoint [21.5 (01/01/26 00:01:00)] was greater than "
                + "the threshold (21.0).")
        bench.sandbox.advance(by: 60)
        #expect(try await live()?["StateReason"] == "Insufficient Data: 1 datapoint was unknown.")
    }

    // reference/aws-semantics.md section 7, last row.
    @Test(
        "missing data counts as the alarm says",
        arguments: [
            ("missing", "INSUFFICIENT_DATA"), ("ignore", "INSUFFICIENT_DATA"),
            ("notBreaching", "OK"), ("breaching", "ALARM"),
        ])
    func missing(treatment: String, state: String) async throws {
        _ = try await bench.cloudWatch(
            "PutMetricAlarm", alarm(["TreatMissingData": .string(treatment)]))
        bench.sandbox.advance(by: 120)
        #expect(try await live()?["StateValue"]?.string == state)
    }
}
