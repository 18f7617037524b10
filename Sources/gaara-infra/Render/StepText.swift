internal import GaaraPlan
internal import POSIX

/// One step as a person reads it: its symbol and address, what differs, and why.
///
///     ~ secret/redis-url
///         description  Cache -> Cache and job queue
struct StepText {
    let step: Step
    let style: Style

    /// Columns of text that nobody has to scroll for, in a terminal or in a review.
    private static let width = 100
    private static let indent = "    "

    var head: String {
        style.verb(step.verb, Terminal.escaped("\(step.verb.symbol) \(step.address)"))
    }

    var lines: [String] {
        var lines = [head]
        let rows = rows
        let width = rows.map(\.label.count).max() ?? 0
        for row in rows { lines += row.lines(labelWidth: width).map { Self.indent + $0 } }
        if let reason = step.reason {
            lines.append(Self.indent + style.dim("# \(Terminal.escaped(reason))"))
        }
        if let consequence = step.consequence {
            let warning = "# \(consequence): needs --confirm \(step.address)"
            lines.append(Self.indent + style.yellow(Terminal.escaped(warning)))
        }
        return lines
    }

    /// The changes, with the tags of something new in one row.
    private var rows: [Row] {
        var rows: [Row] = []
        var tags: [String] = []
        for change in step.changes {
            switch (change.before, change.after) {
            case (.absent, .text(let text)) where change.path.hasPrefix(Self.tagPrefix):
                tags.append("\(change.path.dropFirst(Self.tagPrefix.count))=\(text)")
            case (_, .document(let after)):
                let difference = DocumentDifference(before: change.before.document, after: after)
                let words = change.permissions?.told ?? []
                rows.append(Row(change.path, document: words + difference.lines))
            default: rows.append(Row(change.path, change.before.told, change.after.told))
            }
        }
        if !tags.isEmpty {
            let isPlural = step.verb == .create
            rows.append(Row(isPlural ? "tags" : "tags added", list: tags))
        }
        return rows
    }

    private static let tagPrefix = "tags."

    /// A label and what stands beside or below it.
    private struct Row {
        let label: String
        private let beside: Beside
        private let below: [String]

        private enum Beside {
            case change(before: String?, after: String)
            case list([String])
        }

        init(_ label: String, _ before: String?, _ after: String?) {
            self.label = Terminal.escaped(label)
            beside = .change(
                before: before.map(Terminal.escaped), after: Terminal.escaped(after ?? "(gone)"))
            below = []
        }

        init(_ label: String, list: [String]) {
            self.label = Terminal.escaped(label)
            beside = .list(list.map(Terminal.escaped))
            below = []
        }

        init(_ label: String, document: [String]) {
            self.label = Terminal.escaped(label)
            beside = .list([])
            below = document.map(Terminal.escaped)
        }

        func lines(labelWidth: Int) -> [String] {
            guard below.isEmpty else { return [label] + below.map { "  \($0)" } }
            let left = StepText.indent.count + labelWidth + 2
            return texts(width: StepText.width - left).enumerated().map { index, text in
                "\((index == 0 ? label : "").padded(to: labelWidth))  \(text)"
            }
        }

        /// What stands beside the label; a change that is too long for a line takes two.
        private func texts(width: Int) -> [String] {
            switch beside {
            case .list(let words): return words.wrapped(to: width)
            case .change(nil, let after): return [after]
            case .change(let before?, let after):
                let line = "\(before) -> \(after)"
                return line.count <= width ? [line] : [before, "-> \(after)"]
            }
        }
    }
}

extension PolicyDifference {
    /// The verdict, then who gains or loses what.
    fileprivate var told: [String] {
        let verdict =
            switch verdict {
            case .same: "the same permissions, said otherwise"
            case .widened: "widened: nobody loses a permission"
            case .narrowed: "narrowed: nobody gains a permission"
            case .both: "widened and narrowed"
            case .unproven: "cannot prove that it is only widened or only narrowed"
            }
        return ["# \(verdict)"] + lines.map { "# \($0)" }
    }
}

extension Change.Shown {
    /// For people; `nil` where there is none.
    fileprivate var told: String? {
        switch self {
        case .absent: nil
        case .text(let text): text.isEmpty ? "\"\"" : text
        case .number(let number): String(number)
        case .document: "(document)"
        case .sensitive: "(sensitive)"
        case .later(let reference): "(known after apply: \(reference))"
        }
    }

    /// The text of a document, where it is one.
    fileprivate var document: String? {
        guard case .document(let text) = self else { return nil }
        return text
    }
}

extension String {
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}

extension [String] {
    /// The words in lines of at most `width` characters, where no word is longer, with commas
    /// between them.
    func wrapped(to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for (index, word) in enumerated() {
            let piece = index == count - 1 ? word : word + ","
            if !line.isEmpty, line.count + 1 + piece.count > width {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? piece : " " + piece
        }
        return lines + [line]
    }
}
