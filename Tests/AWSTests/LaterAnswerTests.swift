import POSIX
import Testing

@testable import AWS

/// Answers of the operations for data keys, replicas, roles, alarms, tags and functions.
@Suite("Answers of later operations")
struct LaterAnswerTests {
    private func output<Input: AWSOperation>(
        _ input: Input.Type, _ body: String
    ) throws(MalformedAnswer) -> Input.Output {
        try Input.output(from: Array(body.utf8))
    }

    @Test("a data key comes plain and encrypted, and is exactly 32 bytes")
    func dataKey() throws {
        let plain = String(repeating: "A", count: 43) + "="
        let key = try output(
            KMS.GenerateDataKey.self,
            #"{"CiphertextBlob":"AQL+","Plaintext":"\#(plain)","KeyId":"arn:k"}"#)
        #expect(key.plaintext.withBytes { $0 } == [UInt8](repeating: 0, count: 32))
        #expect(key.ciphertext == [1, 2, 0xfe])
        #expect(key.keyARN == "arn:k")
        #expect(throws: MalformedAnswer("Plaintext does not have 32 bytes")) {
            try output(
                KMS.GenerateDataKey.self,
                #"{"CiphertextBlob":"AQL+","Plaintext":"AAAA","KeyId":"k"}"#)
        }
        let text = try output(KMS.Decrypt.self, #"{"Plaintext":"aHVudGVyMg==","KeyId":"k"}"#)
        #expect(text.withBytes { $0 } == Array("hunter2".utf8))
        #expect(!"\(text)".contains("hunter2"))
        #expect(throws: MalformedAnswer("Plaintext is not base64")) {
            try output(KMS.Decrypt.self, #"{"Plaintext":"*"}"#)
        }
    }

    @Test("a batch of values brings values and refusals, and fails for none of them")
    func batch() throws {
        let page = try output(
            SecretsManager.BatchGetSecretValue.self,
            #"""
            {"SecretValues":[{"ARN":"a","Name":"n","VersionId":"v","SecretString":"hunter2"}],
            "Errors":[{"SecretId":"b","ErrorCode":"AccessDeniedException","Message":"no"}]}
            """#)
        #expect(page.items.count == 2)
        guard case .value(let value) = page.items[0], case .refused("b", let code) = page.items[1]
        else {
            Issue.record("the batch is not a value and a refusal")
            return
        }
        #expect(value.name == "n")
        #expect(code == "AccessDeniedException")
        #expect(!"\(page)".contains("hunter2"))
    }

    @Test("a validation says what is wrong, and replicas how far they are")
    func policyAndReplicas() throws {
        let verdict = try output(
            SecretsManager.ValidateResourcePolicy.self,
            #"{"PolicyValidationPassed":false,"ValidationErrors":[{"CheckName":"c","ErrorMessage":"m"}]}"#
        )
        #expect(!verdict.isValid)
        #expect(verdict.faults.map(\.message) == ["m"])
        #expect(throws: MalformedAnswer("PolicyValidationPassed is missing")) {
            try output(SecretsManager.ValidateResourcePolicy.self, "{}")
        }
        let replicas = try output(
            SecretsManager.ReplicateSecretToRegions.self,
            #"""
            {"ARN":"a","ReplicationStatus":[
            {"Region":"eu-central-1","Status":"Failed","StatusMessage":"it exists"}]}
            """#)
        #expect(replicas.map(\.statusMessage) == ["it exists"])
    }

    @Test("the account's details come as one list of users, groups, roles and policies")
    func details() throws {
        let head = "<Path>/</Path><Arn>arn</Arn>"
        let inline = """
            <member><PolicyName>i</PolicyName><PolicyDocument>%7B%7D</PolicyDocument></member>
            """
        let page = try output(
            IAM.GetAccountAuthorizationDetails.self,
            """
            <GetAccountAuthorizationDetailsResponse><GetAccountAuthorizationDetailsResult>
            <UserDetailList><member>\(head)<UserName>u</UserName><UserId>AIDA</UserId>
            <UserPolicyList>\(inline)</UserPolicyList><GroupList><member>g</member></GroupList>
            </member></UserDetailList>
            <GroupDetailList><member>\(head)<GroupName>g</GroupName><GroupId>AGPA</GroupId>
            </member></GroupDetailList>
            <RoleDetailList><member>\(head)<RoleName>r</RoleName><RoleId>AROA</RoleId>
            <AssumeRolePolicyDocument>%7B%22a%22%3A1%7D</AssumeRolePolicyDocument>
            <AttachedManagedPolicies><member><PolicyName>p</PolicyName><PolicyArn>arn:p</PolicyArn>
            </member></AttachedManagedPolicies></member></RoleDetailList>
            <Policies><member><PolicyName>p</PolicyName><PolicyId>ANPA</PolicyId><Arn>arn:p</Arn>
            <Path>/</Path><DefaultVersionId>v2</DefaultVersionId><PolicyVersionList><member>
            <VersionId>v2</VersionId><IsDefaultVersion>true</IsDefaultVersion>
            <Document>%7B%7D</Document></member></PolicyVersionList></member></Policies>
            <IsTruncated>true</IsTruncated><Marker>m</Marker>
            </GetAccountAuthorizationDetailsResult></GetAccountAuthorizationDetailsResponse>
            """)
        guard page.items.count == 4, case .user(let user) = page.items[0],
            case .group(let group) = page.items[1], case .role(let role) = page.items[2],
            case .policy(let policy, let versions) = page.items[3]
        else {
            Issue.record("the list is not a user, a group, a role and a policy")
            return
        }
        #expect(user.inlinePolicies.map(\.document) == ["{}"])
        #expect(user.groups == ["g"])
        #expect(group.principal.id == "AGPA")
        #expect(role.assumeRolePolicyDocument == #"{"a":1}"#)
        #expect(role.attachedPolicies.map(\.policyARN) == ["arn:p"])
        #expect(policy.defaultVersionID == "v2")
        #expect(versions.map(\.document) == ["{}"])
        #expect(page.next == "m")
    }

    @Test(
        "a simulated decision comes with what decided it, and another word than IAM's is an error")
    func simulation() throws {
        func body(_ decision: String) -> String {
            """
            <SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><EvaluationResults>
            <member><EvalActionName>kms:Decrypt</EvalActionName><EvalDecision>\(decision)</EvalDecision>
            <MatchedStatements><member><SourcePolicyId>p</SourcePolicyId></member></MatchedStatements>
            <MissingContextValues><member>kms:ViaService</member></MissingContextValues>
            <PermissionsBoundaryDecisionDetail><AllowedByPermissionsBoundary>false\
            </AllowedByPermissionsBoundary></PermissionsBoundaryDecisionDetail></member>
            </EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>
            """
        }
        let page = try output(IAM.SimulatePrincipalPolicy.self, body("implicitDeny"))
        let verdict = try #require(page.items.first)
        #expect(verdict.decision == .implicitDeny)
        #expect(verdict.resourceARN == "*")
        #expect(verdict.matchedPolicyIDs == ["p"])
        #expect(verdict.missingContextValues == ["kms:ViaService"])
        #expect(verdict.isAllowedByBoundary == false)
        #expect(verdict.isAllowedByOrganization == nil)
        #expect(throws: MalformedAnswer("member.EvalDecision is not a decision")) {
            try output(IAM.SimulatePrincipalPolicy.self, body("maybe"))
        }
    }

    // The form of today: one result for an action, with one part for each resource (IAM API,
    // EvaluationResult, "Important").
    @Test("of several resources each has a verdict of its own beside the strictest of all")
    func simulatedResources() throws {
        func part(_ resource: String, _ decision: String) -> String {
            """
            <member><EvalResourceName>\(resource)</EvalResourceName>
            <EvalResourceDecision>\(decision)</EvalResourceDecision>
            <MatchedStatements><member><SourcePolicyId>p</SourcePolicyId></member></MatchedStatements>
            <MissingContextValues/></member>
            """
        }
        func body(_ parts: String) -> String {
            """
            <SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><EvaluationResults>
            <member><EvalActionName>kms:Decrypt</EvalActionName><EvalDecision>explicitDeny</EvalDecision>
            <ResourceSpecificResults>\(parts)</ResourceSpecificResults></member>
            </EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>
            """
        }
        let text = body(part("arn:a", "allowed") + part("arn:b", "explicitDeny"))
        let verdict = try #require(
            try output(IAM.SimulatePrincipalPolicy.self, text).items.first)
        #expect(verdict.decision == .explicitDeny)
        #expect(verdict.resources.map(\.resourceARN) == ["arn:a", "arn:b"])
        #expect(verdict.resources.map(\.decision) == [.allowed, .explicitDeny])
        #expect(verdict.resources.map(\.matchedPolicyIDs) == [["p"], ["p"]])
        #expect(throws: MalformedAnswer("member.EvalResourceDecision is not a decision")) {
            try output(IAM.SimulatePrincipalPolicy.self, body(part("arn:a", "perhaps")))
        }
    }

    @Test("the names and the text of inline policies are read, a document decoded")
    func inlinePolicies() throws {
        let names = try output(
            IAM.ListRolePolicies.self,
            """
            <ListRolePoliciesResponse><ListRolePoliciesResult><PolicyNames><member>a</member>
            <member>b</member></PolicyNames><IsTruncated>false</IsTruncated>
            </ListRolePoliciesResult></ListRolePoliciesResponse>
            """)
        #expect(names.items == ["a", "b"])
        let policy = try output(
            IAM.GetRolePolicy.self,
            """
            <GetRolePolicyResponse><GetRolePolicyResult><RoleName>r</RoleName>
            <PolicyName>a</PolicyName><PolicyDocument>%7B%22a%22%3A%22b+c%22%7D</PolicyDocument>
            </GetRolePolicyResult></GetRolePolicyResponse>
            """)
        #expect(policy.document == #"{"a":"b+c"}"#)
    }

    @Test("an alarm on a metric or on computed queries, by a number or a band, is what was put")
    func alarms() throws {
        let page = try output(
            CloudWatch.DescribeAlarms.self,
            #"""
            {"MetricAlarms":[{"AlarmName":"a","AlarmArn":"arn:a","StateValue":"ALARM",
            "StateUpdatedTimestamp":1.5E9,"ActionsEnabled":true,"AlarmActions":["arn:t"],
            "Namespace":"N","MetricName":"M","Dimensions":[{"Name":"Environment","Value":"staging"}],
            "Statistic":"Sum","Period":60,"EvaluationPeriods":3,"Threshold":5.5,
            "ComparisonOperator":"GreaterThanThreshold","TreatMissingData":"notBreaching"},
            {"AlarmName":"b","AlarmArn":"arn:b","StateValue":"OK","EvaluationPeriods":1,
            "ThresholdMetricId":"band","ComparisonOperator":"GreaterThanUpperThreshold",
            "Metrics":[{"Id":"m","MetricStat":{"Metric":{"Namespace":"N","MetricName":"M"},
            "Period":300,"Stat":"Sum"}},{"Id":"band","Expression":"ANOMALY_DETECTION_BAND(m, 3)"}]}],
            "NextToken":"t"}
            """#)
        let metric = CloudWatch.Metric(
            namespace: "N", name: "M",
            dimensions: [CloudWatch.Dimension("Environment", "staging")])
        #expect(
            page.items.first?.alarm
                == CloudWatch.MetricAlarm(
                    name: "a", alarmActions: ["arn:t"],
                    subject: .metric(metric, statistic: "Sum", period: 60, unit: nil),
                    evaluationPeriods: 3, threshold: .value(5.5),
                    comparisonOperator: "GreaterThanThreshold", treatMissingData: "notBreaching"))
        #expect(page.items.first?.stateUpdatedDate == 1_500_000_000)
        #expect(page.items.last?.alarm.threshold == .band("band"))
        guard case .queries(let queries) = page.items.last?.alarm.subject else {
            Issue.record("the second alarm is not on queries")
            return
        }
        #expect(queries.map(\.id) == ["m", "band"])
        #expect(page.next == "t")
        #expect(throws: MalformedAnswer("MetricAlarms[0].Metrics is missing")) {
            try output(
                CloudWatch.DescribeAlarms.self,
                #"{"MetricAlarms":[{"AlarmName":"a","EvaluationPeriods":1}]}"#)
        }
    }

    @Test("a percentile is an extended statistic, and reads back as one")
    func percentile() throws {
        let metric = CloudWatch.Metric(namespace: "N", name: "M")
        let put = CloudWatch.PutMetricAlarm(
            alarm: CloudWatch.MetricAlarm(
                name: "a", subject: .metric(metric, statistic: "p90", period: 60, unit: "Count"),
                evaluationPeriods: 1, threshold: .value(1),
                comparisonOperator: "GreaterThanThreshold"))
        let body = String(decoding: put.body(), as: UTF8.self)
        #expect(body.contains(#""ExtendedStatistic":"p90""#))
        #expect(!body.contains(#""Statistic""#))
        let read = try output(
            CloudWatch.DescribeAlarms.self,
            #"{"MetricAlarms":[\#(body.dropLast()),"AlarmArn":"arn:a","StateValue":"OK"}]}"#)
        #expect(read.items.map(\.alarm) == [put.alarm])
    }

    @Test("a series pairs its times with its values, and is refused when they differ in number")
    func series() throws {
        let page = try output(
            CloudWatch.GetMetricData.self,
            #"""
            {"MetricDataResults":[{"Id":"m","StatusCode":"Complete","Timestamps":[1.5E9,1500000060.5],
            "Values":[1,2.5]}]}
            """#)
        let series = try #require(page.items.first)
        #expect(series.points.map(\.time) == [1_500_000_000, 1_500_000_060])
        #expect(series.points.map(\.value) == [1, 2.5])
        for values in ["[1]", #"["1",2]"#] {
            #expect(throws: MalformedAnswer.self) {
                try output(
                    CloudWatch.GetMetricData.self,
                    #"{"MetricDataResults":[{"Id":"m","Timestamps":[1,2],"Values":\#(values)}]}"#)
            }
        }
    }

    @Test("tagged things, an alarm's tags and a function's policy are read")
    func others() throws {
        let page = try output(
            Tagging.GetResources.self,
            #"""
            {"PaginationToken":"","ResourceTagMappingList":[
            {"ResourceARN":"arn:k","Tags":[{"Key":"a","Value":""}]}]}
            """#)
        #expect(page.items.map(\.tags) == [[Tag("a", "")]])
        #expect(page.next == nil)
        #expect(throws: MalformedAnswer("ResourceTagMappingList is missing")) {
            try output(Tagging.GetResources.self, "{}")
        }
        let tags = try output(
            CloudWatch.ListTagsForResource.self, #"{"Tags":[{"Key":"a","Value":"b"}]}"#)
        #expect(tags == [Tag("a", "b")])
        #expect(try output(Lambda.GetPolicy.self, #"{"Policy":"{}","RevisionId":"r"}"#) == "{}")
    }
}
