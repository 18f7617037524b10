import Testing

@testable import AWSSandbox

@Suite struct ResourcePolicyTests {
    private let call = Call(
        operation: "PutResourcePolicy", account: "123456789012",
        caller: "arn:aws:iam::123456789012:user/alice",
        principal: "arn:aws:iam::123456789012:user/alice", now: 0,
        principals: ["arn:aws:iam::123456789012:user/alice"], denials: Denials())

    private func policy(
        _ principal: String, effect: String = "Allow", action: String = "secretsmanager:*",
        more: String = ""
    ) throws -> ResourcePolicy {
        try ResourcePolicy(
            """
            {"Version":"2012-10-17","Statement":{"Effect":"\(effect)","Principal":\(principal),\
            "Action":"\(action)","Resource":"*"\(more)}}
            """)
    }

    private func condition(_ text: String) -> String { ",\"Condition\":{\(text)}" }

    @Test(
        "what is no policy of a resource is refused",
        arguments: [
            "", "[]", "{}", #"{"Version":"2012-10-17","Statement":[]}"#,
            // awsdocs/aws-cloudformation-user-guide#623.
            #"{"Version":"2019-10-19","Statement":[{"Effect":"Allow","Principal":"*","#
                + #""Action":"secretsmanager:*","Resource":"*"}]}"#,
            #"{"Statement":[{"Effect":"Allow","Action":"secretsmanager:*","Resource":"*"}]}"#,
            #"{"Statement":[{"Effect":"allow","Principal":"*","Action":"secretsmanager:*","#
                + #""Resource":"*"}]}"#,
            #"{"Statement":[{"Effect":"Allow","Principal":"*","Resource":"*"}]}"#,
            #"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}]}"#,
            #"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"secretsmanager:*"}]}"#,
            #"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"x"}]}"#,
            #"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","#
                + #""Extra":1}]}"#,
            #"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","#
                + #""Condition":{"StringEquals":"x"}}]}"#,
        ])
    func syntax(text: String) {
        #expect(throws: Refused(.resourcePolicySyntax)) { try ResourcePolicy(text) }
    }

    @Test("a principal that does not exist is refused")
    func principals() throws {
        try policy("{\"AWS\":\"arn:aws:iam::123456789012:user/alice\"}").checkPrincipals(for: call)
        try policy("{\"Service\":\"rds.amazonaws.com\"}").checkPrincipals(for: call)
        #expect(throws: Refused(.resourcePolicyPrincipal)) {
            try policy("{\"AWS\":[\"AIDAJQABLZS4A3QDU576Q\"]}").checkPrincipals(for: call)
        }
    }

    // botocore PutResourcePolicy.BlockPublicPolicy.
    @Test("everybody is the public, unless a condition says who or from where")
    func publicity() throws {
        for principal in ["\"*\"", "{\"AWS\":\"*\"}", "{\"AWS\":[\"123456789012\",\"*\"]}"] {
            #expect(try policy(principal).isPublic)
            #expect(try !policy(principal, effect: "Deny").isPublic)
        }
        #expect(try !policy("{\"AWS\":\"123456789012\"}").isPublic)
        for (text, isPublic) in [
            ("\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-1\"}", false),
            ("\"ArnLike\":{\"aws:PrincipalArn\":[\"arn:aws:iam::1:role/x\"]}", false),
            ("\"StringLike\":{\"aws:PrincipalArn\":\"*\"}", true),
            ("\"StringNotEquals\":{\"aws:PrincipalOrgID\":\"o-1\"}", true),
            ("\"StringEqualsIfExists\":{\"aws:PrincipalOrgID\":\"o-1\"}", true),
            ("\"IpAddress\":{\"aws:SourceIp\":\"0.0.0.0/0\"}", true),
            ("\"StringEquals\":{\"secretsmanager:VersionStage\":\"AWSCURRENT\"}", true),
        ] {
            #expect(try policy("\"*\"", more: condition(text)).isPublic == isPublic, "\(text)")
        }
    }

    @Test("a policy that denies the caller to change it again locks him out")
    func lockOut() throws {
        #expect(try policy("\"*\"", effect: "Deny").locksOut(call))
        #expect(try !policy("\"*\"").locksOut(call))
        #expect(
            try !policy("\"*\"", effect: "Deny", action: "secretsmanager:Get*").locksOut(call))
        #expect(try !policy("{\"AWS\":\"210987654321\"}", effect: "Deny").locksOut(call))
        let saved = condition("\"ArnNotLike\":{\"aws:PrincipalArn\":\"arn:aws:iam::1:role/x\"}")
        #expect(try !policy("\"*\"", effect: "Deny", more: saved).locksOut(call))
    }
}
