import HTTP
import SigV4
import Testing

@testable import AWS

@Suite("InstanceCredentials")
struct InstanceCredentialsTests {
    private static let service = "http://169.254.169.254/latest/"
    private static let roles = service + "meta-data/iam/security-credentials/"
    private static let answer = """
        {"Code":"Success","LastUpdated":"2015-08-30T12:30:00Z","Type":"AWS-HMAC",\
        "AccessKeyId":"ASIAEXAMPLE","SecretAccessKey":"canary-secret","Token":"canary-token",\
        "Expiration":"2015-08-30T18:36:00Z"}
        """

    private static func failure(
        _ answers: [Result<HTTPResponse, HTTPError>]
    ) async throws -> (CredentialError, MetadataBench) {
        let bench = try MetadataBench(answers: answers)
        let error = await MetadataBench.failure(InstanceCredentials(bench.context))
        return (try #require(error), bench)
    }

    @Test("a token, the role's name, its credentials; never a request without the token")
    func success() async throws {
        let bench = try MetadataBench(answers: [
            .answer(200, "canary=="), .answer(200, "app-role"), .answer(200, Self.answer),
        ])
        let credentials = try await InstanceCredentials(bench.context).credentials()
        #expect(credentials.signing.accessKeyID == "ASIAEXAMPLE")
        #expect(credentials.expiration == 1_440_959_760)
        #expect(credentials.source == "role app-role of this EC2 instance")
        #expect(
            bench.sent == [
                "PUT \(Self.service)api/token", "GET \(Self.roles)", "GET \(Self.roles)app-role",
            ])
        let requests = bench.transport.sent
        #expect(requests[0].value("x-aws-ec2-metadata-token-ttl-seconds") == "21600")
        #expect(requests[0].body.isEmpty)
        for request in requests[1...] {
            #expect(request.value("x-aws-ec2-metadata-token") == "canary==")
        }
        for request in requests {
            #expect(request.limits.connectMilliseconds == 1_000)
            #expect(request.limits.totalMilliseconds == 1_000)
            #expect(request.limits.maximumBody == 64 << 10)
            #expect(request.allowedAddresses == .instanceMetadata)
        }
    }

    @Test(
        "an answer to the PUT that never comes explains the hop limit, and is not waited for twice")
    func hopLimit() async throws {
        let silence = HTTPError(.ambiguous, "no complete answer within 1000 ms", isTimeout: true)
        let (error, bench) = try await Self.failure([.failure(silence), .answer(200, "t")])
        #expect(error.isAbsent)
        #expect(
            error.text.contains(
                "aws ec2 modify-instance-metadata-options --instance-id ID"
                    + " --http-put-response-hop-limit 2"))
        #expect(bench.transport.sent.count == 1)
    }

    @Test("where nothing accepts connections there is no instance, at the first try")
    func nowhere() async throws {
        let closed = HTTPError(.notSent, "no connection within 1000 ms", isTimeout: true)
        let (error, bench) = try await Self.failure([.failure(closed), .answer(200, "t")])
        #expect(
            error
                == .absent([
                    "EC2 instance metadata at http://169.254.169.254: no connection within 1000 ms"
                ]))
        #expect(bench.transport.sent.count == 1)
    }

    @Test("a server's faults are tried again, four times at most, each request for itself")
    func serverFaults() async throws {
        let bench = try MetadataBench(answers: [
            .answer(503, ""), .answer(200, "t"), .answer(500, ""), .answer(502, ""),
            .answer(504, ""), .answer(200, "app-role"), .answer(503, ""), .answer(200, Self.answer),
        ])
        _ = try await InstanceCredentials(bench.context).credentials()
        #expect(bench.transport.sent.count == 8)
        let (error, failed) = try await Self.failure(
            Array(repeating: .answer(503, "canary"), count: 5))
        #expect(failed.transport.sent.count == 4)
        #expect(!error.isAbsent)
        #expect(error.text.hasSuffix("status 503"))
    }

    @Test("401 gets a new token, once")
    func newToken() async throws {
        let bench = try MetadataBench(answers: [
            .answer(200, "old"), .answer(401, ""), .answer(200, "new"), .answer(200, "app-role"),
            .answer(200, Self.answer),
        ])
        _ = try await InstanceCredentials(bench.context).credentials()
        let tokens = bench.transport.sent.map { $0.value("x-aws-ec2-metadata-token") }
        #expect(tokens == [nil, "old", nil, "new", "new"])
        let (error, failed) = try await Self.failure([
            .answer(200, "old"), .answer(401, ""), .answer(200, "new"), .answer(401, ""),
            .answer(200, "newer"),
        ])
        #expect(failed.transport.sent.count == 4)
        #expect(error.text.contains("401"))
    }

    @Test("403 says that access is forbidden, 404 that there is no role")
    func refusals() async throws {
        let (forbidden, _) = try await Self.failure([.answer(403, "canary")])
        #expect(!forbidden.isAbsent)
        #expect(forbidden.text.contains("forbidden"))
        let (later, _) = try await Self.failure([.answer(200, "t"), .answer(403, "canary")])
        #expect(!later.isAbsent)
        let (none, _) = try await Self.failure([.answer(200, "t"), .answer(404, "canary")])
        #expect(none == .absent(["EC2 instance metadata: the instance has no role"]))
    }

    @Test(
        "another machine's metadata service, a captive portal: there is no instance",
        arguments: [400, 404, 405, 302])
    func others(_ status: Int) async throws {
        let (error, bench) = try await Self.failure([
            .answer(status, "canary", ["Location": "http://evil.example/"]), .answer(200, "t"),
        ])
        #expect(error.isAbsent)
        #expect(error.text.contains("status \(status)"))
        #expect(bench.transport.sent.count == 1)
    }

    @Test("a redirect instead of the credentials is not followed")
    func redirect() async throws {
        let (error, bench) = try await Self.failure([
            .answer(200, "t"), .answer(302, "", ["Location": "http://evil.example/"]),
        ])
        #expect(!error.isAbsent)
        #expect(bench.transport.sent.count == 2)
    }

    @Test(
        "a token or a role's name that is no such thing goes into no request",
        arguments: [
            ("", "app-role"), ("a\r\nX: 1", "app-role"), ("a b", "app-role"), ("t", "../x"),
            ("t", "a/b"), ("t", "a\nb"), ("t", "a?b"), ("t", String(repeating: "a", count: 65)),
        ])
    func hostile(_ token: String, _ role: String) async throws {
        let (error, bench) = try await Self.failure([
            .answer(200, token), .answer(200, role), .answer(200, Self.answer),
        ])
        #expect(!error.isAbsent)
        #expect(bench.transport.sent.count == (token == "t" ? 2 : 1))
    }

    @Test("a role that may not be assumed is an error with the service's code")
    func code() async throws {
        let (error, _) = try await Self.failure([
            .answer(200, "t"), .answer(200, "app-role"),
            .answer(200, #"{"Code":"AssumeRoleUnauthorizedAccess","Message":"canary"}"#),
        ])
        #expect(
            error
                == .unusable(
                    "EC2 instance metadata: role app-role: the service says"
                        + " AssumeRoleUnauthorizedAccess"))
    }
}
