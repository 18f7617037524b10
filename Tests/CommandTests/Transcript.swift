import POSIX

/// A text file that reads as documentation and is replayed as a test.
///
///     # What follows is for people.
///     * there is role/app              something that happens in the world
///     $ gaara-infra plan staging.yaml  a command, and below it all that it prints
///     No changes. ...
///     [stderr]                         what it prints to standard error, if anything
///     note: ...
///     [exit 0]
struct Transcript {
    enum Line: Hashable {
        /// A remark, a blank line, or an event that was already played.
        case remark(String)
        case event(String)
        case command(String, expected: Shown)
    }

    /// What a command shows, in the notation of a transcript.
    struct Shown: Hashable, CustomStringConvertible {
        var output: String
        var complaint: String
        var code: Int32

        var description: String {
            var text = output
            if !output.isEmpty, !output.hasSuffix("\n") { text += "\n[no newline]\n" }
            if !complaint.isEmpty { text += "[stderr]\n" + complaint }
            return text + "[exit \(code)]"
        }
    }

    struct Fault: Error { let message: String }

    let lines: [Line]

    init(_ text: String) throws {
        var lines: [Line] = []
        var command: String?
        var shown: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let current = command {
                guard line.hasPrefix("[exit "), let code = Int32(line.dropFirst(6).dropLast())
                else {
                    shown.append(line)
                    continue
                }
                lines.append(.command(current, expected: Self.shown(shown, code)))
                command = nil
                shown = []
            } else if line.hasPrefix("$ ") {
                command = String(line.dropFirst(2))
            } else if line.hasPrefix("* ") {
                lines.append(.event(String(line.dropFirst(2))))
            } else if line.isEmpty || line.hasPrefix("#") {
                lines.append(.remark(String(line)))
            } else {
                throw Fault(message: "neither remark, event nor command: \(line)")
            }
        }
        if let command { throw Fault(message: "no [exit N] after: \(command)") }
        self.lines = lines
    }

    private static func shown(_ lines: [Substring], _ code: Int32) -> Shown {
        let parts = lines.split(
            separator: "[stderr]", maxSplits: 1, omittingEmptySubsequences: false)
        var output = (parts.first ?? []).map { $0 + "\n" }.joined()
        let bare = "\n[no newline]\n"
        if output.hasSuffix(bare) { output.removeLast(bare.count) }
        let complaint = parts.count > 1 ? parts[1].map { $0 + "\n" }.joined() : ""
        return Shown(output: output, complaint: complaint, code: code)
    }

    /// The whole text, with what was shown in the place of what was expected.
    static func text(_ played: [(Line, Shown?)]) -> String {
        played.map { line, shown in
            switch line {
            case .remark(let text): text
            case .event(let text): "* \(text)"
            case .command(let command, let expected): "$ \(command)\n\(shown ?? expected)"
            }
        }.joined(separator: "\n")
    }
}

/// The transcripts of the repository and the files that they use.
enum TranscriptFolder {
    static let path = String(#filePath.dropLast("Transcript.swift".count)) + "Transcripts"

    static let names: [String] = {
        let all = (try? Folder.list(path)) ?? []
        return all.filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }.sorted()
    }()

    static func text(_ name: String) throws -> String {
        let bytes = try File.read("\(path)/\(name)", maximumBytes: 1 << 20)
        return String(decoding: bytes, as: UTF8.self)
    }
}
