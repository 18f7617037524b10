#if CommandLine
    import POSIX
    import Testing

    struct ExampleTests {
        /// The verbs that read files and nothing else.
        private static let offlineVerbs: Set<String> = ["validate", "policy", "schema", "--help"]

        private static func runsHere(_ example: Example) -> Bool {
            example.isOffline || offlineVerbs.contains(example.arguments.first ?? "")
                || example.arguments.contains("--help")
        }

        @Test("an example that needs no account ends and prints as the document shows it")
        func offline() async throws {
            let examples = try Example.all().filter(Self.runsHere)
            #expect(examples.count >= 9)
            for example in examples {
                let ending = try await Program.run(
                    example.arguments, environment: example.environment)
                #expect((ending.code != 0) == example.showsError, "\(example)")
                #expect(
                    Shown.matches(example.output, ending.lines),
                    "\(example) printed:\n\(ending.lines.joined(separator: "\n"))")
            }
        }

        @Test("every example, command line and hint has verbs and options that exist")
        func words() async throws {
            let written = try Example.all().map(\.arguments) + Self.commandLines() + Self.hints()
            #expect(written.count >= 25)
            var helps: [[String]: String] = [:]
            for arguments in written {
                let verb = Array(arguments.prefix(arguments.first == "secret" ? 2 : 1))
                if helps[verb] == nil {
                    let help = try await Program.run(verb + ["--help"])
                    helps[verb] = help.lines.joined(separator: "\n")
                }
                let help = helps[verb] ?? ""
                // An unknown verb prints the help of the whole command.
                let usage = (["USAGE: gaara-infra"] + verb).joined(separator: " ")
                #expect(help.contains(usage), "\(arguments): no such verb")
                for option in arguments where option.hasPrefix("--") {
                    let isThere = help.contains("  \(option) ") || help.contains("  \(option)\n")
                    #expect(isThere, "\(arguments): no option \(option)")
                }
            }
        }

        /// The lines of `sh` blocks that call the command.
        private static func commandLines() throws -> [[String]] {
            try Block.all().filter { $0.kind == "sh" }.flatMap(\.lines)
                .filter { $0.hasPrefix("gaara-infra ") }
                .map { $0.split(separator: " ").dropFirst().map(String.init) }
        }

        /// The command lines in the messages of the program itself.
        private static func hints() throws -> [[String]] {
            try Documents.texts(under: "Sources", endingIn: ".swift").flatMap { text in
                text.matches(of: /gaara-infra ([a-z]+(?: [a-z]+)?) (?:PLAN|plans\/|\\\()([^"\n]*)/)
                    .map { match in
                        let verb = match.1.split(separator: " ").map(String.init)
                        let options = match.2.matches(of: /--[a-z-]+/).map { String($0.0) }
                        return verb + options
                    }
            }
        }
    }
#endif

struct ShownTests {
    @Test("three dots alone stand for any lines, within a line for any text, and nothing else does")
    func dots() {
        #expect(Shown.matches(["a", "...", "c"], ["a", "b", "b", "c"]))
        #expect(Shown.matches(["a", "..."], ["a"]))
        #expect(Shown.matches(["id: ..., b ..."], ["id: 12, b 3"]))
        #expect(!Shown.matches(["a", "...", "c"], ["a", "b"]))
        #expect(!Shown.matches(["a"], ["a", "b"]))
        #expect(!Shown.matches(["id: ...!"], ["id: 12"]))
        #expect(!Shown.matches(["a...a"], ["a"]))
        #expect(!Shown.matches(["a...b...c"], ["a c"]))
    }
}
