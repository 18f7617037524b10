import AWS
import AWSSandbox
import HTTP
import JSON
import SigV4
import Testing

/// One test for each row of reference/moto.md, "Wire level" and "IAM enforcement mode", that no
/// other suite has: there moto is wrong, and AWS's answer is the sandbox's.
@Suite struct MotoWireTests {
    let bench: Bench
    let key: SigningCredential

    init() throws {
        bench = try Bench(delays: .none)
        key = bench.account.accessKey(for: "user/alice")
    }

    @Test("success has its protocol's media type, where moto says HTML")
    func mediaTypes() async throws {
        let types = [
            try await bench.raw("TrentService.ListKeys", [:]),
            try await bench.raw("secretsmanager.ListSecrets", [:]),
            try await bench.cloudWatch("DescribeAlarms", [:]),
            try await bench.tagging([:]),
            try await query("iam", "ListPolicies", "2010-05-08"),
            try await query("sts", "GetCallerIdentity", "2011-06-15"),
        ].map { $0.header("content-type") ?? "" }
        #expect(
            types == [
                "application/x-amz-json-1.1", "application/x-amz-json-1.1",
                "application/x-amz-json-1.0", "application/x-amz-json-1.1", "text/xml", "text/xml",
            ])
    }

    private func query(
        _ service: String, _ action: String, _ version: String, _ more: String = ""
    ) async throws -> HTTPResponse {
        try await bench.sandbox.send(
            bench.query(
                service: service, form: "Action=\(action)&Version=\(version)\(more)",
                signedWith: key))
    }

    // LS snapshots; aws/aws-sdk-cpp#1681.
    @Test("Secrets Manager's own errors say Message, KMS's and the front door's say message")
    func messages() async throws {
        let own = try await bench.raw("secretsmanager.DescribeSecret", ["SecretId": "none"])
        #expect(own.json?["Message"] == "Secrets Manager can't find the specified secret.")
        #expect(own.json?["message"] == nil)
        let kms = try await bench.raw("TrentService.DescribeKey", ["KeyId": "none"])
        #expect(kms.json?["message"] == "Invalid keyId 'none'")
        #expect(kms.json?["Message"] == nil)
        let front = try await bench.raw("secretsmanager.DescribeSecret", [:])
        #expect(front.json?["message"] != nil)
    }

    @Test("what is not there is status 400 in JSON services, 404 in IAM")
    func notFound() async throws {
        #expect(
            try await bench.raw("secretsmanager.GetSecretValue", ["SecretId": "none"]).status
                == 400)
        #expect(try await bench.raw("TrentService.DescribeKey", ["KeyId": "none"]).status == 400)
        let iam = try await query("iam", "GetPolicy", "2010-05-08", "&PolicyArn=arn%3Anone")
        #expect(iam.status == 404)
    }

    @Test("bad parameters, malformed JSON and forms are refused, never answered 500")
    func badInput() async throws {
        for body in ["{", "[]", "null", "\"x\"", "{\"SecretId\":5}", "{\"SecretId\":\"a\",}"] {
            let answer = try await bench.sandbox.send(
                bench.request(
                    service: "secretsmanager", target: "secretsmanager.DescribeSecret",
                    body: Array(body.utf8), signedWith: key))
            #expect(answer.status == 400)
            #expect(answer.refusal[0] == "SerializationException", "\(body)")
        }
        let long = String(repeating: "%5B", count: 2000)
        for form in ["&PolicyName=a&PolicyDocument=\(long)", "", "&PolicyName=%FF"] {
            let answer = try await query("iam", "CreatePolicy", "2010-05-08", form)
            #expect((400..<500).contains(answer.status) || answer.status == 501)
        }
    }

    @Test("an error of the query protocol says its message once")
    func oneMessage() async throws {
        let answer = try await query("iam", "GetPolicy", "2010-05-08", "&PolicyArn=arn%3Anone")
        let parts = answer.text.lowercased().split(separator: "<message>")
        #expect(parts.count == 2)
        #expect(answer.text.contains("<Type>Sender</Type><Code>NoSuchEntity</Code>"))
        #expect(answer.text.contains("<RequestId>"))
    }

    @Test(
        "a refused signature is JSON 400 for JSON services, never XML",
        arguments: [
            ("kms", "TrentService.ListKeys"), ("secretsmanager", "secretsmanager.ListSecrets"),
            ("monitoring", "GraniteServiceVersion20100801.DescribeAlarms"),
            ("tagging", "ResourceGroupsTaggingAPI_20170126.GetResources"),
        ])
    func authErrors(service: String, target: String) async throws {
        let wrong = SigningCredential(accessKeyID: key.accessKeyID, secretAccessKey: "guessed")
        for (credential, code) in [
            (wrong, "InvalidSignatureException"), (nil, "MissingAuthenticationTokenException"),
            (
                SigningCredential(accessKeyID: "AKIANOBODY", secretAccessKey: "x"),
                "UnrecognizedClientException"
            ),
        ] as [(SigningCredential?, String)] {
            let answer = try await bench.sandbox.send(
                bench.request(
                    service: service, target: target, body: Array("{}".utf8),
                    signedWith: credential))
            #expect(answer.status == 400)
            #expect(answer.bareRefusal[0] == code)
        }
        // moto takes a signature that is a day old.
        let old = try await bench.sandbox.send(
            bench.request(
                service: service, target: target, body: Array("{}".utf8), signedWith: key,
                skew: -86_400))
        #expect(old.bareRefusal[0] == "InvalidSignatureException")
    }

    @Test("a body that changed after signing is refused by every protocol")
    func tampered() async throws {
        var form = bench.query(
            service: "sts", form: "Action=GetCallerIdentity&Version=2011-06-15", signedWith: key)
        form.body += Array("&Tag=1".utf8)
        #expect(try await bench.sandbox.send(form).status == 403)
        var alarms = bench.request(
            service: "monitoring", target: "GraniteServiceVersion20100801.DescribeAlarms",
            body: Array("{}".utf8), signedWith: key)
        alarms.body = Array(#"{"MaxRecords":1}"#.utf8)
        #expect(try await bench.sandbox.send(alarms).status == 400)
    }

    @Test("a right signature for another region is refused, where the host names its own")
    func otherRegion() async throws {
        let answer = try await bench.sandbox.send(
            bench.request(
                service: "monitoring", target: "GraniteServiceVersion20100801.DescribeAlarms",
                body: Array("{}".utf8), signedWith: key, region: "eu-west-1"))
        #expect(answer.bareRefusal[0] == "InvalidSignatureException")
    }

    // The CBOR form of CloudWatch is AWS's too; the sandbox says that it does not know it.
    @Test("a path, a method and a protocol that are not known are answered 501")
    func unknown() async throws {
        for (method, path) in [
            ("POST", "/service/GraniteServiceVersion20100801/operation/DescribeAlarms"),
            ("GET", "/"), ("PUT", "/2015-03-31/functions/f/policy"),
            ("GET", "/2015-03-31/functions//policy"),
        ] {
            #expect(try await bench.send(method, path, "monitoring", [], []).status == 501)
        }
        #expect(try await bench.cloudWatch("PutDashboard", [:]).status == 501)
    }

    // CloudWatch's actions are cloudwatch: and tagging's tag:, where moto wants monitoring:.
    @Test("a denial names the action as policies do")
    func actions() async throws {
        bench.account.deny("cloudwatch:PutMetricData", for: "user/alice")
        bench.account.deny("tag:GetResources", for: "user/alice")
        let metric = try await bench.cloudWatch("PutMetricData", ["Namespace": "N"])
        #expect(metric.bareRefusal[1]?.contains("cloudwatch:PutMetricData") ?? false)
        #expect(metric.bareRefusal[0] == "AccessDeniedException")
        let resources = try await bench.tagging([:])
        #expect(resources.refusal[1]?.contains("tag:GetResources") ?? false)
    }

    @Test("a policy that AWS or another account does not have is not attached")
    func unknownPolicy() async throws {
        bench.account.addRole("app")
        for arn in [
            "arn:aws:iam::aws:policy/custom/Reader", "arn:aws:iam::210987654321:policy/Reader",
        ] {
            await expectRefusal("NoSuchEntity", status: 404) {
                try await bench.client.send(
                    IAM.AttachRolePolicy(roleName: "app", policyARN: arn))
            }
        }
    }
}
