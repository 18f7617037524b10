/// Why libyaml stopped, in its own terms, and what that means for a person.
enum YAMLProblem {
    case outOfMemory
    /// Bytes that are no text, at an offset from the beginning.
    case unreadable(String, offset: Int)
    /// A token where none of its kind may stand, and the construct that it broke.
    case misplaced(String, at: Mark, context: String?, from: Mark)

    func fault(in text: [UInt8]) -> YAMLFault {
        switch self {
        case .outOfMemory:
            YAMLFault(
                code: "too-large", message: "there is not enough memory to read the text",
                mark: Mark(line: 1, column: 1))
        case .unreadable(let problem, let offset):
            Self.unreadable(problem, offset: offset, in: text)
        case .misplaced(let problem, let mark, let context, let start):
            Self.misplaced(problem, at: mark, context: context, from: start, in: text)
        }
    }

    private static func unreadable(_ problem: String, offset: Int, in text: [UInt8]) -> YAMLFault {
        guard problem.contains("control characters") else {
            // For a byte that should continue a character, the character is what is wrong.
            let isInside = problem.contains("trailing")
            let start = isInside ? text.prefix(offset).lastIndex { $0 >= 0xC0 } : nil
            return YAMLFault(
                code: "encoding", message: "the text is not UTF-8",
                hint: "save the file as UTF-8", mark: Mark(offset: start ?? offset, in: text))
        }
        return YAMLFault(
            code: "control-character", message: "a control character stands in the text",
            hint: "remove it, or write it as an escape in double quotes",
            mark: Mark(offset: offset, in: text))
    }

    private static func misplaced(
        _ problem: String, at mark: Mark, context: String?, from start: Mark, in text: [UInt8]
    ) -> YAMLFault {
        let opened = "it begins at line \(start.line), column \(start.column)"
        if problem == "found unexpected end of stream" {
            return YAMLFault(
                code: "syntax", message: "the quoted text that begins here has no end",
                hint: "close the quote", mark: start)
        }
        if let problem = known[problem] {
            if problem.blamesTab, mark.byte(in: text) == UInt8(ascii: "\t") {
                return YAMLFault(
                    code: "tab", message: "a tab stands where the line is indented",
                    hint: "indent with spaces", mark: mark)
            }
            let hint = problem.namesStart ? "\(problem.hint); \(opened)" : problem.hint
            return YAMLFault(code: "syntax", message: problem.message, hint: hint, mark: mark)
        }
        let hint = context.map { "\($0): \(opened)" }
        return YAMLFault(code: "syntax", message: problem, hint: hint, mark: mark)
    }

    private struct Words {
        let message: String
        let hint: String
        /// Whether the place where the construct began helps.
        var namesStart = false
        var blamesTab = false
    }

    // The texts of libyaml 0.2.5's scanner.c and parser.c that a slip of the hand leads to.
    private static let known: [String: Words] = [
        "found character that cannot start any token": Words(
            message: "this character cannot begin a text without quotes",
            hint: "put the text in quotes", blamesTab: true),
        "found a tab character where an indentation space is expected": Words(
            message: "a tab stands where the line is indented", hint: "indent with spaces",
            blamesTab: true),
        "mapping values are not allowed in this context": Words(
            message: "a value cannot begin with this colon",
            hint: "check the indentation, or put the text that holds the colon in quotes",
            blamesTab: true),
        "block sequence entries are not allowed in this context": Words(
            message: "a list entry cannot begin here",
            hint: "begin the list on a line of its own, each entry with '- '"),
        "did not find expected key": Words(
            message: "a key was expected here",
            hint: "check the indentation and quotes of the mapping", namesStart: true),
        "did not find expected '-' indicator": Words(
            message: "a list entry was expected here",
            hint: "begin it with '- ', indented as the others of the list", namesStart: true),
        "did not find expected ',' or ']'": Words(
            message: "a comma or ] was expected here", hint: "close the list", namesStart: true),
        "did not find expected ',' or '}'": Words(
            message: "a comma or } was expected here", hint: "close the mapping",
            namesStart: true),
        "could not find expected ':'": Words(
            message: "a key without a colon",
            hint: "write 'key: value', both on one line", namesStart: true),
        "did not find expected node content": Words(
            message: "a value was expected here", hint: "write the value, or remove the comma"),
        "found unknown escape character": Words(
            message: "no such escape in double quotes",
            hint: "write \\\\ for a backslash, or use single quotes"),
        "did not find expected <document start>": Words(
            message: "the text goes on after its end",
            hint: "check the indentation and the closing brackets"),
        "found unexpected document indicator": Words(
            message: "a document ends inside a quoted text", hint: "close the quote"),
    ]
}

extension Mark {
    /// The place of the byte at `offset`.
    init(offset: Int, in text: [UInt8]) {
        let before = text.prefix(offset)
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        // Continuation bytes (RFC 3629 section 3) belong to the character before them.
        let column = before[start...].count { $0 & 0xC0 != 0x80 } + 1
        self.init(line: line, column: column)
    }

    /// The first byte of the character at this place; `nil` past the end of the line.
    func byte(in text: [UInt8]) -> UInt8? {
        let lines = text.split(
            separator: UInt8(ascii: "\n"), maxSplits: line, omittingEmptySubsequences: false)
        guard line <= lines.count else { return nil }
        return lines[line - 1].filter { $0 & 0xC0 != 0x80 }.dropFirst(column - 1).first
    }
}
