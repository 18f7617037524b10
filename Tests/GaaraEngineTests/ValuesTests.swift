import AWSSandbox
import GaaraEngine
import GaaraPlan
import GaaraStore
import POSIX
import Testing

@Suite("A value")
struct ValuesTests {
    private let bench = Bench()
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func sources(
        _ environment: [String: String] = [:], envFile: [String: SecretValue]? = nil,
        commands: Bool = false
    ) -> ValueSources {
        ValueSources(
            envFile: envFile, environment: environment, folder: folder.path,
            allowsCommands: commands)
    }

    /// The stored value of a plan whose one secret has `source`, applied from nothing.
    private func stored(_ source: String, _ sources: ValueSources) async throws -> SandboxValue? {
        let plan = try PlanText.read(PlanText.withSecret("value: \(source)"))
        expectComplete(try await bench.apply(plan, values: sources))
        #expect(try await bench.changeset(plan, values: sources).words == [])
        return bench.secret("api-token")?.value
    }

    /// Why the value is missing; nothing may have been written.
    private func refusal(_ source: String, _ sources: ValueSources) async throws -> String? {
        let plan = try PlanText.read(PlanText.withSecret("value: \(source)"))
        let changeset = try await bench.changeset(plan, values: sources)
        #expect(changeset.missingValues.map(\.address.description) == ["secret/api-token"])
        let receipt = try await bench.apply(plan, values: sources)
        #expect(receipt.failures.map(\.error.code) == [.value])
        #expect(receipt.done == [])
        #expect(bench.sandbox.writes == [])
        return changeset.missingValues.first?.reason
    }

