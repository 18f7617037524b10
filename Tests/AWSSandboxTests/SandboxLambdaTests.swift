import AWS
import AWSSandbox
import HTTP
import JSON
import Testing

@Suite struct SandboxLambdaTests {
    static let arn = "arn:aws:lambda:us-east-1:123456789012:function:rotate"
    static let encoded = "arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Arotate"
    let bench: Bench

    init() throws {
        bench = try Bench(delays: .none)
        bench.account.addFunction(Self.arn, permitsSecretsManager: false)
    }

    private func permission(_ changes: [String: JSON?] = [:]) -> JSON {
        var members: JSONObject = [
            "StatementId": "sm", "Action": "lambda:InvokeFunction",
            "Principal": "secretsmanager.amazonaws.com",
        ]
        for (name, value) in changes { members[name] = value }
        return .object(members)
    }

    private func add(_ changes: [String: JSON?] = [:]) async throws -> HTTPResponse {
        try await bench.lambda("POST", "rotate/policy", permission(changes))
    }

    // LS test_permission_exceptions.
    @Test("a function without a policy is answered as one that does not exist")
    func none() async throws {
        for name in ["rotate", "nobody"] {
            let answer = try await bench.lambda("GET", "\(name)/policy")
            #expect(answer.status == 404)
            #expect(answer.header("x-amzn-ErrorType") == "ResourceNotFoundException")
            #expect(
                answer.text
                    == #"{"Type":"User","Message":"The resource you requested does not exist."}"#)
        }
        await expectRefusal("ResourceNotFoundException", status: 404) {
            try await bench.client.send(Lambda.GetPolicy(functionName: Self.arn))
        }
    }

    // LS test_add_lambda_permission_aws, test_add_lambda_permission_fields.
    @Test("what is added is read back, by name and by ARN, with its conditions")
    func added() async throws {
        let made = try await add([
            "SourceAccount": "123456789012", "SourceArn": "arn:aws:secretsmanager:us-east-1:1:s",
        ])
        #expect(made.status == 201)
        #expect(made.header("content-type") == "application/json")
        let statement = try JSON(parsing: #require(made.json?["Statement"]?.string))
        let expected: JSON = [
            "Sid": "sm", "Effect": "Allow",
            "Principal": ["Service": "secretsmanager.amazonaws.com"],
            "Action": "lambda:InvokeFunction", "Resource": .string(Self.arn),
            "Condition": [
                "StringEquals": ["AWS:SourceAccount": "123456789012"],
                "ArnLike": ["AWS:SourceArn": "arn:aws:secretsmanager:us-east-1:1:s"],
            ],
        ]
        #expect(statement == expected)
        for name in ["rotate", Self.encoded, "123456789012%3Afunction%3Arotate"] {
            let policy = try await bench.lambda("GET", "\(name)/policy").json?["Policy"]?.string
            #expect(
                try JSON(parsing: policy ?? "") == [
                    "Version": "2012-10-17", "Id": "default", "Statement": [expected],
                ])
        }
        let text = try await bench.client.send(Lambda.GetPolicy(functionName: Self.arn))
        #expect(try JSON(parsing: text)["Id"] == "default")
    }

    // moto accepts it; LS test_permission_exceptions.
    @Test("a statement id is there once")
    func conflict() async throws {
        #expect(try await add().status == 201)
        let again = try await add(["Principal": "s3.amazonaws.com"])
        #expect(again.status == 409)
        #expect(again.header("x-amzn-ErrorType") == "ResourceConflictException")
        #expect(
            again.json?["message"]?.string
                == "The statement id (sm) provided already exists. Please provide a new "
                + "statement id, or remove the existing statement.")
    }

    // LS test_permission_exceptions.
    @Test(
        "a permission that Lambda would not take is refused",
        arguments: [
            (["StatementId": "example.com"], "ValidationException"),
            (["StatementId": nil], "ValidationException"),
            (["Action": "s3:GetObject"], "ValidationException"),
            (["Principal": "two words"], "ValidationException"),
            (["Principal": "invalid"], "InvalidParameterValueException"),
            (["SourceAccount": "1"], "ValidationException"),
            (["SourceArn": "secret"], "ValidationException"),
            (["RevisionId": "none"], "PreconditionFailedException"),
        ] as [([String: JSON?], String)])
    func refused(changes: [String: JSON?], code: String) async throws {
        let answer = try await add(changes)
        #expect(answer.header("x-amzn-ErrorType") == code, "\(answer.text)")
        #expect(answer.status == (code == "PreconditionFailedException" ? 412 : 400))
    }

    // LS test_permission_exceptions, test_remove_multi_permissions.
    @Test("functions and statements that are not there are named as Lambda names them")
    func missing() async throws {
        func message(_ method: String, _ target: String, _ input: JSON? = nil) async throws
            -> String?
        {
            let answer = try await bench.lambda(method, target, input)
            return answer.json?["Message"]?.string ?? answer.json?["message"]?.string
        }
        let nobody = "arn:aws:lambda:us-east-1:123456789012:function:nobody"
        #expect(
            try await message("POST", "nobody/policy", permission())
                == "Function not found: \(nobody)")
        #expect(
            try await message("DELETE", "nobody/policy/sm") == "No policy found for: \(nobody)")
        #expect(
            try await message("DELETE", "rotate/policy/sm")
                == "No policy is associated with the given resource.")
        #expect(
            try await message("POST", "rotate/policy?Qualifier=$LATEST", permission())
                == "We currently do not support adding policies for $LATEST.")
        #expect(
            try await message("POST", "rotate:1/policy?Qualifier=2", permission())
                == "The derived qualifier from the function name does not match the specified "
                + "qualifier.")
        _ = try await add()
        #expect(
            try await message("DELETE", "rotate/policy/non-existent")
                == "Statement non-existent is not found in resource policy.")
    }

    @Test("RotateSecret works from the permission on, and no more once it is removed")
    func rotation() async throws {
        _ = try await bench.client.send(
            SecretsManager.CreateSecret(
                name: "s", clientRequestToken: token("1"), value: .text("x")))
        func rotate(_ character: Character) async throws {
            _ = try await bench.client.send(
                SecretsManager.RotateSecret(
                    secretID: "s", clientRequestToken: token(character),
                    rotationLambdaARN: Self.arn, rotateImmediately: true))
        }
        await expectRefusal("AccessDeniedException") { try await rotate("2") }
        _ = try await add(["SourceAccount": "210987654321"])
        await expectRefusal("AccessDeniedException") { try await rotate("2") }
        #expect(try await bench.lambda("DELETE", "rotate/policy/sm").status == 204)
        _ = try await add(["SourceArn": "arn:aws:secretsmanager:*:123456789012:secret:s-??????"])
        try await rotate("2")
        #expect(try await bench.lambda("DELETE", "rotate/policy/sm").text == "")
        await expectRefusal("AccessDeniedException") { try await rotate("3") }
    }
}
