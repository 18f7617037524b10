import AWSSandbox
import JSON

extension Gallery {
    /// IAM, STS, CloudWatch, tagging and Lambda.
    static let principals: [String: @Sendable (Wire) async throws -> Wire.Reply] = [
        "iam CreatePolicy": { try await policy($0) },
        "iam GetPolicy": {
            _ = try await policy($0, tags: [])
            return try await $0.call("iam GetPolicy", ["PolicyArn": policyARN])
        },
        "iam CreateRole": { try await role($0) },
        "iam GetRole": {
            _ = try await role($0)
            return try await $0.call("iam GetRole", ["RoleName": "role"])
        },
        "iam ListRoles": {
            _ = try await role($0)
            return try await $0.call("iam ListRoles")
        },
        "iam CreateUser": { try await $0.call("iam CreateUser", ["UserName": "user"]) },
        "iam GetUser": {
            $0.bench.account.addUser("user")
            return try await $0.call("iam GetUser", ["UserName": "user"])
        },
        "iam ListAttachedRolePolicies": {
            $0.bench.account.addRole("role")
            _ = try await policy($0)
            _ = try await $0.made(
                "iam AttachRolePolicy", ["RoleName": "role", "PolicyArn": policyARN])
            return try await $0.call("iam ListAttachedRolePolicies", ["RoleName": "role"])
        },
        "iam ListRolePolicies": {
            _ = try await inline($0, "Role")
            return try await $0.call("iam ListRolePolicies", ["RoleName": "entity"])
        },
        "iam GetRolePolicy": { try await inline($0, "Role") },
        "iam GetUserPolicy": { try await inline($0, "User") },
        "iam GetGroupPolicy": { try await inline($0, "Group") },
        "iam ListGroupsForUser": {
            $0.bench.account.addUser("user")
            $0.bench.account.addGroup("group")
            _ = try await $0.made("iam AddUserToGroup", ["UserName": "user", "GroupName": "group"])
            return try await $0.call("iam ListGroupsForUser", ["UserName": "user"])
        },
        "iam SimulatePrincipalPolicy": {
            let role = $0.bench.account.addRole("role")
            _ = try await policy($0)
            _ = try await $0.made(
                "iam AttachRolePolicy", ["RoleName": "role", "PolicyArn": policyARN])
            return try await $0.call(
                "iam SimulatePrincipalPolicy",
                [
                    "PolicySourceArn": .string(role), "ActionNames": ["s3:GetObject"],
                    "ResourceArns": ["arn:aws:s3:::bucket/key"],
                ])
        },
        "monitoring DescribeAlarms": {
            _ = try await alarm($0)
            return try await $0.call("monitoring DescribeAlarms")
        },
        "monitoring ListTagsForResource": {
            _ = try await alarm($0)
            return try await $0.call(
                "monitoring ListTagsForResource",
                ["ResourceARN": "arn:aws:cloudwatch:us-east-1:123456789012:alarm:alarm"])
        },
        "monitoring PutAnomalyDetector": { try await detector($0) },
        "monitoring DescribeAnomalyDetectors": {
            _ = try await detector($0)
            return try await $0.call("monitoring DescribeAnomalyDetectors")
        },
        "monitoring DeleteAnomalyDetector": {
            _ = try await detector($0)
            return try await $0.call("monitoring DeleteAnomalyDetector", detectorInput)
        },
        "monitoring GetMetricData": {
            try await $0.call(
                "monitoring GetMetricData",
                [
                    "StartTime": 1_767_225_000, "EndTime": 1_767_225_600,
                    "MetricDataQueries": [
                        [
                            "Id": "m",
                            "MetricStat": [
                                "Metric": ["Namespace": "n", "MetricName": "m"], "Period": 60,
                                "Stat": "Sum",
                            ],
                        ]
                    ],
                ])
        },
        "tagging GetResources": {
            _ = try await $0.made(
                "secretsmanager CreateSecret",
                [
                    "Name": "a", "ClientRequestToken": .string(token("1")),
                    "Tags": [["Key": "a", "Value": "b"]],
                ])
            return try await $0.call("tagging GetResources")
        },
        "lambda AddPermission": { try await permission($0) },
        "lambda GetPolicy": {
            _ = try await permission($0)
            return try await $0.call("lambda GetPolicy", ["FunctionName": "rotate"])
        },
    ]

    private static let policyARN: JSON = "arn:aws:iam::123456789012:policy/policy"
    private static let document: JSON = .string(
        #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","#
            + #""Resource":"*"}}"#)

    private static func policy(
        _ wire: Wire, tags: JSON = [["Key": "a", "Value": "b"]]
    ) async throws -> Wire.Reply {
        try await wire.call(
            "iam CreatePolicy",
            ["PolicyName": "policy", "PolicyDocument": document, "Tags": tags])
    }

    private static func role(_ wire: Wire) async throws -> Wire.Reply {
        let trust =
            #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","#
            + #""Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}}"#
        return try await wire.call(
            "iam CreateRole", ["RoleName": "role", "AssumeRolePolicyDocument": .string(trust)])
    }

    /// The answer of GetRolePolicy and its siblings.
    private static func inline(_ wire: Wire, _ kind: String) async throws -> Wire.Reply {
        wire.bench.account.addRole("entity")
        wire.bench.account.addUser("entity")
        wire.bench.account.addGroup("entity")
        let name: JSONObject = ["\(kind)Name": "entity", "PolicyName": "inline"]
        var input = name
        input["PolicyDocument"] = document
        _ = try await wire.made("iam Put\(kind)Policy", .object(input))
        return try await wire.call("iam Get\(kind)Policy", .object(name))
    }

    private static func alarm(_ wire: Wire) async throws -> Wire.Reply {
        try await wire.made(
            "monitoring PutMetricAlarm",
            [
                "AlarmName": "alarm", "Namespace": "n", "MetricName": "m", "Period": 60,
                "Statistic": "Sum", "EvaluationPeriods": 1, "Threshold": 1,
                "ComparisonOperator": "GreaterThanThreshold",
                "Tags": [["Key": "a", "Value": "b"]],
            ])
    }

    private static let detectorInput: JSON = [
        "SingleMetricAnomalyDetector": [
            "Namespace": "n", "MetricName": "m", "Stat": "Sum",
            "Dimensions": [["Name": "a", "Value": "b"]],
        ]
    ]

    private static func detector(_ wire: Wire) async throws -> Wire.Reply {
        try await wire.call("monitoring PutAnomalyDetector", detectorInput)
    }

    private static func permission(_ wire: Wire) async throws -> Wire.Reply {
        wire.bench.account.addFunction(
            "arn:aws:lambda:us-east-1:123456789012:function:rotate", permitsSecretsManager: false)
        return try await wire.call(
            "lambda AddPermission",
            [
                "FunctionName": "rotate", "StatementId": "s", "Action": "lambda:InvokeFunction",
                "Principal": "secretsmanager.amazonaws.com",
            ])
    }
}
