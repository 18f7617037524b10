import Testing

@testable import AWSSandbox

/// Elements and condition operators as the IAM User Guide has them.
@Suite("A statement applies")
struct AccessStatementTests {
    private static let secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/a-AbCdEf"
    private static let context = [
        "aws:username": ["alice"], "aws:RequestTag/team": ["web"], "aws:TagKeys": ["team", "env"],
        "aws:SourceIp": ["10.1.2.3"], "aws:SecureTransport": ["true"],
        "secretsmanager:RecoveryWindowInDays": ["7"],
        "aws:CurrentTime": ["2026-11-24T08:00:00Z"],
        "kms:ViaService": ["secretsmanager.eu-west-1.amazonaws.com"],
        "aws:PrincipalArn": ["arn:aws:iam::123456789012:role/deploy/app"],
    ]

    private func applies(
        _ body: String, action: String = "secretsmanager:GetSecretValue",
        resource: String = Self.secret, version: String = "2012-10-17"
    ) -> Bool {
        let principal = AccessPrincipal(
            account: "123456789012", arn: "arn:aws:iam::123456789012:user/alice",
            caller: "arn:aws:iam::123456789012:user/alice")
        var request = AccessRequest(principal, action, on: resource)
        request.add(Self.context)
        let document = #"{"Version":"\#(version)","Statement":[{"Effect":"Allow",\#(body)}]}"#
        return AccessPolicy(document).allows(request)
    }