    @Test("comes from the file of --env-file")
    func envFile() async throws {
        let file = ["API_TOKEN": SecretValue(string: "from the file")]
        #expect(
            try await stored("{ from: env-file }", sources(envFile: file))
                == .text("from the file"))
    }

    @Test("that --env-file does not have, or without --env-file, is missing")
    func missingInEnvFile() async throws {
        #expect(
            try await refusal("{ from: env-file }", sources(envFile: [:]))
                == "API_TOKEN is not in the file given by --env-file")
        #expect(
            try await refusal("{ from: env-file }", sources())
                == "API_TOKEN comes from --env-file, not given")
    }

    @Test("comes from the environment")
    func environment() async throws {
        #expect(
            try await stored("{ from: environment }", sources(["API_TOKEN": "v"])) == .text("v"))
    }

    @Test("that is empty, too long or absent in the environment is missing")
    func unfit() async throws {
        #expect(
            try await refusal("{ from: environment }", sources())
                == "API_TOKEN is not in the environment")
        #expect(
            try await refusal("{ from: environment }", sources(["API_TOKEN": ""]))
                == "the value is empty, which Secrets Manager cannot store")
        let long = String(repeating: "x", count: 65_537)
        #expect(
            try await refusal("{ from: environment }", sources(["API_TOKEN": long]))
                == "the value has 65537 bytes; 65536 is the limit")
    }

    @Test("of exactly 65536 bytes is stored")
    func longest() async throws {
        let long = String(repeating: "x", count: 65_536)
        #expect(
            try await stored("{ from: environment }", sources(["API_TOKEN": long])) == .text(long))
    }

    @Test("comes from a file under the plan's folder, byte for byte")
    func file() async throws {
        try Folder.make(folder.file("keys"))
        try File.write(folder.file("keys/token"), Array("line\n".utf8))
        #expect(
            try await stored("{ from: file, path: keys/token }", sources()) == .text("line\n"))
    }

    @Test("from a binary file is stored as bytes, and another file of the same bytes is no change")
    func binaryFile() async throws {
        let bytes: [UInt8] = [0, 255, 1, 254]
        try File.write(folder.file("token"), bytes)
        #expect(
            try await stored("{ from: file, path: token, binary: true }", sources())
                == .binary(bytes))
    }

    @Test("from a file that is no text needs `binary: true`")
    func notText() async throws {
        try File.write(folder.file("token"), [0xff])
        #expect(
            try await refusal("{ from: file, path: token }", sources())
                == "token is not UTF-8; `binary: true` stores it as bytes")
    }

    @Test("from a link, a folder or a missing file is missing")
    func oddFiles() async throws {
        try File.write(folder.file("real"), [65])
        let linking = try ChildProcess(
            ["ln", "-s", "real", folder.file("link")], environment: ["PATH": "/usr/bin:/bin"]
        ).run()
        #expect(linking.isSuccess)
        try Folder.make(folder.file("inner"))
        for path in ["link", "inner", "absent"] {
            let reason = try await refusal("{ from: file, path: \(path) }", sources())
            #expect(reason?.contains(path) == true)
        }
    }

    @Test("from a file outside the plan's folder is missing, even if a plan says so")
    func escapingFile() async throws {
        try Folder.make(folder.file("plans"))
        try File.write(folder.file("outside"), [65])
        var plan = try PlanText.read(PlanText.withSecret("value: { from: environment }"))
        plan.secrets[0].value = .file(path: "../outside", binary: false)
        let inner = ValueSources(
            envFile: nil, environment: [:], folder: folder.file("plans"), allowsCommands: false)
        let changeset = try await bench.changeset(plan, values: inner)
        #expect(changeset.missingValues.count == 1)
        _ = try await bench.apply(plan, values: inner)
        #expect(bench.sandbox.writes == [])
    }

    @Test("from a program needs --allow-commands, and loses one final newline")
    func command() async throws {
        let source = "{ from: command, run: [printf, 'v\\n\\n'] }"
        #expect(
            try await refusal(source, sources())
                == "it comes from the program printf, which needs --allow-commands")
        let path = ["PATH": "/usr/bin:/bin"]
        #expect(try await stored(source, sources(path, commands: true)) == .text("v\n"))
    }

    @Test("from a program is read without the credentials that we act with")
    func commandEnvironment() async throws {
        let environment = [
            "PATH": "/usr/bin:/bin", "OP_TOKEN": "theirs", "AWS_PROFILE": "vault",
            "AWS_ACCESS_KEY_ID": "ours", "AWS_SECRET_ACCESS_KEY": "ours",
            "AWS_SESSION_TOKEN": "ours", "AWS_SECURITY_TOKEN": "ours",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN": "ours",
        ]
        #expect(
            try await stored(
                "{ from: command, run: [env] }", sources(environment, commands: true))
                == .text("AWS_PROFILE=vault\nOP_TOKEN=theirs\nPATH=/usr/bin:/bin"))
    }

    @Test("from a program that fails, or prints nothing, is missing")
    func failingCommand() async throws {
        let path = sources(["PATH": "/usr/bin:/bin"], commands: true)
        let reason = try await refusal("{ from: command, run: [\"false\"] }", path)
        #expect(reason?.hasPrefix("the program false did not succeed") == true)
        let none = try await refusal("{ from: command, run: [\"true\"] }", path)
        #expect(none == "the value is empty, which Secrets Manager cannot store")
        let absent = try await refusal("{ from: command, run: [no-such-program] }", path)
        #expect(absent?.hasPrefix("the program no-such-program could not be run") == true)
    }

    @Test(
        "that is generated has the declared length and alphabet",
        arguments: [
            ("alphanumeric", "0-9A-Za-z"), ("url-safe", "0-9A-Za-z-_"), ("hex", "0-9a-f"),
            ("printable", "!-~"),
        ])
    func generated(_ alphabet: String, _ name: String) async throws {
        let value = try await stored(
            "{ generate: { length: 4096, alphabet: \(alphabet) } }", sources())
        let drawn = try #require(value).bytes
        #expect(drawn.count == 4096)
        let allowed: (UInt8) -> Bool =
            switch alphabet {
            case "alphanumeric": { Self.isAlphanumeric($0) }
            case "url-safe": { Self.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x5F }
            case "hex": { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
            default: { (0x21...0x7E).contains($0) }
            }
        #expect(drawn.allSatisfy(allowed), "only \(name)")
        let sizes = ["alphanumeric": 62, "url-safe": 64, "hex": 16, "printable": 94]
        #expect(Set(drawn).count == sizes[alphabet], "every character comes")
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    @Test("made of fields is one canonical JSON object")
    func fields() async throws {
        let source = """
            {
              fields: {
                z: { literal: 'a "quoted" word' }, a: { from: environment },
                m: { from: env-file }
              }
            }
            """
        let all = sources(
            ["API_TOKEN_A": "line\nbreak"], envFile: ["API_TOKEN_M": SecretValue(string: "é")])
        let plan = source.split(separator: "\n").joined(separator: " ")
        #expect(
            try await stored(plan, all)
                == .text(#"{"a":"line\nbreak","m":"é","z":"a \"quoted\" word"}"#))
    }

    @Test("made of fields that are too long together is missing")
    func longFields() async throws {
        let half = String(repeating: "x", count: 40_000)
        let reason = try await refusal(
            "{ fields: { a: { from: environment }, b: { from: environment } } }",
            sources(["API_TOKEN_A": half, "API_TOKEN_B": half]))
        #expect(reason == "the value has 80015 bytes; 65536 is the limit")
    }
}
