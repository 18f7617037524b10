import HTTP
import JSON
import POSIX
import SigV4
import Testing

@testable import AWS

@Suite("ContainerCredentials")
struct ContainerCredentialsTests {
    static let relative = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
    static let full = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
    static let tokenFile = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"
    static let token = "AWS_CONTAINER_AUTHORIZATION_TOKEN"
    static let answer = """
        {"RoleArn":"arn:aws:iam::123456789012:role/r","AccessKeyId":"ASIAEXAMPLE",\
        "SecretAccessKey":"canary-secret","Token":"canary-token","AccountId":"012345678901",\
        "Expiration":"2015-08-30T18:36:00Z"}
        """

    @Test("every recorded case leads to its URL or to its refusal, and nothing is sent on the way")
    func cases() async throws {
        let cases = try CaseFile("credentials.json").cases("containerEndpoint")
        #expect(cases.count == 27)
        var tally = Tally("credentials.json containerEndpoint")
        for value in cases {
            let title = value["title"]?.string ?? ""
            let bench = try MetadataBench(
                value["env"]?.strings ?? [:], names: ["localhost": [["127.0.0.1", "::1"]]])
            let outcome: String
            do throws(ContainerCredentials.Refusal) {
                let place = try await ContainerCredentials(bench.context).place()
                outcome = place.address.shown + place.address.target
            } catch {
                switch error {
                case .notConfigured: outcome = "not-configured"
                case .invalidURI: outcome = "invalid-uri"
                case .hostNotAllowed: outcome = "host-not-allowed"
                }
            }
            let expected = value["expect"]?["url"]?.string ?? value["expect"]?["error"]?.string
            tally.add(title, outcome == expected ? [] : [outcome])
            #expect(bench.sent.isEmpty, "\(title)")
        }
        tally.report()
        #expect(tally.differences == [:])
    }

    @Test("the credentials are what the service says, with account and end")
    func success() async throws {
        let bench = try MetadataBench(
            [Self.full: "http://[fd00:ec2::23]/v1/credentials", Self.token: "Bearer abc"],
            answers: [.answer(200, Self.answer)])
        let credentials = try await ContainerCredentials(bench.context).credentials()
        #expect(credentials.signing.accessKeyID == "ASIAEXAMPLE")
        #expect(credentials.accountID == "012345678901")
        #expect(credentials.expiration == 1_440_959_760)
        #expect(credentials.source.contains(Self.full))
        let request = try #require(bench.transport.sent.first)
        #expect(bench.sent == ["GET http://[fd00:ec2::23]/v1/credentials"])
        #expect(request.value("Authorization") == "Bearer abc")
        #expect(request.value("Accept") == "application/json")
        #expect(request.allowedAddresses == .containerCredentials)
        #expect(request.limits.connectMilliseconds == 2_000)
        #expect(request.limits.totalMilliseconds == 2_000)
        #expect(request.limits.maximumBody == 64 << 10)
    }

    @Test(
        "plain http goes nowhere but to the listed addresses, in whatever form they are written",
        arguments: [
            "http://169.254.169.254/c", "http://[::ffff:10.0.0.1]/c", "http://[fe80::1]/c",
            "http://0.0.0.0/c", "http://[::]/c", "http://user:pw@127.0.0.1/c",
            "http://127.0.0.1@evil.example/c", "http://127.0.0.1:80@evil.example/c",
            "http://127.0.0.1#@evil.example/c", "http://127.0.0.1\\@evil.example/c",
            "http://evil.example/c", "http://mixed.example/c", "http://unknown.example/c",
            "http:///c", "http://", "http://127.0.0.1:0/c", "http://127.0.0.1:99999/c",
            "http://127.0.0.1:8x/c", "http://[127.0.0.1]/c", "http://[::1/c", "gopher://127.0.0.1/",
            "http://127.0.0.1/a b", "http://127.0.0.1/\r\nX: 1", "http://zone.example/c",
        ])
    func refused(_ url: String) async throws {
        let bench = try MetadataBench(
            [Self.full: url, Self.token: "canary"],
            names: [
                "evil.example": [["203.0.113.1"]], "zone.example": [["::1%lo"]],
                "mixed.example": [["169.254.170.2", "203.0.113.1"]],
            ], answers: [.answer(200, Self.answer)])
        let error = try #require(
            await MetadataBench.failure(ContainerCredentials(bench.context)))
        #expect(!error.isAbsent)
        #expect(error.text.contains(Self.full))
        #expect(!error.text.contains("pw") && !error.text.contains("canary"))
        #expect(bench.transport.sent.isEmpty)
    }

    @Test("a name is looked at before each use, and the transport gets the same rule")
    func rebinding() async throws {
        let bench = try MetadataBench(
            [Self.full: "http://agent.example:8080/c"],
            names: ["agent.example": [["127.0.0.1"], ["203.0.113.1"]]],
            answers: [.answer(200, Self.answer), .answer(200, Self.answer)])
        let provider = ContainerCredentials(bench.context)
        _ = try await provider.credentials()
        #expect(bench.transport.sent.first?.allowedAddresses == .containerCredentials)
        let error = try #require(await MetadataBench.failure(provider))
        #expect(error.text.contains("agent.example, which is 203.0.113.1,"))
        #expect(bench.transport.sent.count == 1)
    }

    @Test("https may go anywhere: the certificate says who it is")
    func https() async throws {
        let bench = try MetadataBench(
            [Self.full: "https://credentials.example/c"], answers: [.answer(200, Self.answer)])
        _ = try await ContainerCredentials(bench.context).credentials()
        #expect(bench.transport.sent.first?.allowedAddresses == .any)
    }

    @Test("a relative URI is a path and nothing else", arguments: ["c", "@evil.example/c", "/a b"])
    func relativePath(_ path: String) async throws {
        let bench = try MetadataBench([Self.relative: path], answers: [.answer(200, Self.answer)])
        let error = try #require(
            await MetadataBench.failure(ContainerCredentials(bench.context)))
        #expect(error == .unusable("\(Self.relative) is not a path like /v2/credentials"))
        #expect(bench.transport.sent.isEmpty)
    }
}

