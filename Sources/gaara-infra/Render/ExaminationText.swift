internal import POSIX

/// What `doctor` found, for a person: a line a subject, the fix below what needs one.
struct ExaminationText {
    let examination: Examination
    let style: Style

    init(_ examination: Examination, style: Style) {
        self.examination = examination
        self.style = style
    }

    var text: String {
        var lines = examination.isSimulated ? ["In a simulation of AWS.", ""] : []
        let width = examination.rows.map(\.subject.count).max() ?? 0
        for row in examination.rows {
            let padding = String(repeating: " ", count: width - row.subject.count)
            let symbol = style.symbol(row.verdict)
            lines.append("\(symbol) \(row.subject)\(padding)  \(Terminal.escaped(row.text))")
            let indent = String(repeating: " ", count: width + 4)
            lines += row.more.map { indent + Terminal.escaped($0) }
            if let hint = row.hint { lines.append(style.fix(hint, indent: width + 4)) }
        }
        if let permissions = examination.permissions {
            lines += PermissionsText(permissions, style: style).lines
        }
        lines += ["", conclusion]
        return lines.joined(separator: "\n") + "\n"
    }

    private var conclusion: String {
        func count(_ number: Int, _ one: String, _ many: String) -> String? {
            number == 0 ? nil : number == 1 ? one : "\(number) \(many)"
        }
        let more = [
            count(examination.warnings, "1 warning", "warnings"),
            count(examination.unknowns, "1 thing not found out", "things not found out"),
        ].compactMap { $0 }
        let first =
            count(
                examination.obstacles, "1 thing stands in the way", "things stand in the way")
            ?? "Nothing stands in the way"
        return ([first] + more).joined(separator: "; ") + "."
    }
}

extension Style {
    func symbol(_ verdict: Examination.Verdict) -> String {
        switch verdict {
        case .good: "✓"
        case .doubtful: yellow("!")
        case .bad: red("✗")
        case .unknown: yellow("?")
        }
    }

    func fix(_ hint: String, indent: Int) -> String {
        String(repeating: " ", count: indent) + dim("fix: \(Terminal.escaped(hint))")
    }
}
