internal import GaaraPlan
internal import JSON
internal import POSIX

/// A changeset as a person reads it: steps with what differs, what was not compared, the summary
/// and the fingerprint to approve.
struct ChangesetText {
    let changeset: Changeset
    let planFile: String
    let style: Style

    var text: String {
        var lines: [String] = []
        for step in changeset.steps { lines += self.lines(of: step) + [""] }
        if !changeset.notCompared.isEmpty {
            lines.append("Not compared:")
            lines += changeset.notCompared.map { "  \($0.address): \(escaped($0.reason))" }
            lines.append("")
        }
        if !changeset.orphans.isEmpty {
            lines.append("Ours, and no longer declared (--prune deletes them):")
            lines += changeset.orphans.map { "  \(escaped($0))" }
            lines.append("")
        }
        lines.append(summary)
        lines.append("Fingerprint: \(changeset.fingerprint)")
        return lines.joined(separator: "\n") + "\n"
    }

    /// The summary line, the same in every command.
    var summary: String {
        guard changeset.isEmpty else {
            return style.bold("Plan: \(Summary(changeset.steps).planned).")
        }
        let gaps = changeset.notCompared.count
        if gaps > 0 {
            let values = gaps == 1 ? "1 value" : "\(gaps) values"
            return style.bold("No changes. \(values) not compared: give --env-file.")
        }
        let environment = changeset.identity.environment
        return changeset.isDestroy
            ? style.bold("No changes. Nothing of \(environment) is left to destroy.")
            : style.bold("No changes. \(environment) matches \(planFile).")
    }

    private func lines(of step: Step) -> [String] {
        var lines = [style.verb(step.verb, "\(step.verb.symbol) \(step.address)")]
        let width = step.changes.map(\.path.count).max() ?? 0
        for change in step.changes {
            let label = change.path.padded(to: width)
            if case .document(let after) = change.after {
                lines.append("    \(change.path)")
                lines += DocumentDifference(before: change.before.document, after: after).lines
                    .map { "      " + escaped($0) }
                continue
            }
            lines.append("    \(label)  \(told(change))")
        }
        if let reason = step.reason { lines.append("    " + style.dim("# \(escaped(reason))")) }
        if let consequence = step.consequence {
            lines.append(
                "    " + style.yellow("# \(consequence): needs --confirm \(step.address)"))
        }
        return lines
    }

    private func told(_ change: Change) -> String {
        switch (change.before, change.after) {
        case (.absent, let after): return told(after)
        case (let before, .absent): return "\(told(before)) -> (gone)"
        case (.sensitive, .sensitive): return "(sensitive) -> (sensitive)"
        case (let before, let after): return "\(told(before)) -> \(told(after))"
        }
    }

    private func told(_ shown: Change.Shown) -> String {
        switch shown {
        case .absent: "(none)"
        case .text(let text): text.isEmpty ? "\"\"" : escaped(text)
        case .number(let number): String(number)
        case .document: "(document)"
        case .sensitive: "(sensitive)"
        case .later(let reference): "(known after apply: \(reference))"
        }
    }

    private func escaped(_ text: String) -> String { Terminal.escaped(text) }
}

extension Change.Shown {
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
