import POSIX
import SigV4
import Synchronization
import Testing

@testable import AWS

@Suite("ProcessCredentials")
struct ProcessCredentialsTests {
    private static let output = """
        {"Version":1,"AccessKeyId":"ASIA1","SecretAccessKey":"s","SessionToken":"t",\
        "Expiration":"2015-08-30T13:36:00Z"}
        """

    private func provider(
        _ command: String, environment: [String: String] = [:],
        run: @escaping @Sendable (ChildProcess) async throws(POSIXError) -> ChildProcess.Outcome
    ) throws -> ProcessCredentials {
        var bench = CredentialBench(environment: environment)
        bench.run = run
        return ProcessCredentials(
            command: command, accountID: "123456789012", profile: "p", try bench.context())
    }

    /// With a program that really runs.
    private func provider(
        _ command: String, environment: [String: String] = [:]
    ) throws -> ProcessCredentials {
        try provider(command, environment: environment) { (child) async throws(POSIXError) in
            try await Thread.value(for: "start") { () throws(POSIXError) in try child.run() }
        }
    }

    @Test("what the program prints are the credentials, with the profile's account")
    func found() async throws {
        let found = try await provider("/bin/echo '\(Self.output)'").credentials()
        #expect(found.signing.accessKeyID == "ASIA1")
        #expect(found.signing.secretAccessKey == "s")
        #expect(found.signing.sessionToken == "t")
        #expect(found.accountID == "123456789012")
        #expect(found.expiration == 1_440_941_760)
        #expect(found.source == "credential_process of profile p")
    }

    @Test("the program gets no credentials of ours, a time limit and an output limit")
    func child() async throws {
        let kept = Box()
        let environment = [
            "PATH": "/bin", "HOME": "/h", "AWS_CONFIG_FILE": "/c", "AWS_PROFILE": "p",
            "AWS_SHARED_CREDENTIALS_FILE": "/s", "AWS_WEB_IDENTITY_TOKEN_FILE": "/t",
            "AWS_SECRET_ACCESS_KEY": "canary", "AWS_ACCESS_KEY_ID": "canary",
            "AWS_SESSION_TOKEN": "canary", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "canary",
            "AWS_VAULT_FILE_PASSPHRASE": "canary", "DATABASE_URL": "canary",
        ]
        _ = try await provider("p 'a b'", environment: environment) {
            (child) async throws(POSIXError) in
            kept.add(child)
            return ChildProcess.Outcome(exited: 0, output: Self.output)
        }.credentials()
        let child = try #require(kept.children.first)
        #expect(child.arguments == ["p", "a b"])
        #expect(!child.environment.values.contains("canary"))
        #expect(
            child.environment.keys.sorted() == [
                "AWS_CONFIG_FILE", "AWS_PROFILE", "AWS_SHARED_CREDENTIALS_FILE",
                "AWS_WEB_IDENTITY_TOKEN_FILE", "HOME", "PATH",
            ])
        #expect(child.timeLimit == 60_000)
        #expect(child.maximumOutput == 64 << 10)
    }

    @Test("a failure shows what the program says, escaped and bounded, and never its arguments")
    func failure() async throws {
        let complaint = try await provider("sh -c 'echo \"no\u{1b}[31m $0\" >&2; exit 3' word")
            .complaint()
        #expect(
            complaint == "profile p: its credential_process sh ended with status 3; it says:"
                + " no\\u{1b}[31m word")
        let long = try await provider("p --password hunter2") { _ in
            ChildProcess.Outcome(exited: 1, errors: String(repeating: "x", count: 4096))
        }.complaint()
        #expect(!long.contains("hunter2"))
        #expect(long.count < 400)
        #expect(long.hasSuffix("xxx..."))
    }

    @Test(
        "output that is not what the guide says is refused without being shown",
        arguments: [
            ("canary", "the output is not a JSON object"),
            ("{\"Version\":2}", "Version is not 1"), ("{}", "Version is missing"),
            ("{\"Version\":1,\"AccessKeyId\":\"canary\"}", "SecretAccessKey is missing"),
            (
                "{\"Version\":1,\"AccessKeyId\":\"canary\",\"SecretAccessKey\":\"\"}",
                "AccessKeyId or SecretAccessKey is empty"
            ),
            (
                "{\"Version\":1,\"AccessKeyId\":\"canary\",\"SecretAccessKey\":\"x\","
                    + "\"Expiration\":\"canary\"}", "Expiration is not an ISO 8601 time"
            ),
        ])
    func badOutput(output: String, reason: String) async throws {
        let complaint = try await provider("/opt/p") { _ in
            ChildProcess.Outcome(exited: 0, output: output)
        }.complaint()
        #expect(
            complaint
                == "profile p: its credential_process /opt/p printed no credentials: \(reason)")
    }

    @Test("a program that hangs, floods or is not there is told apart")
    func endings() async throws {
        func complaint(_ ending: ChildProcess.Ending) async throws -> String {
            try await provider("p") { _ in
                ChildProcess.Outcome(ending: ending, output: [], errorOutput: [])
            }.complaint()
        }
        #expect(
            try await complaint(.timedOut).hasSuffix("did not end within a minute and was stopped"))
        #expect(
            try await complaint(.tooMuchOutput).hasSuffix(
                "printed more than 64 KiB and was stopped"))
        #expect(try await complaint(.signalled(9)).hasSuffix("was ended by signal 9"))
        #expect(
            try await provider("/nowhere/p x").complaint()
                == "profile p: its credential_process cannot be run: /nowhere/p: no such file or"
                + " directory")
        #expect(
            try await provider("a | b").complaint()
                == "profile p: its credential_process cannot be run: it runs without a shell,"
                + " where | means nothing: put the line into a script")
    }

    /// Keeps what was run.
    private final class Box: Sendable {
        private let kept = Mutex<[ChildProcess]>([])
        var children: [ChildProcess] { kept.withLock { $0 } }
        func add(_ child: ChildProcess) { kept.withLock { $0.append(child) } }
    }
}

extension ChildProcess.Outcome {
    fileprivate init(exited status: Int32, output: String = "", errors: String = "") {
        self.init(
            ending: .exited(status), output: Array(output.utf8), errorOutput: Array(errors.utf8))
    }
}