extension ContainerCredentialsTests {
    private static let environment = [
        relative: "/v2/credentials/canary-id", tokenFile: "/token", token: "from-environment",
    ]

    @Test("the token file beats the variable and is read anew each time")
    func tokenFileAnew() async throws {
        let bench = try MetadataBench(
            Self.environment, files: ["/token": "first"],
            answers: [.answer(200, Self.answer), .answer(200, Self.answer)])
        let provider = ContainerCredentials(bench.context)
        _ = try await provider.credentials()
        bench.files["/token"] = "second"
        _ = try await provider.credentials()
        #expect(bench.transport.sent.map { $0.value("Authorization") } == ["first", "second"])
    }

    @Test(
        "a token with a line break, an empty, a missing and an endless one are refused unsent",
        arguments: [
            "canary\n", "canary\r\nX-Injected: 1", "", "canary\0", "c\u{E9}", nil,
            String(repeating: "c", count: (64 << 10) + 1),
        ])
    func badToken(_ text: String?) async throws {
        let bench = try MetadataBench(
            Self.environment, files: text.map { ["/token": $0] } ?? [:],
            answers: [.answer(200, Self.answer)])
        let error = try #require(
            await MetadataBench.failure(ContainerCredentials(bench.context)))
        #expect(!error.isAbsent)
        #expect(error.text.contains(Self.tokenFile))
        #expect(!error.text.contains("canary"))
        #expect(bench.transport.sent.isEmpty)
    }

    @Test("a service that cannot answer is asked three times, a second apart")
    func attempts() async throws {
        let bench = try MetadataBench(
            [Self.relative: "/c"],
            answers: [.answer(503, "busy"), .error(.ambiguous), .answer(200, Self.answer)])
        _ = try await ContainerCredentials(bench.context).credentials()
        #expect(bench.transport.sent.count == 3)
        #expect(bench.time.sleeps == [1_000, 1_000])

        let silent = try MetadataBench(
            [Self.relative: "/c"], answers: Array(repeating: .error(.notSent), count: 4))
        let error = try #require(
            await MetadataBench.failure(ContainerCredentials(silent.context)))
        #expect(silent.transport.sent.count == 3)
        #expect(!error.isAbsent)
    }

    @Test(
        "a refusal, a redirect and an address outside the rule are not tried again",
        arguments: [
            .answer(401, "canary"), .answer(403, "canary"), .answer(404, "canary"),
            .answer(302, "", ["Location": "http://evil.example/"]), .error(.invalidRequest),
            .error(.untrusted), .error(.unusableAnswer), .error(.cancelled),
        ] as [Result<HTTPResponse, HTTPError>])
    func once(_ first: Result<HTTPResponse, HTTPError>) async throws {
        let bench = try MetadataBench(
            [Self.relative: "/v2/canary"], answers: [first, .answer(200, Self.answer)])
        let error = try #require(
            await MetadataBench.failure(ContainerCredentials(bench.context)))
        #expect(bench.transport.sent.count == 1)
        #expect(!error.isAbsent)
        #expect(error.text.contains("http://169.254.170.2 (\(Self.relative))"))
        #expect(!error.text.contains("canary"))
    }

    @Test(
        "an answer that is not exactly credentials is an error without its text",
        arguments: [
            "", "canary", "[]", "{", #"{"AccessKeyId":"canary"}"#,
            answer.replacing("canary-secret", with: ""),
            answer.replacing("2015-08-30T18:36:00Z", with: "tomorrow"),
            answer.replacing("\"Token\"", with: "\"token\""),
            answer.replacing("\"canary-token\"", with: "7"),
            answer.replacing("{\"RoleArn", with: "{\"AccessKeyId\":\"x\",\"RoleArn"),
            #"{"Code":"AccessDenied","Message":"canary"}"#,
            String(repeating: "[", count: 1_000),
        ])
    func malformed(_ body: String) async throws {
        let bench = try MetadataBench([Self.relative: "/c"], answers: [.answer(200, body)])
        let error = try #require(
            await MetadataBench.failure(ContainerCredentials(bench.context)))
        #expect(!error.isAbsent)
        #expect(!error.text.contains("canary"))
        #expect(bench.transport.sent.count == 1)
    }
}
