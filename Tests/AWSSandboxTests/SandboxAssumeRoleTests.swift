import AWSSandbox
import HTTP
import SigV4
import Testing

/// Who gets a session of a role, and who does not.
@Suite struct SandboxAssumeRoleTests {
    let roles: RoleBench
    var bench: Bench { roles.bench }

    init() throws { roles = try RoleBench() }

    // Texts: Refusal+STS.swift; ARNs and session name LS test_sts_invalid_parameters, tags LS
    // test_assume_role_tag_validation.
    @Test(
        "what AssumeRole cannot take is refused",
        arguments: [
            (
                ["RoleArn": "nothing-valid-in-here"],
                "400 ValidationError nothing-valid-in-here is invalid"
            ),
            (
                ["RoleArn": "arn::b:::something/test-role"],
                "400 ValidationError arn::b:::something/test-role is invalid"
            ),
            (
                ["RoleArn": "arn:a::::something/test-role"],
                "400 ValidationError arn:a::::something/test-role is invalid"
            ),
            (
                ["RoleArn": "arn:a:::something/test-role"],
                "400 ValidationError arn:a:::something/test-role is invalid"
            ),
            (
                ["RoleArn": "arn:a:a::aaaaaaaaaa:"],
                "400 ValidationError arn:a:a::aaaaaaaaaa: is invalid"
            ),
            (
                ["RoleSessionName": "Session1:2"],
                "400 ValidationError 1 validation error detected: Value 'Session1:2' at "
                    + "'roleSessionName' failed to satisfy constraint: Member must satisfy "
                    + #"regular expression pattern: [\w+=,.@-]*"#
            ),
            (
                ["RoleSessionName": "s"],
                "400 ValidationError 1 validation error detected: Value 's' at 'roleSessionName' "
                    + "failed to satisfy constraint: Member must have length greater than or "
                    + "equal to 2"
            ),
            (
                ["DurationSeconds": "899"],
                "400 ValidationError 1 validation error detected: Value '899' at "
                    + "'durationSeconds' failed to satisfy constraint: Member must have value "
                    + "greater than or equal to 900"
            ),
            (
                ["DurationSeconds": "3601"],
                "400 ValidationError The requested DurationSeconds exceeds the "
                    + "MaxSessionDuration set for this role."
            ),
            (
                ["ExternalId": "a b"],
                "400 ValidationError 1 validation error detected: Value 'a b' at 'externalId' "
                    + "failed to satisfy constraint: Member must satisfy regular expression "
                    + #"pattern: [\w+=,.@:\/-]*"#
            ),
            (
                ["Policy": "{"],
                "400 MalformedPolicyDocument This policy contains invalid Json"
            ),
            (
                ["SerialNumber": "arn:aws:iam::123456789012:mfa/a", "TokenCode": "123456"],
                "403 AccessDenied MultiFactorAuthentication failed with invalid MFA one time pass "
                    + "code."
            ),
            (
                [
                    "Tags.member.1.Key": "a", "Tags.member.1.Value": "1",
                    "Tags.member.2.Key": "A", "Tags.member.2.Value": "2",
                ],
                "400 InvalidParameterValue Duplicate tag keys found. Please note that Tag keys "
                    + "are case insensitive."
            ),
            (
                ["TransitiveTagKeys.member.1": "a"],
                "400 InvalidParameterValue The specified transitive tag key must be included in "
                    + "the requested tags."
            ),
            (
                ["Tags.member.1.Key": "a", "Tags.member.1.Value": "1"],
                "403 AccessDenied User: arn:aws:iam::123456789012:user/alice is not authorized to "
                    + "perform: sts:TagSession on resource: \(RoleBench.roleARN)"
            ),
            (
                ["RoleArn": "arn:aws:iam::123456789012:role/none"],
                "403 AccessDenied User: arn:aws:iam::123456789012:user/alice is not authorized to "
                    + "perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/none"
            ),
        ])
    func refused(fields: [String: String], text: String) async throws {
        roles.addRole(roles.trust(#"{"AWS":"123456789012"}"#))
        #expect(try await roles.assume(fields).xmlRefusal == text)
    }

    @Test(
        "the trust policy decides who may assume a role",
        arguments: [
            (#"{"AWS":"arn:aws:iam::123456789012:user/alice"}"#, true),
            (#"{"AWS":["arn:aws:iam::123456789012:root"]}"#, true),
            (#""*""#, true),
            (#"{"AWS":"arn:aws:iam::123456789012:user/bob"}"#, false),
            (#"{"AWS":"210987654321"}"#, false),
            (#"{"Service":"lambda.amazonaws.com"}"#, false),
        ])
    func trusts(principal: String, isTrusted: Bool) async throws {
        roles.addRole(roles.trust(principal))
        let status = try await roles.assume().status
        #expect(status == (isTrusted ? 200 : 403))
    }

    // IAM guide, "Access to AWS accounts owned by third parties".
    @Test("a role that asks for an external id takes that one only")
    func externalID() async throws {
        roles.addRole(
            roles.trust(
                #"{"AWS":"*"}"#, condition: #"{"StringEquals":{"sts:ExternalId":"secret-1"}}"#))
        #expect(try await roles.assume(["ExternalId": "secret-1"]).status == 200)
        #expect(try await roles.assume(["ExternalId": "secret-2"]).status == 403)
        #expect(try await roles.assume().status == 403)
    }

    @Test("a condition that the sandbox does not know opens nothing")
    func unknownCondition() async throws {
        roles.addRole(
            roles.trust(#"{"AWS":"*"}"#, condition: #"{"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}"#))
        #expect(try await roles.assume().status == 403)
    }

    @Test("a role may be assumed from another account, and its session is of its own account")
    func otherAccount() async throws {
        let other = bench.sandbox.addAccount(id: "210987654321")
        let caller = other.accessKey(for: "user/eve")
        roles.addRole(roles.trust(#"{"AWS":"210987654321"}"#))
        let session = roles.key(try await roles.assume(as: caller))
        let identity = try await bench.call("sts", "GetCallerIdentity", as: session)
        #expect(identity.element("Account") == "123456789012")
    }

    // kubeflow/testing#961.
    @Test("root assumes no roles")
    func root() async throws {
        roles.addRole(roles.trust(#"{"AWS":"*"}"#))
        #expect(
            try await roles.assume(as: bench.account.accessKey(for: "root")).xmlRefusal
                == "403 AccessDenied Roles may not be assumed by root accounts.")
    }
}
