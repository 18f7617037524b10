import AWS
import AWSSandbox
import HTTP
import SigV4
import Testing

@Suite struct SandboxSTSTests {
    let roles: RoleBench
    var bench: Bench { roles.bench }

    init() throws { roles = try RoleBench() }

    // LS test_assume_role.
    @Test("a session of a role can sign with its token until the sandbox's clock ends it")
    func session() async throws {
        roles.addRole(roles.trust(#"{"AWS":"123456789012"}"#))
        let answer = try await roles.assume(["DurationSeconds": "900"])
        #expect(answer.element("Expiration") == "2026-01-01T00:15:00Z")
        #expect(answer.element("PackedPolicySize") == nil)
        let arn = "arn:aws:sts::123456789012:assumed-role/app/run"
        #expect(answer.element("Arn") == arn)
        let key = roles.key(answer)
        #expect(key.accessKeyID.hasPrefix("ASIA"))
        let identity = try await bench.call("sts", "GetCallerIdentity", as: key)
        #expect(identity.element("Arn") == arn)
        #expect(identity.element("UserId") == answer.element("AssumedRoleId"))
        bench.sandbox.advance(by: 899)
        #expect(try await bench.call("sts", "GetCallerIdentity", as: key).status == 200)
        bench.sandbox.advance(by: 1)
        // cfn-sphere/cfn-sphere#55; aws/aws-sdk-php#1307 for JSON.
        #expect(
            try await bench.call("sts", "GetCallerIdentity", as: key).xmlRefusal
                == "403 ExpiredToken The security token included in the request is expired")
        let json = try await bench.sandbox.send(
            bench.request(
                service: "kms", target: "TrentService.ListKeys", body: Array("{}".utf8),
                signedWith: key))
        #expect(json.status == 400)
        #expect(
            json.refusal == [
                "ExpiredTokenException", "The security token included in the request is expired",
            ])
        // jrl84/amazon-sp-api#57: weeks later nobody knows it any more.
        bench.sandbox.advance(by: 14 * 86_400)
        #expect(
            try await bench.call("sts", "GetCallerIdentity", as: key).element("Code")
                == "InvalidClientTokenId")
    }

    @Test("a session's token belongs to its key")
    func wrongToken() async throws {
        roles.addRole(roles.trust(#"{"AWS":"*"}"#))
        let (one, other) = (
            roles.key(try await roles.assume()), roles.key(try await roles.assume())
        )
        for token in [nil, other.sessionToken] {
            let mixed = SigningCredential(
                accessKeyID: one.accessKeyID, secretAccessKey: one.secretAccessKey,
                sessionToken: token)
            #expect(
                try await bench.call("sts", "GetCallerIdentity", as: mixed).element("Code")
                    == "InvalidClientTokenId")
        }
    }

    // reference/aws-semantics.md section 5 row 9: a principal is its id, not its name.
    @Test("a session ends with its role, and a caller that was made again is not trusted")
    func madeAgain() async throws {
        let caller = bench.account.accessKey(for: "role/caller")
        let arn = "arn:aws:iam::123456789012:role/caller"
        let form = ["RoleName": "app", "Path": "/team/"]
        let trust = roles.trust(#"{"AWS":"\#(arn)"}"#)
        let made = try await bench.call(
            "iam", "CreateRole", form.merging(["AssumeRolePolicyDocument": trust]) { $1 })
        #expect(made.status == 200)
        let session = roles.key(try await roles.assume(as: caller))
        #expect(try await bench.call("sts", "GetCallerIdentity", as: session).status == 200)
        _ = try await bench.call("iam", "DeleteRole", ["RoleName": "caller"])
        #expect(
            try await bench.call("sts", "GetCallerIdentity", as: caller).element("Code")
                == "InvalidClientTokenId")
        let again = bench.account.accessKey(for: "role/caller")
        #expect(try await roles.assume(as: again).status == 403)
        _ = try await bench.call("iam", "DeleteRole", ["RoleName": "app"])
        #expect(
            try await bench.call("sts", "GetCallerIdentity", as: session).element("Code")
                == "InvalidClientTokenId")
    }

    // aws/eks-anywhere#9485.
    @Test("a session that was got from a session lasts an hour at most")
    func chain() async throws {
        roles.addRole(roles.trust(#"{"AWS":"*"}"#), maximumSession: 43_200)
        let first = try await roles.assume(["DurationSeconds": "43200"])
        #expect(first.element("Expiration") == "2026-01-01T12:00:00Z")
        let session = roles.key(first)
        #expect(
            try await roles.assume(["DurationSeconds": "3601"], as: session).xmlRefusal
                == "400 ValidationError The requested DurationSeconds exceeds the 1 hour session "
                + "limit for roles assumed by role chaining.")
        #expect(try await roles.assume(["DurationSeconds": "3600"], as: session).status == 200)
        #expect(try await roles.assume(as: session).element("Expiration") == "2026-01-01T01:00:00Z")
    }

    // LS test_iam_role_chaining_override_transitive_tags.
    @Test("transitive tags go on through a chain and cannot be set again")
    func transitiveTags() async throws {
        roles.addRole(roles.trust(#"{"AWS":"*"}"#, actions: #""sts:AssumeRole","sts:TagSession""#))
        let tags = [
            "Tags.member.1.Key": "Team", "Tags.member.1.Value": "red",
            "TransitiveTagKeys.member.1": "Team",
        ]
        let first = try await roles.assume(tags)
        #expect(first.element("PackedPolicySize") == "1")
        let session = roles.key(first)
        for name in ["Team", "team"] {
            let again = ["Tags.member.1.Key": name, "Tags.member.1.Value": "blue"]
            #expect(
                try await roles.assume(again, as: session).xmlRefusal
                    == "400 InvalidParameterValue One of the specified transitive tag keys can't "
                    + "be set because it conflicts with a transitive tag key from the calling "
                    + "session.")
        }
        let second = roles.key(try await roles.assume(as: session))
        let third = try await roles.assume(
            ["Tags.member.1.Key": "Team", "Tags.member.1.Value": "x"], as: second)
        #expect(third.element("Code") == "InvalidParameterValue")
    }

    @Test("a source identity needs the trust policy's permission and comes back")
    func sourceIdentity() async throws {
        roles.addRole(
            roles.trust(#"{"AWS":"*"}"#, actions: #""sts:AssumeRole","sts:SetSourceIdentity""#))
        #expect(
            try await roles.assume(["SourceIdentity": "ann"]).element("SourceIdentity") == "ann")
        bench.account.addRole("strict", trust: roles.trust(#"{"AWS":"*"}"#))
        let refused = try await roles.assume([
            "RoleArn": "arn:aws:iam::123456789012:role/strict", "SourceIdentity": "ann",
        ])
        #expect(refused.element("Message")?.contains("perform: sts:SetSourceIdentity on") == true)
    }

    @Test("session policies take of the room that they have")
    func sessionPolicy() async throws {
        roles.addRole(roles.trust(#"{"AWS":"*"}"#))
        let policy = SandboxIAMTests.document
        #expect(try await roles.assume(["Policy": policy]).element("PackedPolicySize") == "6")
        let large = policy.replacing(
            "\"*\"", with: "\"arn:aws:s3:::\(String(repeating: "x", count: 2048))\"")
        #expect(try await roles.assume(["Policy": large]).element("Code") == "PackedPolicyTooLarge")
    }

    @Test("the client's own operation reads the session")
    func client() async throws {
        roles.addRole(roles.trust(#"{"AWS":"*"}"#))
        let session = try await bench.client.send(
            STS.AssumeRole(roleARN: RoleBench.roleARN, sessionName: "run", duration: 900))
        #expect(session.arn == "arn:aws:sts::123456789012:assumed-role/app/run")
        #expect(session.expiration == bench.sandbox.now + 900)
    }

    // aws/aws-sdk-net#1704; cloudyr/aws.iam#15.
    @Test("a user's own session is the user, but opens neither IAM nor another session")
    func sessionToken() async throws {
        let answer = try await bench.call("sts", "GetSessionToken")
        #expect(answer.element("Expiration") == "2026-01-01T12:00:00Z")
        let session = roles.key(answer)
        let identity = try await bench.call("sts", "GetCallerIdentity", as: session)
        #expect(identity.element("Arn") == "arn:aws:iam::123456789012:user/alice")
        #expect(
            try await bench.call("sts", "GetSessionToken", as: session).xmlRefusal
                == "403 AccessDenied Cannot call GetSessionToken with session credentials")
        #expect(
            try await bench.call("iam", "ListUsers", as: session).element("Code")
                == "InvalidClientTokenId")
        let root = bench.account.accessKey(for: "root")
        let short = try await bench.call(
            "sts", "GetSessionToken", ["DurationSeconds": "129600"], as: root)
        #expect(short.element("Expiration") == "2026-01-01T01:00:00Z")
        #expect(
            try await bench.call("sts", "GetSessionToken", ["DurationSeconds": "129601"])
                .element("Code") == "ValidationError")
    }

    @Test("a key tells its account to anybody, and there is nothing to decode")
    func keyInfo() async throws {
        let other = bench.sandbox.addAccount(id: "210987654321").accessKey(for: "user/eve")
        let answer = try await bench.call(
            "sts", "GetAccessKeyInfo", ["AccessKeyId": other.accessKeyID])
        #expect(answer.element("Account") == "210987654321")
        #expect(
            try await bench.call(
                "sts", "GetAccessKeyInfo", ["AccessKeyId": "AKIANOBODYATALL0"]
            ).element("Code") == "ValidationError")
        #expect(
            try await bench.call("sts", "DecodeAuthorizationMessage", ["EncodedMessage": "x"])
                .element("Code") == "InvalidAuthorizationMessageException")
    }
}
