import AWS
import AWSSandbox
import HTTP
import Testing

@Suite("IAM's policy simulator")
struct SandboxIAMSimulationTests {
    private static let secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/a-AbCdEf"
    private static let other = "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/b-AbCdEf"
    private static let key =
        "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"

    static func statement(
        _ effect: String, _ action: String, on resource: String = "*", _ more: String = ""
    ) -> String {
        #"{"Version":"2012-10-17","Statement":[{"Effect":"\#(effect)","Action":"\#(action)","#
            + #""Resource":"\#(resource)"\#(more)}]}"#
    }

    func custom(
        _ policies: [String], _ question: IAM.Question
    ) async throws -> [IAM.Evaluation] {
        let bench = try Bench()
        return try await bench.client.all(
            IAM.SimulateCustomPolicy(policies: policies, question: question))
    }

    func answer(
        to bench: Bench, _ operation: String, _ fields: [(String, String)]
    ) async throws -> HTTPResponse {
        let form = [("Action", operation), ("Version", "2010-05-08")] + fields
        let body = form.map { "\($0.0)=\($0.1.formEncoded)" }.joined(separator: "&")
        let key = bench.account.accessKey(for: "user/alice")
        return try await bench.sandbox.send(
            bench.query(service: "iam", form: body, signedWith: key))
    }

    @Test(
        "says allowed, denied by a statement, or by none",
        arguments: [
            (
                "secretsmanager:GetSecretValue", IAM.Evaluation.Decision.allowed,
                ["PolicyInputList.1"]
            ),
            ("secretsmanager:DeleteSecret", .explicitDeny, ["PolicyInputList.2"]),
            ("secretsmanager:TagResource", .implicitDeny, []),
        ])
    func decisions(
        action: String, decision: IAM.Evaluation.Decision, matched: [String]
    ) async throws {
        let policies = [
            Self.statement("Allow", "secretsmanager:*e*Secret*"),
            Self.statement("Deny", "secretsmanager:DeleteSecret"),
        ]
        let answers = try await custom(policies, IAM.Question(actionNames: [action]))
        #expect(answers.map(\.actionName) == [action])
        #expect(answers.map(\.resourceARN) == ["*"])
        #expect(answers.map(\.decision) == [decision])
        #expect(answers.map(\.matchedPolicyIDs) == [matched])
        #expect(answers.map(\.isAllowedByBoundary) == [nil])
        #expect(answers.map(\.isAllowedByOrganization) == [nil])
    }

    // LS test_simulate_principle_policy; its account is in an organization, ours is in none.
    @Test(
        "answers for each action and resource as AWS was recorded to",
        arguments: ["role", "group", "user"])
    func recorded(kind: String) async throws {
        let bench = try Bench()
        let arn =
            switch kind {
            case "role": bench.account.addRole("somebody")
            case "group": bench.account.addGroup("somebody")
            default: bench.account.addUser("somebody")
            }
        let policy = try await bench.client.send(
            IAM.CreatePolicy(
                policyName: "some",
                policyDocument: #"{"Version": "2012-10-17", "Statement": {"Sid": "", "#
                    + #""Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}}"#))
        let name = "\(kind.prefix(1).uppercased())\(kind.dropFirst())"
        _ = try await answer(
            to: bench, "Attach\(name)Policy",
            [("\(name)Name", "somebody"), ("PolicyArn", policy.arn)])
        let response = try await answer(
            to: bench, "SimulatePrincipalPolicy",
            [
                ("PolicySourceArn", arn), ("ActionNames.member.1", "s3:PutObject"),
                ("ActionNames.member.2", "s3:GetObjectVersion"),
                ("ResourceArns.member.1", "arn:aws:s3:::bucket"),
            ])
        let matched =
            "<MatchedStatements><member><SourcePolicyId>some</SourcePolicyId>"
            + "<SourcePolicyType>IAM Policy</SourcePolicyType>"
            + "<StartPosition><Line>1</Line><Column>41</Column></StartPosition>"
            + "<EndPosition><Line>1</Line><Column>113</Column></EndPosition></member>"
            + "</MatchedStatements><MissingContextValues></MissingContextValues>"
        let none =
            "<MatchedStatements></MatchedStatements><MissingContextValues></MissingContextValues>"
        let resource = "<EvalResourceName>arn:aws:s3:::bucket</EvalResourceName>"
        #expect(
            response.text.contains(
                "<EvaluationResults><member><EvalActionName>s3:PutObject</EvalActionName>"
                    + resource + "<EvalDecision>allowed</EvalDecision>" + matched
                    + "<EvalDecisionDetails></EvalDecisionDetails><ResourceSpecificResults><member>"
                    + resource + "<EvalResourceDecision>allowed</EvalResourceDecision>" + matched
                    + "</member></ResourceSpecificResults></member><member>"
                    + "<EvalActionName>s3:GetObjectVersion</EvalActionName>" + resource
                    + "<EvalDecision>implicitDeny</EvalDecision>" + none
                    + "<EvalDecisionDetails></EvalDecisionDetails><ResourceSpecificResults><member>"
                    + resource + "<EvalResourceDecision>implicitDeny</EvalResourceDecision>" + none
                    + "</member></ResourceSpecificResults></member></EvaluationResults>"
                    + "<IsTruncated>false</IsTruncated>"))
    }

    // botocore EvaluationResult: one for each action, the strictest decision on top.
    @Test("of several resources tells the strictest and each")
    func several() async throws {
        let bench = try Bench()
        let response = try await answer(
            to: bench, "SimulateCustomPolicy",
            [
                (
                    "PolicyInputList.member.1",
                    Self.statement("Allow", "secretsmanager:*", on: Self.secret)
                ), ("ActionNames.member.1", "secretsmanager:GetSecretValue"),
                ("ResourceArns.member.1", Self.secret), ("ResourceArns.member.2", Self.other),
            ])
        let text = response.text
        #expect(text.components(of: "<EvalDecision>") == ["implicitDeny"])
        #expect(text.components(of: "<EvalResourceDecision>") == ["allowed", "implicitDeny"])
        #expect(
            text.components(of: "<EvalResourceName>") == [
                "arn:${Partition}:secretsmanager:${Region}:${Account}:secret:${SecretId}",
                Self.secret, Self.other,
            ])
    }

