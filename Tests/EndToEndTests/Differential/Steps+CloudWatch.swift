import JSON

extension Step {
    static let alarms: [Kind] = [
        Kind(4) { draw in
            Step(
                "monitoring PutMetricAlarm",
                .object(
                    JSONObject([
                        ("AlarmName", alarm(&draw)), ("Namespace", "n"), ("MetricName", "m"),
                        ("Statistic", draw.one(of: ["Sum", "Average"])), ("Period", 60),
                        ("EvaluationPeriods", draw.one(of: [1, 2])), ("Threshold", 5),
                        (
                            "ComparisonOperator",
                            draw.one(of: ["GreaterThanThreshold", "LessThanThreshold"])
                        ),
                    ])
                    .with("AlarmDescription", "d", draw.once(in: 2))
                    .with("TreatMissingData", "notBreaching", draw.once(in: 2))
                    .with("Tags", tagPairs(&draw), draw.once(in: 3))))
        },
        Kind(3) { draw in
            Step(
                "monitoring DescribeAlarms",
                .object(
                    JSONObject([])
                        .with("AlarmNames", [alarm(&draw)], draw.once(in: 2))
                        .with("AlarmNamePrefix", "a", draw.once(in: 6))))
        },
        Kind(1) { draw in Step("monitoring DeleteAlarms", ["AlarmNames": [alarm(&draw)]]) },
        Kind(1) { draw in
            Step(
                "monitoring TagResource", ["ResourceARN": arn(&draw), "Tags": tagPairs(&draw)])
        },
        Kind(1) { draw in
            Step(
                "monitoring UntagResource",
                ["ResourceARN": arn(&draw), "TagKeys": [draw.one(of: ["a", "b"])]])
        },
        Kind(2) { draw in
            Step("monitoring ListTagsForResource", ["ResourceARN": arn(&draw)])
        },
    ]

    private static func alarm(_ draw: inout Draw) -> JSON {
        draw.one(of: ["a", "a", "a/b", "c"])
    }

    private static func arn(_ draw: inout Draw) -> JSON {
        let name = alarm(&draw).string ?? ""
        return .string("arn:aws:cloudwatch:us-east-1:123456789012:alarm:\(name)")
    }
}
