internal import GaaraPlan
internal import GaaraStore
internal import POSIX

/// A changeset as a person reads it: whose it is, the steps with what differs, what was not
/// compared, the summary and the fingerprint to approve.
struct ChangesetText {
    let changeset: Changeset
    let planFile: String
    /// Whether the endpoint is a simulation of AWS: then every screen says so.
    var isSimulated = false
    /// Whether the steps were reviewed before: then their addresses are enough.
    var isBrief = false
    let style: Style

    var text: String {
        var lines: [String] = []
        if !changeset.isEmpty || isSimulated { lines += [style.dim(heading), ""] }
        for step in changeset.steps {
            let text = StepText(step: step, style: style)
            lines += isBrief ? [text.head] : text.lines + [""]
        }
        if isBrief, !changeset.isEmpty { lines.append("") }
        if !changeset.notCompared.isEmpty {
            lines.append("Not compared:")
            lines += notCompared + [""]
        }
        if !changeset.orphans.isEmpty {
            lines.append("Ours, and no longer declared (--prune deletes them):")
            lines += changeset.orphans.map { "  \(Terminal.escaped($0))" } + [""]
        }
        lines.append(style.bold(summary))
        lines.append("Fingerprint: \(changeset.fingerprint)")
        return lines.joined(separator: "\n") + "\n"
    }

    /// The summary line, the same in every command.
    private var summary: String {
        guard changeset.isEmpty else { return "Plan: \(Summary(changeset.steps).planned)." }
        let gaps = changeset.notCompared.count
        if gaps > 0 {
            let values = gaps == 1 ? "1 value" : "\(gaps) values"
            let remedy = remedies.isEmpty ? "" : ": give \(remedies.joined(separator: " and "))"
            return "No changes. \(values) not compared\(remedy)."
        }
        let environment = changeset.identity.environment
        guard !changeset.isDestroy else {
            return "No changes. Nothing of \(environment) is left to destroy."
        }
        let isPart = !changeset.scope.only.isEmpty || !changeset.scope.except.isEmpty
        let extent = isPart ? ", as far as --only and --except look" : ""
        return "No changes. \(environment) matches \(Terminal.escaped(planFile))\(extent)."
    }

    /// The options without which values were not compared.
    private var remedies: [String] {
        let reasons = changeset.notCompared.map(\.reason)
        var remedies: [String] = []
        let isFileMissing = reasons.contains {
            $0.hasSuffix("--env-file, not given") || $0 == "no value was supplied"
        }
        if isFileMissing { remedies.append("--env-file") }
        if reasons.contains(where: { $0.hasSuffix("needs --allow-commands") }) {
            remedies.append("--allow-commands")
        }
        return remedies
    }

    private var heading: String {
        let identity = changeset.identity
        var parts = [identity.prefix, "account \(identity.account)", identity.region]
        if isSimulated { parts.append("in a simulation of AWS") }
        return parts.joined(separator: ", ")
    }

    private var notCompared: [String] {
        let width = changeset.notCompared.map(\.address.description.count).max() ?? 0
        return changeset.notCompared.map { gap in
            "  \(gap.address.description.padded(to: width))  \(Terminal.escaped(gap.reason))"
        }
    }
}