    @Test("names the condition keys that it has no values for, and takes those it is given")
    func context() async throws {
        let policy = Self.statement(
            "Allow", "kms:Decrypt", on: Self.key,
            #","Condition":{"StringEquals":{"kms:ViaService":"secretsmanager.us-east-1.amazonaws.com"},"#
                + #""StringLike":{"kms:EncryptionContext:SecretARN":"*:secret:shop/*"}}"#)
        var question = IAM.Question(actionNames: ["kms:Decrypt"], resourceARNs: [Self.key])
        let without = try await custom([policy], question)
        #expect(without.map(\.decision) == [.implicitDeny])
        #expect(
            without.map(\.missingContextValues) == [
                ["kms:EncryptionContext:SecretARN", "kms:ViaService"]
            ])
        question.context = [
            IAM.ContextEntry("KMS:viaservice", ["secretsmanager.us-east-1.amazonaws.com"]),
            IAM.ContextEntry("kms:EncryptionContext:SecretARN", [Self.secret]),
        ]
        let with = try await custom([policy], question)
        #expect(with.map(\.decision) == [.allowed])
        #expect(with.map(\.missingContextValues) == [[]])
        question.actionNames = ["kms:Encrypt"]
        question.context = []
        #expect(try await custom([policy], question).map(\.missingContextValues) == [[]])
    }

    @Test("tells what a boundary allows")
    func boundary() async throws {
        let bench = try Bench()
        let all = Self.statement("Allow", "secretsmanager:*")
        let reading = Self.statement("Allow", "secretsmanager:Get*")
        let bound = try await bench.client.send(
            IAM.CreatePolicy(policyName: "bound", policyDocument: reading))
        let policy = try await bench.client.send(
            IAM.CreatePolicy(policyName: "all", policyDocument: all))
        let role = bench.account.addRole("app", path: "/shop/", boundary: bound.arn)
        try await bench.client.send(
            IAM.AttachRolePolicy(roleName: "app", policyARN: policy.arn))
        let answers = try await bench.client.all(
            IAM.SimulatePrincipalPolicy(
                policySourceARN: role,
                question: IAM.Question(
                    actionNames: ["secretsmanager:GetSecretValue", "secretsmanager:DeleteSecret"])))
        #expect(answers.map(\.decision) == [.allowed, .implicitDeny])
        #expect(answers.map(\.isAllowedByBoundary) == [true, false])
        #expect(answers.map(\.matchedPolicyIDs) == [["all"], []])
    }

