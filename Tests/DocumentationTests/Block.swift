/// A fenced block of a document: its language with what follows it, and its lines.
struct Block {
    let document: String
    /// Counted from 1.
    let line: Int
    /// `console`, `console offline`, `sh`, `swift`.
    let kind: String
    let lines: [String]

    static func all() throws -> [Block] {
        try Documents.names.flatMap { name in try blocks(of: name) }
    }

    private static func blocks(of name: String) throws -> [Block] {
        var blocks: [Block] = []
        var open: (line: Int, kind: String)?
        var lines: [String] = []
        for (index, line) in try Documents.lines(name).enumerated() {
            guard line.hasPrefix("```") else {
                lines.append(line)
                continue
            }
            if let (start, kind) = open {
                blocks.append(Block(document: name, line: start, kind: kind, lines: lines))
                open = nil
            } else {
                open = (index + 1, String(line.dropFirst(3)))
            }
            lines = []
        }
        return blocks
    }
}

/// One command of a `console` block with the output that the document shows.
struct Example: Sendable, CustomStringConvertible {
    /// Where it stands: `README.md:52`.
    let place: String
    let environment: [String: String]
    /// Without the program's name.
    let arguments: [String]
    let output: [String]
    /// Whether the block says that all of it works without an account.
    let isOffline: Bool

    var description: String { "\(place): \(arguments.joined(separator: " "))" }

    /// Whether the document shows an error, which ends a command with another code than 0.
    var showsError: Bool {
        output.contains { $0.hasPrefix("error: ") || $0.contains(": error: ") }
    }

    static func all() throws -> [Example] {
        try Block.all().filter { $0.kind.hasPrefix("console") }.flatMap(examples)
    }

    private static func examples(of block: Block) -> [Example] {
        var examples: [Example] = []
        var output: [String] = []
        for (index, line) in block.lines.enumerated().reversed() {
            guard line.hasPrefix("$ ") else {
                output.insert(line, at: 0)
                continue
            }
            let words = line.dropFirst(2).split(separator: " ").map(String.init)
            let settings = words.prefix { $0.contains(/^[A-Z_]+=/) }
            examples.insert(
                Example(
                    place: "\(block.document):\(block.line + index + 1)",
                    environment: Dictionary(settings.map(Self.halves)) { $1 },
                    arguments: Array(words.dropFirst(settings.count + 1)), output: output,
                    isOffline: block.kind == "console offline"), at: 0)
            output = []
        }
        return examples
    }

    private static func halves(_ setting: String) -> (String, String) {
        let halves = setting.split(separator: "=", maxSplits: 1).map(String.init)
        return (halves[0], halves.count == 2 ? halves[1] : "")
    }
}

/// What a document shows of an output, in which `...` stands for what is left out: any lines where
/// it stands alone, any text within a line.
enum Shown {
    static func matches(_ shown: some Collection<String>, _ output: some Collection<String>) -> Bool
    {
        guard let first = shown.first else { return output.isEmpty }
        if first == "..." {
            return (0...output.count).contains { count in
                matches(shown.dropFirst(), output.dropFirst(count))
            }
        }
        guard let line = output.first, matches(first, line) else { return false }
        return matches(shown.dropFirst(), output.dropFirst())
    }

    private static func matches(_ shown: String, _ line: String) -> Bool {
        let parts = shown.split(separator: "...", omittingEmptySubsequences: false)
        guard let first = parts.first, let last = parts.last, parts.count > 1 else {
            return shown == line
        }
        guard line.count >= first.count + last.count, line.hasPrefix(first), line.hasSuffix(last)
        else { return false }
        var rest = line.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }
}
