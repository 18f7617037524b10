/// The texts of the files that a plan was read from, so that a diagnostic can show its line.
package struct SourceTexts: Sendable {
    private var lines: [String: [[Unicode.Scalar]]] = [:]

    package init() {}

    /// Adds a file.
    ///
    /// Bytes that are no UTF-8 show as U+FFFD.
    package mutating func add(_ file: String, _ text: [UInt8]) {
        var current: [Unicode.Scalar] = []
        var all: [[Unicode.Scalar]] = []
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\n":
                all.append(current)
                current = []
            case "\r", "\u{FEFF}": break
            default: current.append(scalar)
            }
        }
        all.append(current)
        lines[file] = all
    }

    /// The diagnostic as a person reads it, without a final newline.
    ///
    ///     plans/staging.yaml:12:5: error: unknown key recovery_window
    ///         recovery_window: 5 days
    ///         ^
    ///     hint: did you mean recovery-window?
    package func render(_ diagnostic: Diagnostic) -> String {
        let head = "\(diagnostic.severity.rawValue): \(Visible.text(diagnostic.message))"
        var result = [diagnostic.place.map { "\(Visible.text($0.description)): \(head)" } ?? head]
        if let place = diagnostic.place, let line = line(at: place) {
            result += excerpt(of: line, about: diagnostic, at: place.column)
        }
        if let hint = diagnostic.hint { result.append("hint: \(Visible.text(hint))") }
        return result.joined(separator: "\n")
    }

    /// The column in the line from which on there may be a secret, as far as text without a tree
    /// tells: then a fault of the YAML must not show it; `nil` where nothing says so.
    ///
    /// That is what follows `value:`, all of a line that is indented below `value:`, and what
    /// follows `NAME=`: a `.env` file or a file of credentials was given in place of a plan.
    func secretColumn(at place: Place) -> Int? {
        guard let line = line(at: place), let all = lines[place.file] else { return nil }
        if let end = Self.endOfValueKey(in: line) { return end + 1 }
        if let equals = line.firstIndex(of: "="), !line[..<equals].contains(":") {
            return equals + 2
        }
        let start = Self.indentation(of: line)
        var indentation = start
        for above in all[..<(place.line - 1)].reversed() where indentation > 0 {
            let own = Self.indentation(of: above)
            guard own < indentation, own < above.count, above[own] != "#" else { continue }
            if Self.endOfValueKey(in: above) != nil { return start + 1 }
            indentation = own
        }
        return nil
    }

    private static func indentation(of line: [Unicode.Scalar]) -> Int {
        line.firstIndex { $0 != " " && $0 != "\t" } ?? line.count
    }

    /// The index behind the first key `value` of the line, its colon and one space.
    private static func endOfValueKey(in line: [Unicode.Scalar]) -> Int? {
        let separators: Set<Unicode.Scalar> = [" ", "\t", "{", ",", "\"", "'", "-", "?"]
        var word = ""
        for (index, scalar) in line.enumerated() {
            if scalar == ":" {
                guard word == "value" else {
                    word = ""
                    continue
                }
                let isSpaced = index + 1 < line.count && line[index + 1] == " "
                return index + (isSpaced ? 2 : 1)
            } else if separators.contains(scalar) {
                let isClosingQuote = scalar == "\"" || scalar == "'" || scalar == " "
                if !(isClosingQuote && word == "value") { word = "" }
            } else {
                word.unicodeScalars.append(scalar)
            }
        }
        return nil
    }

    private func line(at place: Place) -> [Unicode.Scalar]? {
        guard let all = lines[place.file], all.indices.contains(place.line - 1) else { return nil }
        return all[place.line - 1]
    }

    /// The line and a caret under the column.
    ///
    /// Of a long line only what stands around the caret.
    private func excerpt(
        of line: [Unicode.Scalar], about diagnostic: Diagnostic, at column: Int
    ) -> [String] {
        let conceals = diagnostic.concealsSource
        let visible = min(column, diagnostic.concealsFrom ?? column)
        let column = min(max((conceals ? visible : column) - 1, 0), line.count)
        let start = column > 80 ? column - 60 : 0
        let end = min(line.count, conceals ? column : start + 120)
        var shown = start > 0 ? "... " : ""
        var caret = start > 0 ? "    " : ""
        for (index, scalar) in line[start..<end].enumerated() {
            shown += scalar == "\t" ? "\t" : Visible.text(String(scalar))
            guard start + index < column else { continue }
            let width = Visible.width(of: scalar)
            caret += scalar == "\t" ? "\t" : String(repeating: " ", count: width)
        }
        if conceals { shown += "(not shown)" } else if end < line.count { shown += " ..." }
        return ["    " + shown, "    " + caret + "^"]
    }
}

/// How text of a file is shown at a terminal: what would move the cursor, colour or reorder the
/// line is spelled out.
package enum Visible {
    /// `text` with control characters (C0, DEL, C1), line separators and the bidirectional controls
    /// as `\u{1B}`.
    package static func text(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if isUnsafe(scalar) {
                result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// `text` in quotes, of a long text the first 80 characters: for use inside a message.
    package static func quoted(_ text: String) -> String {
        "\"\(text.count > 80 ? String(text.prefix(80)) + "..." : text)\""
    }

    /// The cells that the scalar takes at a terminal (Unicode UAX #11, the wide ranges in bulk).
    static func width(of scalar: Unicode.Scalar) -> Int {
        if isUnsafe(scalar) { return text(String(scalar)).unicodeScalars.count }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
            0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
