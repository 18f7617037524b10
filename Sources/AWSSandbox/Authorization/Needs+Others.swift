/// What each call of CloudWatch needs (service authorization reference, "Amazon CloudWatch").
enum CloudWatchNeeds {
    typealias Row = @Sendable (Call, Input, Region) -> [AccessNeed]

    static let rows: [String: Row] = [
        "PutMetricAlarm": put, "SetAlarmState": alarm, "DescribeAlarms": allAlarms,
        "DeleteAlarms": alarms, "EnableAlarmActions": alarms, "DisableAlarmActions": alarms,
        "ListTagsForResource": tagged, "TagResource": tagged, "UntagResource": tagged,
        "PutMetricData": metricData, "GetMetricData": anywhere, "ListMetrics": anywhere,
        "PutAnomalyDetector": anywhere, "DescribeAnomalyDetectors": anywhere,
        "DeleteAnomalyDetector": anywhere,
    ]

    private static let anywhere: Row = { call, _, _ in
        [AccessNeed("cloudwatch:\(call.operation)")]
    }

    private static let metricData: Row = { _, input, _ in
        var need = AccessNeed("cloudwatch:PutMetricData")
        need.context.add("cloudwatch:namespace", text("Namespace", of: input))
        return [need]
    }

    private static let allAlarms: Row = { call, _, region in
        [AccessNeed("cloudwatch:\(call.operation)", on: region.arn("cloudwatch", "alarm:*"))]
    }

    private static let alarm: Row = { call, input, region in
        [
            need(
                call, region.arn("cloudwatch", "alarm:\(text("AlarmName", of: input) ?? "")"),
                region)
        ]
    }

    private static let alarms: Row = { call, input, region in
        ((try? input.texts("AlarmNames")).flatMap(\.self) ?? []).map {
            need(call, region.arn("cloudwatch", "alarm:\($0)"), region)
        }
    }

    private static let put: Row = { call, input, region in
        let arn = region.arn("cloudwatch", "alarm:\(text("AlarmName", of: input) ?? "")")
        var need = need(call, arn, region)
        need.context.merge(AccessNeed.requested(tags(of: input))) { $1 }
        guard need.context["aws:TagKeys"] != nil else { return [need] }
        return [need, AccessNeed("cloudwatch:TagResource", on: arn, context: need.context)]
    }

    private static let tagged: Row = { call, input, region in
        var need = need(call, text("ResourceARN", of: input) ?? "*", region)
        need.context.merge(AccessNeed.requested(tags(of: input))) { $1 }
        if let keys = (try? input.texts("TagKeys")).flatMap(\.self) {
            need.context["aws:TagKeys"] = keys
        }
        return [need]
    }

    private static func need(_ call: Call, _ arn: String, _ region: Region) -> AccessNeed {
        var need = AccessNeed("cloudwatch:\(call.operation)", on: arn)
        if let alarm = region.alarms.values.first(where: { $0.arn == arn }) {
            need.context = AccessNeed.carried(
                region.tagsBefore(of: arn, now: call.now) ?? alarm.tags, as: ["aws:ResourceTag"])
        }
        return need
    }

    private static func text(_ key: String, of input: Input) -> String? {
        (try? input.text(key)).flatMap(\.self)
    }

    private static func tags(of input: Input) -> [Tags.Tag] {
        (try? input.tags(key: "Key", value: "Value")).flatMap(\.self) ?? []
    }
}

/// What each call of the tagging API needs.
enum TaggingNeeds {
    static let rows: [String: CloudWatchNeeds.Row] = [
        "GetResources": { call, _, _ in [AccessNeed("tag:\(call.operation)")] }
    ]
}

/// What each call of Lambda needs (service authorization reference, "AWS Lambda").
enum LambdaNeeds {
    static let rows: [String: CloudWatchNeeds.Row] = [
        "GetPolicy": function, "AddPermission": function, "RemovePermission": function,
    ]

    private static let function: CloudWatchNeeds.Row = { call, input, region in
        guard let name = try? FunctionName(of: input, in: region) else { return [] }
        var need = AccessNeed("lambda:\(call.operation)", on: name.arn)
        if call.operation == "AddPermission" {
            need.context.add("lambda:Principal", (try? input.text("Principal")).flatMap(\.self))
        }
        return [need]
    }
}

/// What each call of STS needs; who may assume a role its trust policy decides as well.
enum STSNeeds {
    typealias Row = @Sendable (Call, Form) -> [AccessNeed]

    static let rows: [String: Row] = [
        // No permission is asked for (STS API reference, GetCallerIdentity, GetSessionToken).
        "GetCallerIdentity": { _, _ in [] }, "GetSessionToken": { _, _ in [] },
        "GetAccessKeyInfo": anywhere, "DecodeAuthorizationMessage": anywhere,
        // Asked when the role's trust is known; that of a web identity by the trust alone.
        "AssumeRole": { _, _ in [] }, "AssumeRoleWithWebIdentity": { _, _ in [] },
    ]

    private static let anywhere: Row = { call, _ in [AccessNeed("sts:\(call.operation)")] }
}
