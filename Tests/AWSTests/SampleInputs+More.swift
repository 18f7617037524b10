@testable import AWS

extension SampleInputs {
    static let context = ["gaara:file": ".env", "gaara:application": "gaara-store"]
    static let role = "gaara-store-app"
    static let alarm = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:gaara-store-staging failed"

    static var roles: [any AWSOperation] {
        var question = IAM.Question(
            actionNames: ["secretsmanager:GetSecretValue", "kms:Decrypt"],
            resourceARNs: ["arn:aws:secretsmanager:us-east-1:123456789012:secret:a/b-??????"],
            context: [
                IAM.ContextEntry("kms:ViaService", ["secretsmanager.us-east-1.amazonaws.com"])
            ])
        let simulated = IAM.SimulatePrincipalPolicy(
            policySourceARN: "arn:aws:iam::123456789012:role/gaara-store-app", question: question)
        question.resourcePolicy = document
        question.callerARN = "arn:aws:iam::123456789012:user/alice"
        var details = IAM.GetAccountAuthorizationDetails(filter: [.role, .localManagedPolicy])
        details.marker = "m&1"
        return [
            IAM.CreateRole(
                roleName: role, assumeRolePolicyDocument: document, path: "/gaara-store/staging/",
                description: "a role", permissionsBoundaryARN: policy, tags: tags),
            IAM.DeleteRole(roleName: role),
            IAM.UpdateAssumeRolePolicy(roleName: role, policyDocument: document),
            IAM.PutRolePermissionsBoundary(roleName: role, policyARN: policy),
            IAM.DeleteRolePermissionsBoundary(roleName: role),
            IAM.TagRole(roleName: role, tags: tags),
            IAM.UntagRole(roleName: role, tagKeys: ["team", "x y"]),
            IAM.ListRolePolicies(roleName: role),
            IAM.GetRolePolicy(roleName: role, policyName: "inline"),
            details, simulated,
            IAM.SimulateCustomPolicy(policies: [document, "{}"], question: question),
        ]
    }

    static var identity: [any AWSOperation] {
        let roleARN = "arn:aws:iam::123456789012:role/gaara-store-app"
        return [
            STS.GetCallerIdentity(),
            STS.AssumeRole(
                roleARN: roleARN, sessionName: "a@b", externalID: "x y/1", duration: 900,
                mfa: STS.AssumeRole.MFA(
                    serialNumber: "arn:aws:iam::123456789012:mfa/alice", code: "123456")),
            STS.AssumeRoleWithWebIdentity(
                roleARN: roleARN, sessionName: "a@b", token: "head.body+/=.sign"),
            SSO.GetRoleCredentials(
                roleName: "a role", accountID: "123456789012", accessToken: "token"),
            SSOOIDC.CreateToken(
                clientID: "client", clientSecret: "secret\"", refreshToken: "refresh"),
        ]
    }

    static var cloudWatch: [any AWSOperation] {
        let dimensions = [CloudWatch.Dimension("Environment", "staging")]
        let failed = CloudWatch.MetricQuery.Source.statistic(
            CloudWatch.Metric(
                namespace: "GaaraStore/Secrets", name: "FailedAccess", dimensions: dimensions),
            name: "Sum", period: 300, unit: nil)
        var alarms = CloudWatch.DescribeAlarms(.prefix("gaara-store-staging"))
        alarms.marker = "t1"
        return [
            CloudWatch.PutMetricAlarm(
                alarm: CloudWatch.MetricAlarm(
                    name: "gaara-store-staging failed", description: "é",
                    alarmActions: ["arn:aws:sns:x"],
                    subject: .queries([
                        .init(id: "m1", source: failed, returnsData: false),
                        .init(
                            id: "e1", source: .expression("100 * m1"), label: "rate", period: 300),
                    ]),
                    evaluationPeriods: 3, datapointsToAlarm: 2, threshold: .value(5),
                    comparisonOperator: "GreaterThanThreshold", treatMissingData: "notBreaching"),
                tags: tags),
            alarms, CloudWatch.DeleteAlarms(alarmNames: ["a", "b"]),
            CloudWatch.ListTagsForResource(resourceARN: alarm),
            CloudWatch.TagResource(resourceARN: alarm, tags: tags),
            CloudWatch.UntagResource(resourceARN: alarm, tagKeys: ["team"]),
            CloudWatch.PutMetricData(
                namespace: "GaaraStore/Secrets",
                data: [
                    CloudWatch.Datum(
                        metricName: "SecretAccess", dimensions: dimensions,
                        timestamp: 1_440_938_160, values: [1, 2.5], counts: [3, 1], unit: "Count")
                ]),
            CloudWatch.GetMetricData(
                queries: [.init(id: "m1", source: failed)], startTime: 1_440_938_160 - 86_400,
                endTime: 1_440_938_160),
        ]
    }

    static var others: [any AWSOperation] {
        var resources = Tagging.GetResources(tags: tags, resourceTypes: ["kms:key"])
        resources.marker = "p1"
        return [
            resources,
            Lambda.GetPolicy(
                functionName: "arn:aws:lambda:us-east-1:123456789012:function:R",
                qualifier: "v 1/$"),
        ]
    }
}