    @Test(
        "by its actions",
        arguments: [
            (#""Action":"*""#, true), (#""Action":"secretsmanager:*""#, true),
            (#""Action":"SecretsManager:getsecretvalue""#, true),
            (#""Action":"secretsmanager:Get?ecret*""#, true),
            (#""Action":["kms:*","secretsmanager:GetSecretValue"]"#, true),
            (#""Action":"secretsmanager:Get""#, false), (#""Action":"kms:*""#, false),
            (#""NotAction":"kms:*""#, true), (#""NotAction":"secretsmanager:*""#, false),
        ])
    func actions(body: String, expected: Bool) {
        #expect(applies(body + #","Resource":"*""#) == expected)
    }

    @Test(
        "by its resources, part by part",
        arguments: [
            (#""Resource":"*""#, true),
            (#""Resource":"arn:aws:secretsmanager:*:*:secret:shop/*""#, true),
            (
                #""Resource":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/a-??????""#,
                true
            ),
            (#""Resource":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/a""#, false),
            (#""Resource":"arn:aws:secretsmanager:*:secret:shop/*""#, false),
            (#""Resource":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:Shop/*""#, false),
            (#""NotResource":"arn:aws:kms:*:*:*""#, true), (#""NotResource":"*""#, false),
            (#""Sid":"NoResource""#, false),
            (
                #""Resource":"arn:aws:secretsmanager:*:*:secret:${aws:RequestTag/none, 'shop'}/*""#,
                true
            ),
            (#""Resource":"arn:aws:secretsmanager:*:*:secret:${aws:RequestTag/none}/*""#, false),
        ])
    func resources(body: String, expected: Bool) {
        #expect(applies(#""Action":"*","# + body) == expected)
    }

    @Test("with variables only in the newer version")
    func variables() {
        let body = #""Action":"*","Resource":"arn:aws:iam::123456789012:user/${aws:username}""#
        let alice = "arn:aws:iam::123456789012:user/alice"
        #expect(applies(body, resource: alice))
        #expect(!applies(body, resource: alice, version: "2008-10-17"))
        #expect(
            applies(
                body, resource: "arn:aws:iam::123456789012:user/${aws:username}",
                version: "2008-10-17"))
    }

    @Test(
        "by its conditions",
        arguments: [
            (#""StringEquals":{"aws:username":"alice"}"#, true),
            (#""StringEquals":{"AWS:UserName":["bob","alice"]}"#, true),
            (#""StringEquals":{"aws:username":"Alice"}"#, false),
            (#""StringEqualsIgnoreCase":{"aws:username":"ALICE"}"#, true),
            (#""StringEquals":{"aws:username":"al*"}"#, false),
            (#""StringLike":{"aws:username":"al*"}"#, true),
            (#""StringNotLike":{"aws:username":["al*","b*"]}"#, false),
            (#""StringNotEquals":{"aws:username":"bob"}"#, true),
            (#""StringEquals":{"aws:none":"x"}"#, false),
            (#""StringNotEquals":{"aws:none":"x"}"#, true),
            (#""StringEqualsIfExists":{"aws:none":"x"}"#, true),
            (#""StringEqualsIfExists":{"aws:username":"x"}"#, false),
            (#""Null":{"aws:none":"true"}"#, true), (#""Null":{"aws:username":"true"}"#, false),
            (#""Null":{"aws:username":false}"#, true),
            (#""ForAllValues:StringEquals":{"aws:TagKeys":["team","env","x"]}"#, true),
            (#""ForAllValues:StringEquals":{"aws:TagKeys":["team"]}"#, false),
            (#""ForAllValues:StringEquals":{"aws:none":["team"]}"#, true),
            (#""ForAnyValue:StringEquals":{"aws:TagKeys":["team"]}"#, true),
            (#""ForAnyValue:StringEquals":{"aws:none":["team"]}"#, false),
            (#""ForAnyValue:StringNotEquals":{"aws:TagKeys":["team"]}"#, true),
            (#""ForAllValues:StringNotEquals":{"aws:TagKeys":["team"]}"#, false),
            (#""NumericLessThan":{"secretsmanager:RecoveryWindowInDays":"8"}"#, true),
            (#""NumericGreaterThanEquals":{"secretsmanager:RecoveryWindowInDays":8}"#, false),
            (#""NumericEquals":{"secretsmanager:RecoveryWindowInDays":"7.0"}"#, true),
            (#""NumericNotEquals":{"secretsmanager:RecoveryWindowInDays":"7"}"#, false),
            (#""DateLessThan":{"aws:CurrentTime":"2027-01-01T00:00:00Z"}"#, true),
            (#""DateGreaterThan":{"aws:CurrentTime":"2027-01-01T00:00:00Z"}"#, false),
            (#""Bool":{"aws:SecureTransport":"true"}"#, true),
            (#""Bool":{"aws:SecureTransport":false}"#, false),
            (#""IpAddress":{"aws:SourceIp":"10.0.0.0/8"}"#, true),
            (#""IpAddress":{"aws:SourceIp":["10.1.2.4","192.168.0.0/16"]}"#, false),
            (#""NotIpAddress":{"aws:SourceIp":"10.1.2.3/32"}"#, false),
            (#""ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/deploy/*"}"#, true),
            (#""ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::123456789012:role/*"}"#, true),
            (#""ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*"}"#, false),
            (#""ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/*"}"#, true),
            (#""StringEquals":{"aws:username":"${aws:username}"}"#, true),
            (
                #""StringEquals":{"aws:username":"alice"},"Bool":{"aws:SecureTransport":"false"}"#,
                false
            ),
            // Numbers and truth values count as their texts (reference/iam.md section A4).
            (#""StringEquals":{"secretsmanager:RecoveryWindowInDays":7}"#, true),
            (#""StringEquals":{"aws:SecureTransport":true}"#, true),
            (#""StringAlmost":{"aws:username":"alice"}"#, false),
        ])
    func conditions(body: String, expected: Bool) {
        let statement = #""Action":"*","Resource":"*","Condition":{\#(body)}"#
        #expect(applies(statement) == expected, "\(body)")
    }

    @Test(
        "where wildcards fit",
        arguments: [
            ("", "", true), ("*", "", true), ("a*c", "abbc", true), ("a*c", "abb", false),
            ("a?c", "abc", true), ("a?c", "ac", false), ("*a*b*", "xaxbx", true),
            ("**", "abc", true), ("a", "ab", false), ("*ab", "aab", true),
        ])
    func patterns(pattern: String, text: String, expected: Bool) {
        #expect(AccessPattern(pattern).matches(text) == expected)
    }
}
