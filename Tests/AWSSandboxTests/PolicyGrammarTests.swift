import AWS
import AWSSandbox
import Testing

@Suite struct PolicyGrammarTests {
    let bench: Bench

    init() throws { bench = try Bench() }

    private func create(_ document: String) async throws {
        _ = try await bench.client.send(
            IAM.CreatePolicy(policyName: "p", policyDocument: document))
    }

    // IAM guide, "Grammar of the IAM JSON policy language"; 99designs/iamy#74 and LS for texts.
    @Test(
        "what is no policy is malformed",
        arguments: [
            ("null", "Syntax errors in policy."),
            ("{", "This policy contains invalid Json"),
            (#"{"Statement":[]}"#, "Policy document must be version 2012-10-17 or greater."),
            (
                #"{"Version":"2008-10-17","Statement":[]}"#,
                "Policy document must be version 2012-10-17 or greater."
            ),
            (#"{"Version":"2012-10-17","Statement":[]}"#, "Syntax errors in policy."),
            (
                #"{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}"#,
                "Syntax errors in policy."
            ),
            (#"{"Version":"2012-10-17"}"#, "Syntax errors in policy."),
        ])
    func documents(document: String, text: String) async throws {
        await expectRefusal("MalformedPolicyDocument", text) { try await create(document) }
    }

    @Test(
        "what is no statement is malformed",
        arguments: [
            (#""Action":"s3:*","Resource":"*""#, "Syntax errors in policy."),
            (#""Effect":"Permit","Action":"s3:*","Resource":"*""#, "Syntax errors in policy."),
            (#""Effect":"Allow","Resource":"*""#, "Policy statement must contain actions."),
            (#""Effect":"Allow","Action":"s3:*""#, "Policy statement must contain resources."),
            (
                #""Effect":"Allow","Action":"everything","Resource":"*""#,
                "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
            ),
            (
                #""Effect":"Allow","Action":"s3:*","NotAction":"s3:*","Resource":"*""#,
                "Syntax errors in policy."
            ),
            (
                #""Effect":"Allow","Action":"s3:*","Resource":"bucket""#,
                "Syntax errors in policy."
            ),
            (
                #""Effect":"Allow","Action":"s3:*","Resource":"*","Condition":["a"]"#,
                "Syntax errors in policy."
            ),
            (
                #""Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*""#,
                "Policy document should not specify a principal."
            ),
            (
                #""Sid":"with-hyphen","Effect":"Allow","Action":"s3:*","Resource":"*""#,
                "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the "
                    + "regular expression [0-9A-Za-z]*"
            ),
        ])
    func statements(statement: String, text: String) async throws {
        await expectRefusal("MalformedPolicyDocument", text) {
            try await create(#"{"Version":"2012-10-17","Statement":{\#(statement)}}"#)
        }
    }

    // kubernetes/kops#4951.
    @Test("statement ids are unique")
    func sids() async throws {
        let statement = #"{"Sid":"A","Effect":"Allow","Action":"s3:*","Resource":"*"}"#
        await expectRefusal(
            "MalformedPolicyDocument", "Statement IDs (SID) in a single policy must be unique."
        ) {
            try await create(
                #"{"Version":"2012-10-17","Statement":[\#(statement),\#(statement)]}"#)
        }
    }

    // LBHackney-IT/Data-Platform#2116; reference/moto.md row CreatePolicy: moto takes more.
    @Test("6,144 characters without white space are allowed, and not one more")
    func size() async throws {
        let head = #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","#
        let tail = #""}]}"#
        let frame = head + #""Resource":"arn:aws:s3:::"#
        let padding = String(repeating: "a", count: 6144 - frame.count - tail.count)
        await expectRefusal(
            "LimitExceeded", "Cannot exceed quota for PolicySize: 6144", status: 409
        ) { try await create(frame + padding + "a" + tail) }
        try await create(String(repeating: " ", count: 500) + frame + padding + tail)
        #expect(bench.account.policies().count == 1)
    }

    // botocore policyDocumentType.
    @Test("characters beyond U+00FF are refused")
    func characters() async throws {
        await expectRefusal("ValidationError") {
            try await create(
                #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","#
                    + #""Resource":"arn:aws:s3:::€"}]}"#)
        }
    }
}
