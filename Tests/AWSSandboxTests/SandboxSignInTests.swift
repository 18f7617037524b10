import AWS
import AWSSandbox
import Digest
import HTTP
import JSON
import SigV4
import Testing

@Suite struct SandboxSignInTests {
    static let issuer = "token.actions.githubusercontent.com"
    static let roleARN = "arn:aws:iam::123456789012:role/deploy"

    let bench: Bench

    init() throws {
        bench = try Bench()
        let provider = bench.account.addIdentityProvider(Self.issuer)
        bench.account.addRole(
            "deploy",
            trust: #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","#
                + #""Principal":{"Federated":"\#(provider)"},"#
                + #""Action":"sts:AssumeRoleWithWebIdentity","Condition":{"#
                + #""StringEquals":{"\#(Self.issuer):aud":"sts.amazonaws.com"},"#
                + #""StringLike":{"\#(Self.issuer):sub":"repo:gaara/*"}}}]}"#)
    }

    /// A token of these claims; nobody verifies its signature.
    private func token(_ changes: [String: JSON] = [:]) -> String {
        var claims: JSONObject = [
            "iss": .string("https://\(Self.issuer)"), "aud": "sts.amazonaws.com",
            "sub": "repo:gaara/store:ref:refs/heads/main", "exp": JSON(bench.sandbox.now + 300),
        ]
        for (name, value) in changes { claims[name] = value }
        let parts: [JSON] = [["alg": "RS256", "typ": "JWT"], .object(claims), ["x": 1]]
        return parts.map { part in
            Base64.encode(part.compactBytes).replacing("+", with: "-").replacing("/", with: "_")
                .replacing("=", with: "")
        }.joined(separator: ".")
    }

    private func assume(_ fields: [String: String]) async throws -> HTTPResponse {
        let form = ["RoleArn": Self.roleARN, "RoleSessionName": "run"].merging(fields) { $1 }
        let text = form.sorted { $0.key < $1.key }.map { "&\($0.key)=\($0.value)" }.joined()
        return try await bench.sandbox.send(
            bench.query(
                service: "sts",
                form: "Action=AssumeRoleWithWebIdentity&Version=2011-06-15" + text,
                signedWith: nil))
    }

    @Test("the bearer of a trusted token gets a session without a signature")
    func webIdentity() async throws {
        let answer = try await assume(["WebIdentityToken": token()])
        #expect(
            answer.element("SubjectFromWebIdentityToken") == "repo:gaara/store:ref:refs/heads/main")
        #expect(answer.element("Audience") == "sts.amazonaws.com")
        #expect(answer.element("Provider") == "https://\(Self.issuer)")
        let session = SigningCredential(
            accessKeyID: answer.element("AccessKeyId") ?? "",
            secretAccessKey: answer.element("SecretAccessKey") ?? "",
            sessionToken: answer.element("SessionToken"))
        let identity = try await bench.call("sts", "GetCallerIdentity", as: session)
        #expect(
            identity.element("Arn") == "arn:aws:sts::123456789012:assumed-role/deploy/run")
        let own = try await bench.client.send(
            STS.AssumeRoleWithWebIdentity(
                roleARN: Self.roleARN, sessionName: "run",
                token: token(["aud": ["x", "sts.amazonaws.com"]])))
        #expect(own.expiration == bench.sandbox.now + 3600)
    }

    // Texts: Refusal+STS.swift.
    @Test(
        "a token that is not trusted is refused",
        arguments: [
            (
                ["iss": "https://example.com"],
                "400 InvalidIdentityToken No OpenIDConnect provider found in your account for "
                    + "https://example.com"
            ),
            (["aud": "other"], "400 InvalidIdentityToken Incorrect token audience"),
            (
                ["sub": "repo:evil/store"],
                "403 AccessDenied Not authorized to perform sts:AssumeRoleWithWebIdentity"
            ),
            (
                ["exp": 1_767_225_600],
                "400 ExpiredTokenException Token expired: current date/time 1767225600 must be "
                    + "before the expiration date/time 1767225600"
            ),
            (
                ["sub": .null],
                "400 InvalidIdentityToken The ID Token provided is not a valid JWT. (You may see "
                    + "this error if you sent an Access Token)"
            ),
        ] as [([String: JSON], String)])
    func refused(claims: [String: JSON], text: String) async throws {
        #expect(try await assume(["WebIdentityToken": token(claims)]).xmlRefusal == text)
    }

    @Test("what is no token, and a role that is not there, are refused")
    func noToken() async throws {
        for text in ["opaque-access-token", "a.b.c", "...."] {
            #expect(
                try await assume(["WebIdentityToken": text]).element("Code")
                    == "InvalidIdentityToken")
        }
        #expect(
            try await assume([
                "WebIdentityToken": token(), "RoleArn": "arn:aws:iam::123456789012:role/none",
            ]).element("Code") == "AccessDenied")
        #expect(
            try await assume(["WebIdentityToken": token(), "DurationSeconds": "3601"])
                .element("Message")
                == "The requested DurationSeconds exceeds the MaxSessionDuration set for this "
                + "role.")
    }

    private func send(
        _ method: String, _ target: String, _ headers: [HTTPHeader] = [], _ body: JSON? = nil
    ) async throws -> HTTPResponse {
        try await bench.sandbox.send(
            HTTPRequest(
                method: method, scheme: .https, host: "portal.sso.us-east-1.amazonaws.com",
                target: target, headers: headers, body: body?.compactBytes ?? []))
    }

    private func roleCredentials(
        _ token: String, role: String = "ReadOnly", account: String = Bench.accountID
    ) async throws -> HTTPResponse {
        try await send(
            "GET", "/federation/credentials?role_name=\(role)&account_id=\(account)",
            [HTTPHeader("x-amz-sso_bearer_token", token)])
    }

    @Test("somebody who is signed in gets the role of a permission set, and no other")
    func portal() async throws {
        let tokens = bench.account.signIn("ann@example.com", to: ["ReadOnly"])
        let output = try await bench.client.send(
            SSO.GetRoleCredentials(
                roleName: "ReadOnly", accountID: Bench.accountID, accessToken: tokens.accessToken))
        #expect(output.expiration == Int64(bench.sandbox.now + 3600))
        let raw = try await roleCredentials(tokens.accessToken)
        let credentials = raw.json?["roleCredentials"]
        let session = SigningCredential(
            accessKeyID: credentials?["accessKeyId"]?.string ?? "",
            secretAccessKey: credentials?["secretAccessKey"]?.string ?? "",
            sessionToken: credentials?["sessionToken"]?.string)
        let identity = try await bench.call("sts", "GetCallerIdentity", as: session)
        let arn = try #require(identity.element("Arn"))
        #expect(arn.hasPrefix("arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_ReadOnly_"))
        #expect(arn.hasSuffix("/ann@example.com"))
        for (role, account) in [("Admin", Bench.accountID), ("ReadOnly", "210987654321")] {
            let refused = try await roleCredentials(
                tokens.accessToken, role: role, account: account)
            #expect(refused.status == 403)
            #expect(refused.header("x-amzn-errortype") == "ForbiddenException")
            #expect(refused.json?["message"]?.string == "No access")
        }
    }

    // aws/aws-cli#7340, fwdcloudsec/granted#715.
    @Test("an unknown or ended access token is unauthorized")
    func unauthorized() async throws {
        let tokens = bench.account.signIn("ann", to: ["ReadOnly"])
        bench.sandbox.advance(by: 3600)
        for token in [tokens.accessToken, "guessed"] {
            let refused = try await roleCredentials(token)
            #expect(refused.status == 401)
            #expect(refused.header("x-amzn-errortype") == "UnauthorizedException")
            #expect(refused.json?["message"]?.string == "Session token not found or invalid")
        }
    }

    private func renew(
        _ tokens: SandboxSignInTokens, _ changes: [String: JSON] = [:]
    ) async throws -> HTTPResponse {
        var body: JSONObject = [
            "clientId": .string(tokens.clientID), "clientSecret": .string(tokens.clientSecret),
            "grantType": "refresh_token", "refreshToken": .string(tokens.refreshToken),
        ]
        for (name, value) in changes { body[name] = value }
        return try await send("POST", "/token", [], .object(body))
    }

    @Test("a refresh token is good for one new access token")
    func renewal() async throws {
        let tokens = bench.account.signIn("ann", to: ["ReadOnly"])
        bench.sandbox.advance(by: 3600)
        let output = try await bench.client.send(
            SSOOIDC.CreateToken(
                clientID: tokens.clientID, clientSecret: tokens.clientSecret,
                refreshToken: tokens.refreshToken))
        #expect(output.expiresIn == 3600)
        // aws/aws-cli#8561.
        let again = try await renew(tokens)
        #expect(again.status == 400)
        #expect(again.header("x-amzn-errortype") == "InvalidGrantException")
        #expect(
            again.text
                == #"{"error":"invalid_grant","error_description":"Invalid refresh token provided"}"#
        )
    }

    @Test("the new tokens work, until the sign-in itself ends")
    func renewed() async throws {
        let tokens = bench.account.signIn("ann", to: ["ReadOnly"], for: 7200)
        bench.sandbox.advance(by: 3600)
        let first = try await renew(tokens)
        let access = try #require(first.json?["accessToken"]?.string)
        #expect(try await roleCredentials(access).status == 200)
        bench.sandbox.advance(by: 3600)
        #expect(try await roleCredentials(access).status == 401)
        let refresh = try #require(first.json?["refreshToken"])
        #expect(try await renew(tokens, ["refreshToken": refresh]).status == 400)
    }

    @Test(
        "a renewal without its parts is refused",
        arguments: [
            ("clientSecret", "wrong", 401, "InvalidClientException", "invalid_client"),
            ("clientId", "wrong", 401, "InvalidClientException", "invalid_client"),
            ("clientId", .null, 400, "InvalidRequestException", "invalid_request"),
            ("refreshToken", .null, 400, "InvalidRequestException", "invalid_request"),
            (
                "grantType", "password", 400, "UnsupportedGrantTypeException",
                "unsupported_grant_type"
            ),
        ] as [(String, JSON, Int, String, String)])
    func incomplete(
        name: String, value: JSON, status: Int, code: String, error: String
    ) async throws {
        let refused = try await renew(
            bench.account.signIn("ann", to: ["ReadOnly"]), [name: value])
        #expect(refused.status == status)
        #expect(refused.header("x-amzn-errortype") == code)
        #expect(refused.json?["error"]?.string == error)
    }

    @Test("what needs no signature counts as nobody's call")
    func log() async throws {
        _ = try await assume(["WebIdentityToken": token()])
        #expect(bench.sandbox.calls.map(\.principal) == [""])
        #expect(bench.sandbox.calls.map(\.outcome) == [.done])
    }
}
