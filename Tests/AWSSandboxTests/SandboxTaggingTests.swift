import AWS
import AWSSandbox
import HTTP
import JSON
import Testing

@Suite struct SandboxTaggingTests {
    let bench: Bench

    init() throws { bench = try Bench(delays: .none) }

    /// A key, two secrets and an alarm of one application, and a key of another.
    private func fill() async throws -> (key: String, secrets: [String], alarm: String) {
        let tags = [Tag("app", "gaara"), Tag("env", "test")]
        let key = try await bench.client.send(KMS.CreateKey(tags: tags)).arn
        _ = try await bench.client.send(KMS.CreateKey(tags: [Tag("app", "other")]))
        _ = try await bench.client.send(KMS.CreateKey())
        var secrets: [String] = []
        for name in ["a", "b"] {
            secrets.append(
                try await bench.client.send(
                    SecretsManager.CreateSecret(
                        name: name, clientRequestToken: token("1"), value: .text("x"), tags: tags)
                ).arn)
        }
        let alarm = CloudWatch.MetricAlarm(
            name: "alarm",
            subject: .metric(
                CloudWatch.Metric(namespace: "N", name: "m"), statistic: "Sum", period: 60,
                unit: nil),
            evaluationPeriods: 1, threshold: .value(1), comparisonOperator: "GreaterThanThreshold")
        try await bench.client.send(CloudWatch.PutMetricAlarm(alarm: alarm, tags: tags))
        return (key, secrets, "arn:aws:cloudwatch:us-east-1:123456789012:alarm:alarm")
    }

    private func arns(_ input: JSON) async throws -> [String] {
        let answer = try await bench.tagging(input)
        return answer.json?["ResourceTagMappingList"]?.array?
            .compactMap { $0["ResourceARN"]?.string } ?? [answer.text]
    }

    @Test("what carries all tags is found, whatever its service, and by type")
    func found() async throws {
        let made = try await fill()
        let all = ([made.key, made.alarm] + made.secrets).sorted()
        let app: JSON = [["Key": "app", "Values": ["gaara", "unknown"]], ["Key": "env"]]
        #expect(try await arns(["TagFilters": app]) == all)
        #expect(
            try await arns(["TagFilters": app, "ResourceTypeFilters": ["kms:key"]]) == [made.key])
        #expect(
            try await arns([
                "TagFilters": app, "ResourceTypeFilters": ["secretsmanager", "cloudwatch:alarm"],
            ]) == ([made.alarm] + made.secrets).sorted())
        #expect(try await arns(["TagFilters": [["Key": "App"]]]) == [])
        #expect(try await arns([:]).count == 5)
        let found = try await bench.client.send(
            Tagging.GetResources(tags: [Tag("app", "gaara"), Tag("env", "test")]))
        #expect(found.items.map(\.arn) == all)
        #expect(found.next?.isEmpty ?? true)
    }

    @Test("a key and a secret that wait for their deletion are still found")
    func pendingDeletion() async throws {
        let made = try await fill()
        _ = try await bench.client.send(
            KMS.ScheduleKeyDeletion(keyID: made.key, pendingWindowInDays: 7))
        _ = try await bench.client.send(
            SecretsManager.DeleteSecret(secretID: "a", recoveryWindowInDays: 7))
        #expect(try await arns(["TagFilters": [["Key": "env"]]]).count == 4)
    }

    @Test("a list of ARNs stands alone, and leaves out what is not there")
    func listOfARNs() async throws {
        let made = try await fill()
        let list: JSON = [.string(made.key), "arn:aws:kms:us-east-1:123456789012:key/none"]
        #expect(try await arns(["ResourceARNList": list]) == [made.key])
        for (name, value) in [
            ("TagFilters", [["Key": "a"]]), ("ResourceTypeFilters", ["kms"]),
            ("ResourcesPerPage", 5), ("PaginationToken", "x"),
        ] as [(String, JSON)] {
            var input: JSONObject = ["ResourceARNList": list]
            input[name] = value
            #expect(
                try await bench.tagging(.object(input)).refusal[0] == "InvalidParameterException")
        }
        #expect(try await bench.tagging(["ResourceARNList": ["none"]]).status == 400)
    }

    @Test("pages follow each other by a token that is good for its query and 15 minutes")
    func pages() async throws {
        _ = try await fill()
        let first = try await bench.tagging(["ResourcesPerPage": 3])
        let token = try #require(first.json?["PaginationToken"])
        #expect(token != "")
        let second = try await bench.tagging([
            "ResourcesPerPage": 3, "PaginationToken": token,
        ])
        #expect(second.json?["ResourceTagMappingList"]?.array?.count == 2)
        #expect(second.json?["PaginationToken"] == "")
        let other = try await bench.tagging([
            "TagFilters": [["Key": "app"]], "PaginationToken": token,
        ])
        #expect(other.refusal[0] == "InvalidParameterException")
        bench.sandbox.advance(by: 901)
        #expect(
            try await bench.tagging(["PaginationToken": token]).refusal[0]
                == "PaginationTokenExpiredException")
        for count in [0, 101] {
            #expect(
                try await bench.tagging(["ResourcesPerPage": JSON(count)]).refusal[0]
                    == "InvalidParameterException")
        }
    }
}
