import HTTP
import SigV4
import Testing

@testable import AWS

@Suite("AssumeRoleCredentials")
struct AssumeRoleCredentialsTests {
    private static let answer = STSAnswer.roleSession(of: "AssumeRole")

    private func provider(
        _ transport: ScriptedTransport, config: String,
        mfaCode: (@Sendable (_ serial: String) async throws(CredentialError) -> String)? = nil
    ) throws -> CredentialChain {
        var bench = CredentialBench(
            environment: ["HOME": "/home", "AWS_PROFILE": "a", "AWS_REGION": "eu-west-1"],
            files: TableFiles(["/home/.aws/config": config]), transport: transport)
        bench.mfaCode = mfaCode
        return CredentialChain.standard(try bench.context())
    }

    private static func form(_ request: HTTPRequest?) -> [String: String] {
        let members = PercentCoding.formMembers(request?.body ?? []) ?? []
        return Dictionary(members.map { ($0.name, $0.value) }) { $1 }
    }

    private static let config = """
        [profile a]
        role_arn = arn:aws:iam::123456789012:role/a
        source_profile = b
        external_id = x y
        duration_seconds = 900
        mfa_serial = arn:aws:iam::123456789012:mfa/me
        [profile b]
        aws_access_key_id = AKIDBASE
        aws_secret_access_key = base
        """

    @Test("the call has all that the profile says, in the resolved region")
    func call() async throws {
        let transport = ScriptedTransport([.answer(200, Self.answer)])
        let chain = try provider(transport, config: Self.config) { _ in "123456" }
        let found = try await chain.credentials()
        #expect(found.signing.accessKeyID == "ASIAROLE")
        #expect(found.accountID == "123456789012")
        #expect(found.expiration == 1_440_941_760)
        #expect(found.source == "arn:aws:iam::123456789012:role/a of profile a")
        #expect(transport.sent.map(\.host) == ["sts.eu-west-1.amazonaws.com"])
        #expect(
            Self.form(transport.sent.first) == [
                "Action": "AssumeRole", "Version": "2011-06-15",
                "RoleArn": "arn:aws:iam::123456789012:role/a",
                "RoleSessionName": "gaara-infra-1440938160", "DurationSeconds": "900",
                "ExternalId": "x y", "SerialNumber": "arn:aws:iam::123456789012:mfa/me",
                "TokenCode": "123456",
            ])
    }

    @Test("without a terminal an MFA device is an error, and nothing is sent")
    func noTerminal() async throws {
        let transport = ScriptedTransport([])
        #expect(
            try await provider(transport, config: Self.config).complaint()
                == "profile a: its mfa_serial needs a person at a terminal, and there is none")
        #expect(transport.sent.isEmpty)
    }

    @Test("what is no code is not sent, nor shown", arguments: ["", "12345", "hunter2", "１２３４５６"])
    func badCode(code: String) async throws {
        let transport = ScriptedTransport([])
        #expect(
            try await provider(transport, config: Self.config) { _ in code }.complaint()
                == "profile a: its mfa_serial needs the six digits that the device shows")
        #expect(transport.sent.isEmpty)
    }

    @Test("nobody is asked for a code when the first credentials are not to be had")
    func baseFirst() async throws {
        let config = Self.config.split(separator: "\n").map { line in
            line == "source_profile = b" ? "credential_source = Environment" : String(line)
        }.joined(separator: "\n")
        let complaint = try await provider(ScriptedTransport([]), config: config) { _ in
            Issue.record("somebody was asked")
            return "123456"
        }.complaint()
        #expect(
            complaint == "profile a: environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are"
                + " not set")
    }

    @Test("a refusal is told with the profile, the role and the request's id")
    func refusal() async throws {
        let body = """
            <ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>\
            <Message>no, 123456</Message></Error><RequestId>r-1</RequestId></ErrorResponse>
            """
        let transport = ScriptedTransport([.answer(403, body)])
        let complaint = try await provider(transport, config: Self.config) { _ in "123456" }
            .complaint()
        #expect(
            complaint.hasPrefix(
                "profile a: cannot assume arn:aws:iam::123456789012:role/a: sts AssumeRole:"
                    + " AccessDenied"))
        #expect(complaint.contains("request id r-1"))
        #expect(!complaint.contains("123456)") && !complaint.contains("no, 123456"))
    }

    @Test("roles are assumed one with the other, and the first is kept while it lasts")
    func chain() async throws {
        let config = """
            [profile a]
            role_arn = arn:aws:iam::123456789012:role/a
            source_profile = b
            [profile b]
            role_arn = arn:aws:iam::123456789012:role/b
            source_profile = c
            [profile c]
            aws_access_key_id = AKIDBASE
            aws_secret_access_key = base
            """
        func answer(_ id: String, _ end: String) -> Result<HTTPResponse, HTTPError> {
            .answer(200, STSAnswer.roleSession(of: "AssumeRole", id: id, end: end))
        }
        let transport = ScriptedTransport([
            answer("ASIAB", "2015-08-30T20:36:00Z"), answer("ASIAA", "2015-08-30T13:36:00Z"),
            answer("ASIAA2", "2015-08-30T14:36:00Z"),
        ])
        let time = ManualTime()
        var bench = CredentialBench(
            environment: ["HOME": "/home", "AWS_PROFILE": "a", "AWS_REGION": "eu-west-1"],
            files: TableFiles(["/home/.aws/config": config]), transport: transport)
        bench.time = time
        let chain = CredentialChain.standard(try bench.context())
        #expect(try await chain.credentials().signing.accessKeyID == "ASIAA")
        time.advance(seconds: 3000)
        #expect(try await chain.credentials().signing.accessKeyID == "ASIAA2")
        let keys = transport.sent.map { request in
            let value = request.headers.first { $0.name == "Authorization" }?.value ?? ""
            return value.split(separator: "/").first.map(String.init) ?? ""
        }
        let start = "AWS4-HMAC-SHA256 Credential="
        #expect(keys == ["\(start)AKIDBASE", "\(start)ASIAB", "\(start)ASIAB"])
        let roles = transport.sent.map { Self.form($0)["RoleArn"]?.suffix(6) }
        #expect(roles == ["role/b", "role/a", "role/a"])
    }
}
