import HTTP
import SigV4
import Testing

@testable import AWS

@Suite("WebIdentityCredentials")
struct WebIdentityCredentialsTests {
    private static let role = "arn:aws:iam::123456789012:role/ci"
    private static let answer = STSAnswer.roleSession(of: "AssumeRoleWithWebIdentity")

    private func bench(
        _ transport: ScriptedTransport, token: String?
    ) -> CredentialBench {
        CredentialBench(
            environment: [
                "AWS_WEB_IDENTITY_TOKEN_FILE": "/token", "AWS_ROLE_ARN": Self.role,
                "AWS_REGION": "eu-west-1",
            ],
            files: TableFiles(token.map { ["/token": $0] } ?? [:]), transport: transport)
    }

    @Test("the call is not signed, and the file is read anew for each")
    func renewal() async throws {
        let transport = ScriptedTransport([
            .answer(200, Self.answer),
            .answer(
                200,
                STSAnswer.roleSession(
                    of: "AssumeRoleWithWebIdentity", id: "ASIANEW", end: "2015-08-30T14:36:00Z")),
        ])
        let bench = bench(transport, token: "one\r\n")
        let chain = CredentialChain.standard(try bench.context())
        #expect(try await chain.credentials().signing.accessKeyID == "ASIAROLE")
        bench.files.write("/token", "two")
        #expect(try await chain.credentials().signing.accessKeyID == "ASIAROLE")
        bench.time.advance(seconds: 3000)
        #expect(try await chain.credentials().signing.accessKeyID == "ASIANEW")
        let tokens = transport.sent.map { request in
            PercentCoding.formMembers(request.body)?.first { $0.name == "WebIdentityToken" }?.value
        }
        #expect(tokens == ["one", "two"])
        for request in transport.sent {
            let names = request.headers.map { $0.name.lowercased() }
            #expect(!names.contains("authorization") && !names.contains("x-amz-security-token"))
        }
    }

    @Test(
        "a file that holds no token is an error that does not show it, and nothing is sent",
        arguments: ["", "\n", "canary\ncanary", "canary canary", "canary\0", "canaryé"])
    func noToken(text: String) async throws {
        let transport = ScriptedTransport([])
        let context = try bench(transport, token: text).context()
        let complaint = await CredentialChain.standard(context).complaint()
        #expect(
            complaint == "the environment: cannot assume \(Self.role) with a token: the file /token"
                + " does not hold one token")
        #expect(transport.sent.isEmpty)
    }

    @Test("a file that is missing or larger than a token can be is an error with its name")
    func fileFaults() async throws {
        let transport = ScriptedTransport([])
        let missing = try bench(transport, token: nil).context()
        #expect(
            await CredentialChain.standard(missing).complaint()
                == "the environment: cannot assume \(Self.role) with a token: the file /token does"
                + " not exist")
        let large = try bench(transport, token: String(repeating: "x", count: 20_003)).context()
        #expect(
            await CredentialChain.standard(large).complaint()
                .hasSuffix("cannot read /token: larger than 20002 bytes"))
    }

    @Test("a refusal that repeats the token does not show it")
    func refusal() async throws {
        let token = "header.payload.signature"
        let body = """
            <ErrorResponse><Error><Type>Sender</Type><Code>InvalidIdentityToken</Code>\
            <Message>bad \(token)</Message></Error><RequestId>r-1</RequestId></ErrorResponse>
            """
        let transport = ScriptedTransport([.answer(400, body)])
        let context = try bench(transport, token: token).context()
        let complaint = await CredentialChain.standard(context).complaint()
        #expect(complaint.contains("InvalidIdentityToken"))
        #expect(!complaint.contains(token))
    }
}
