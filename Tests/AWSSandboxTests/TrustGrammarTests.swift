import AWS
import AWSSandbox
import Testing

@Suite struct TrustGrammarTests {
    let bench: Bench

    init() throws { bench = try Bench() }

    private func create(_ document: String) async throws {
        _ = try await bench.client.send(
            IAM.CreateRole(roleName: "app", assumeRolePolicyDocument: document))
    }

    private func document(_ statement: String) -> String {
        #"{"Version":"2012-10-17","Statement":[{\#(statement)}]}"#
    }

    // Sources of the texts: Refusal+Principals.swift.
    @Test(
        "what is no trust policy is malformed",
        arguments: [
            // LS test_create_role_with_malformed_assume_role_policy_document.
            ("{,}", "This policy contains invalid Json"),
            ("{}", "Syntax errors in policy."),
            (#"{"Version":"2012-10-17","Statement":[]}"#, "Syntax errors in policy."),
            (#"{"Version":"2020-01-01","Statement":[{}]}"#, "Syntax errors in policy."),
        ])
    func documents(document: String, text: String) async throws {
        await expectRefusal("MalformedPolicyDocument", text) { try await create(document) }
    }

    @Test(
        "what is no statement of a trust policy is malformed",
        arguments: [
            (
                #""Effect":"Allow","Action":"sts:AssumeRole""#,
                "Missing required field Principal"
            ),
            (
                #""Effect":"Allow","Principal":{},"Action":"sts:AssumeRole""#,
                "Missing required field Principal"
            ),
            (#""Effect":"Allow","Principal":"*""#, "Missing required field Action"),
            (
                #""Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Resource":"*""#,
                "Has prohibited field Resource"
            ),
            (
                #""Effect":"Allow","NotPrincipal":"*","Action":"sts:AssumeRole""#,
                "AssumeRole policy must not contain NotPrincipal field."
            ),
            (
                #""Effect":"Allow","Principal":"*","Action":"iam:PassRole""#,
                "AssumeRole policy may only specify STS AssumeRole actions."
            ),
            (
                #""Effect":"Allow","Principal":"*","Action":"sts:GetCallerIdentity""#,
                "AssumeRole policy may only specify STS AssumeRole actions."
            ),
            (
                #""Effect":"May","Principal":"*","Action":"sts:AssumeRole""#,
                "Syntax errors in policy."
            ),
            (
                #""Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:role/no"},"#
                    + #""Action":"sts:AssumeRole""#,
                #"Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:role/no""#
            ),
            (
                #""Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:role/*"},"#
                    + #""Action":"sts:AssumeRole""#,
                #"Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:role/*""#
            ),
            (
                #""Effect":"Allow","Principal":{"AWS":"12345"},"Action":"sts:AssumeRole""#,
                #"Invalid principal in policy: "AWS":"12345""#
            ),
            (
                #""Effect":"Allow","Principal":{"Service":"lambda"},"Action":"sts:AssumeRole""#,
                #"Invalid principal in policy: "SERVICE":"lambda""#
            ),
            (
                #""Effect":"Allow","Principal":{"Federated":"arn:aws:iam//1:oidc-provider/a"},"#
                    + #""Action":"sts:AssumeRoleWithWebIdentity""#,
                "Federated principals must be valid domain names or SAML metadata ARNs"
            ),
        ])
    func statements(statement: String, text: String) async throws {
        await expectRefusal("MalformedPolicyDocument", text) {
            try await create(document(statement))
        }
    }

    @Test(
        "what trusts somebody who can be there is a trust policy",
        arguments: [
            #""Effect":"Allow","Principal":"*","Action":"sts:AssumeRole""#,
            #""Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:*""#,
            #""Effect":"Deny","Principal":{"AWS":["arn:aws:iam::210987654321:root","*"]},"#
                + #""Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]"#,
            #""Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:user/alice"},"#
                + #""Action":"sts:AssumeRole","Condition":{}"#,
            #""Effect":"Allow","Principal":{"Service":["ec2.amazonaws.com"],"#
                + #""AWS":"arn:aws:sts::123456789012:assumed-role/a/b"},"Action":"sts:AssumeRole""#,
            #""Effect":"Allow","Principal":{"Federated":"#
                + #""arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"},"#
                + #""Action":"sts:AssumeRoleWithWebIdentity""#,
        ])
    func accepted(statement: String) async throws {
        try await create(document(statement))
    }

    // Version may be left out here, unlike in managed policies (hashicorp/terraform#35086).
    @Test("an old version, or none, is accepted")
    func versions() async throws {
        let text = document(#""Effect":"Allow","Principal":"*","Action":"sts:AssumeRole""#)
        try await create(text.replacing("2012", with: "2008"))
        _ = try await bench.client.send(
            IAM.UpdateAssumeRolePolicy(
                roleName: "app",
                policyDocument: text.replacing(#""Version":"2012-10-17","#, with: "")))
    }

    // kubeflow/kubeflow#6687; reference/iam.md section A2.
    @Test("a trust policy has 2,048 characters, white space not counted")
    func size() async throws {
        let frame = document(
            #""Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","#
                + #""Condition":{"StringEquals":{"sts:ExternalId":"X"}}"#)
        let fill = String(repeating: "x", count: 2048 - frame.utf8.count + 1)
        try await create(frame.replacing("X", with: fill) + " \n\t")
        await expectRefusal(
            "LimitExceeded", "Cannot exceed quota for ACLSizePerRole: 2048", status: 409
        ) {
            try await bench.client.send(
                IAM.UpdateAssumeRolePolicy(
                    roleName: "app", policyDocument: frame.replacing("X", with: fill + "x")))
        }
    }
}