    @Test("takes a resource's policy for a user, by whom it names")
    func resourcePolicy() async throws {
        let policy =
            #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"#
            + #""arn:aws:iam::123456789012:user/alice"},"Action":"secretsmanager:*","Resource":"*"}}"#
        var question = IAM.Question(
            actionNames: ["secretsmanager:GetSecretValue"], resourceARNs: [Self.secret],
            resourcePolicy: policy, callerARN: "arn:aws:iam::123456789012:user/alice")
        let nothing = Self.statement("Allow", "kms:*")
        let alice = try await custom([nothing], question)
        #expect(alice.map(\.decision) == [.allowed])
        #expect(alice.map(\.matchedPolicyIDs) == [["ResourcePolicy"]])
        question.callerARN = "arn:aws:iam::123456789012:user/bob"
        #expect(try await custom([nothing], question).map(\.decision) == [.implicitDeny])
        question.callerARN = nil
        await expectRefusal("InvalidInput") { [question] in
            try await custom([nothing], question)
        }
        question.callerARN = "arn:aws:iam::123456789012:role/app"
        await expectRefusal("InvalidInput") { [question] in
            try await custom([nothing], question)
        }
    }

    @Test(
        "knows the caller by their ARN, and a user by name",
        arguments: [("user/alice", true), ("user/bob", false), ("role/alice", false)])
    func caller(name: String, isAllowed: Bool) async throws {
        let policy = Self.statement(
            "Allow", "iam:GetUser", on: "arn:aws:iam::123456789012:user/${aws:username}")
        let question = IAM.Question(
            actionNames: ["iam:GetUser"], resourceARNs: ["arn:aws:iam::123456789012:user/alice"],
            callerARN: "arn:aws:iam::123456789012:\(name)")
        let answers = try await custom([policy], question)
        #expect((answers.first?.decision == .allowed) == isAllowed)
    }

    @Test("reads on from where a page ended")
    func pages() async throws {
        let bench = try Bench()
        func page(_ marker: String) async throws -> String {
            try await answer(
                to: bench, "SimulateCustomPolicy",
                [
                    ("PolicyInputList.member.1", Self.statement("Allow", "kms:*")),
                    ("ActionNames.member.1", "kms:Decrypt"),
                    ("ActionNames.member.2", "kms:Encrypt"), ("MaxItems", "1"),
                    ("Marker", marker),
                ]
            ).text
        }
        let first = try await page("0")
        #expect(first.components(of: "<EvalActionName>") == ["kms:Decrypt"])
        #expect(first.contains("<IsTruncated>true</IsTruncated>"))
        let marker = try #require(first.components(of: "<Marker>").first)
        let second = try await page(marker)
        #expect(second.components(of: "<EvalActionName>") == ["kms:Encrypt"])
        #expect(second.contains("<IsTruncated>false</IsTruncated>"))
    }

    @Test("counts a user's inline policies and those of their groups, by the names they have")
    func inline() async throws {
        let bench = try Bench()
        let user = bench.account.addUser("bob")
        bench.account.addGroup("team")
        let steps: [(String, [(String, String)])] = [
            ("AddUserToGroup", [("GroupName", "team"), ("UserName", "bob")]),
            (
                "PutUserPolicy",
                [
                    ("UserName", "bob"), ("PolicyName", "own"),
                    ("PolicyDocument", Self.statement("Allow", "kms:Decrypt")),
                ]
            ),
            (
                "PutGroupPolicy",
                [
                    ("GroupName", "team"), ("PolicyName", "shared"),
                    ("PolicyDocument", Self.statement("Allow", "kms:Encrypt")),
                ]
            ),
        ]
        for (operation, fields) in steps {
            #expect(try await answer(to: bench, operation, fields).status == 200)
        }
        let answers = try await bench.client.all(
            IAM.SimulatePrincipalPolicy(
                policySourceARN: user,
                question: IAM.Question(actionNames: ["kms:Decrypt", "kms:Encrypt"])))
        #expect(answers.map(\.matchedPolicyIDs) == [["user_bob_own"], ["group_team_shared"]])
    }
}

extension String {
    /// Percent-encoded but for letters and digits.
    fileprivate var formEncoded: String {
        utf8.map { byte in
            let character = Character(Unicode.Scalar(byte))
            guard byte >= 0x80 || !character.isLetter && !character.isNumber else {
                return String(character)
            }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    /// The texts of all elements of that name.
    fileprivate func components(of tag: String) -> [String] {
        split(separator: tag).dropFirst().map { String($0.prefix { $0 != "<" }) }
    }
}
