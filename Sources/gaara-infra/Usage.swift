#if CommandLine
    internal import ArgumentParser
    internal import GaaraPlan

    /// A command line that nobody can act on: what is wrong with it, and where to read more.
    struct Usage {
        let arguments: [String]

        /// - Parameter message: the parser's own words, a sentence or two.
        func diagnostic(_ message: String) -> Diagnostic {
            let parts = Self.sentences(of: message)
            let more = parts.dropFirst() + ["see \(Self.command(arguments)) --help"]
            return Diagnostic(
                .error, "usage", Self.clause(parts.first ?? message),
                hint: more.map(Self.clause).joined(separator: "; ").replacing("?;", with: "?"))
        }

        var asksForJSON: Bool { arguments.contains("--json") }

        /// The parser begins with a capital and ends with a full stop; our messages do neither.
        private static func clause(_ sentence: String) -> String {
            var text = sentence[...]
            while let last = text.last, last == "." || last == " " { text = text.dropLast() }
            guard let first = text.first, text.dropFirst().first?.isLowercase == true else {
                return String(text)
            }
            return first.lowercased() + text.dropFirst()
        }

        private static func sentences(of message: String) -> [String] {
            var sentences: [String] = []
            for line in message.split(separator: "\n") {
                sentences += line.split(separator: ". ").map(String.init)
            }
            return sentences.map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }.map(String.init)
        }

        /// `gaara-infra secret get`: the words that name a command, as far as they do.
        private static func command(_ arguments: [String]) -> String {
            var words = ["gaara-infra"]
            var type: any ParsableCommand.Type = Gaara.self
            for argument in arguments {
                let next = type.configuration.subcommands.first {
                    $0.configuration.commandName == argument
                }
                guard let next else { break }
                words.append(argument)
                type = next
            }
            return words.joined(separator: " ")
        }
    }
#endif
