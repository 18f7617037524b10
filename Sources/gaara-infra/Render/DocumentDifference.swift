/// Two policy documents, line by line: what both have, what only one has.
struct DocumentDifference {
    let before: String?
    let after: String

    /// Each line with `+`, `-` or a blank before it.
    ///
    /// Runs of equal lines are cut to two on either side of a difference.
    var lines: [String] {
        let new = PolicyText(after).lines
        guard let before else { return new.map { "+ " + $0 } }
        let old = PolicyText(before).lines
        let difference = new.difference(from: old)
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var lines: [(mark: Character, text: String)] = []
        var at = 0
        for (offset, line) in old.enumerated() {
            if removed.contains(offset) {
                lines.append(("-", line))
                continue
            }
            while inserted.contains(at) {
                lines.append(("+", new[at]))
                at += 1
            }
            lines.append((" ", line))
            at += 1
        }
        while at < new.count {
            lines.append(("+", new[at]))
            at += 1
        }
        return Self.cut(lines)
    }

    private static func cut(_ lines: [(mark: Character, text: String)]) -> [String] {
        var cut: [String] = []
        var hidden = 0
        for (index, line) in lines.enumerated() {
            let near = lines[max(0, index - 2)...min(lines.count - 1, index + 2)]
            if near.contains(where: { $0.mark != " " }) {
                if hidden > 0 { cut.append("  ... \(hidden) lines alike") }
                hidden = 0
                cut.append("\(line.mark) \(line.text)")
            } else {
                hidden += 1
            }
        }
        if hidden > 0 { cut.append("  ... \(hidden) lines alike") }
        return cut
    }
}
