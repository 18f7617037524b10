package import JSON

/// Where something stands in a plan file.
///
/// Lines and columns count from 1; columns count Unicode scalars.
package struct Place: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let file: String
    package let line: Int
    package let column: Int

    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    package var description: String { "\(file):\(line):\(column)" }

    package static func < (a: Place, b: Place) -> Bool {
        (a.file, a.line, a.column) < (b.file, b.line, b.column)
    }
}

/// One thing that is wrong, doubtful or worth knowing, for a person.
package struct Diagnostic: Error, Hashable, Sendable {
    package enum Severity: String, Sendable { case error, warning, note }

    package let severity: Severity
    /// A stable word for scripts, such as `unknown-key`.
    package let code: String
    /// What is wrong: lower case, no full stop.
    ///
    /// Never holds a value of a secret.
    package let message: String
    /// What to do next, up to the corrected line or command.
    package let hint: String?
    package let place: Place?
    /// Whether what stands at `place` may be a secret that was written into the file by mistake:
    /// then nothing of the line is shown from there on.
    package let concealsSource: Bool
    /// The column from which on the line is not shown, where that is left of `place`.
    package let concealsFrom: Int?

    package init(
        _ severity: Severity, _ code: String, _ message: String, hint: String? = nil,
        at place: Place? = nil, concealsSource: Bool = false, concealsFrom: Int? = nil
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.hint = hint
        self.place = place
        self.concealsSource = concealsSource || concealsFrom != nil
        self.concealsFrom = concealsFrom
    }
}

extension Diagnostic {
    /// The member of `diagnostics` in every JSON answer; what there is none of is `null`.
    package var json: JSON {
        func text(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }
        func number(_ value: Int?) -> JSON { value.map { .number(String($0)) } ?? .null }
        return .object(
            JSONObject([
                ("severity", .string(severity.rawValue)), ("code", .string(code)),
                ("file", text(place?.file)), ("line", number(place?.line)),
                ("column", number(place?.column)), ("message", .string(message)),
                ("hint", text(hint)),
            ]))
    }

    /// By place; what has none comes first, and a place shows its errors before its notes.
    package static func inOrder(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        let rank: [Severity: Int] = [.error: 0, .warning: 1, .note: 2]
        return diagnostics.enumerated().sorted { a, b in
            switch (a.element.place, b.element.place) {
            case (nil, .some): return true
            case (.some, nil): return false
            case (let one?, let other?) where one != other: return one < other
            default:
                let ranks = (rank[a.element.severity] ?? 0, rank[b.element.severity] ?? 0)
                return ranks.0 == ranks.1 ? a.offset < b.offset : ranks.0 < ranks.1
            }
        }.map(\.element)
    }
}
