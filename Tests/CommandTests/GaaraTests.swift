import AWSSandbox
import Testing

@testable import gaara_infra

@Suite("The command line")
struct GaaraTests {
    private static let verbs = [
        "validate", "plan", "apply", "destroy", "import", "policy", "secret", "doctor", "sandbox",
        "schema",
    ]

    @Test("help lists the verbs that there are, and no later ones")
    func lists() async throws {
        let help = await (try Stage()).run(["--help"]).output
        let listed = try #require(help.split(separator: "SUBCOMMANDS:\n").last)
            .split(separator: "\n").filter { !$0.contains("See 'gaara-infra help") }
            .compactMap { $0.split(separator: " ").first.map(String.init) }
        #expect(listed == Self.verbs)
    }

    @Test("every word that cannot be understood ends with 64 and asks nobody", arguments: verbs)
    func usage(verb: String) async throws {
        let stage = try Stage()
        let result = await stage.run([verb, "--no-such-option"])
        #expect(result.code == 64)
        #expect(result.output.isEmpty)
        let lines = result.complaint.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("error: ") == true)
        #expect(lines.last?.hasPrefix("hint: ") == true)
        #expect(lines.last?.hasSuffix("see gaara-infra \(verb) --help") == true)
        #expect(stage.sandbox.calls.isEmpty)
    }

    @Test("every verb that may show colours or JSON takes the words for it", arguments: verbs)
    func everywhere(verb: String) async throws {
        let words = verb == "secret" ? ["secret", "get"] : [verb]
        let help = await (try Stage()).run(words + ["--help"]).output
        for option in ["--json", "--no-color", "--log-level"] {
            #expect(help.contains(option), "\(verb) \(option)")
        }
    }

    @Test(
        "a folder without a name is a fault of usage, not the root", arguments: ["output", "check"])
    func namelessFolder(option: String) async throws {
        let result = await (try Stage()).run(["policy", "no-plan.yaml", "--\(option)", ""])
        #expect(result.code == 64)
        #expect(result.complaint.contains("take a folder"))
    }

    @Test("a word that would move the cursor is escaped in the complaint about it")
    func escapes() async throws {
        let result = await (try Stage()).run(["plan", "a.yaml", "--\u{1B}[2J\nx"])
        #expect(!result.complaint.contains("\u{1B}"))
        #expect(result.code == 64)
    }
}
