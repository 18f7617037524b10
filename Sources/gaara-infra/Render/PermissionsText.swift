internal import GaaraEngine
internal import POSIX

/// Whether each needed call would be allowed, for a person: what is allowed in a line a service,
/// what is not by its reason, and a thousand secrets are not a thousand lines.
struct PermissionsText {
    let permissions: Examination.Permissions
    let style: Style

    init(_ permissions: Examination.Permissions, style: Style) {
        self.permissions = permissions
        self.style = style
    }

    private static let width = 100

    var lines: [String] {
        let reads = permissions.report.reads
        let tried = reads.filter { $0.evidence == .called }
        let asked = reads.filter { $0.evidence == .simulated }
        var lines = section("Reads, each tried:", tried)
        lines += section("Reads of what is not there yet, asked of IAM's policy simulator:", asked)
        lines += section(
            "Writes, for \(permissions.occasion), asked of IAM's policy simulator:",
            permissions.report.writes)
        return lines
    }

    private func section(_ title: String, _ findings: [Preflight.Finding]) -> [String] {
        guard !findings.isEmpty else { return [] }
        let allowed = findings.filter { $0.verdict == .allowed }
        let others = findings.filter { $0.verdict != .allowed }
        return ["", title] + services(of: allowed) + reasons(of: others)
    }

    /// `✓ kms: DescribeKey (2), ListKeys`.
    private func services(of findings: [Preflight.Finding]) -> [String] {
        let order = findings.map(\.service).unique
        return order.flatMap { service in
            let names = Self.counted(
                findings.filter { $0.service == service }
                    .map { String($0.action.dropFirst(service.count + 1)) })
            return Self.wrapped(names, after: "\(style.symbol(.good)) \(service): ", indent: 4)
        }
    }

    /// The reason, what it is the reason of, and the fix.
    private func reasons(of findings: [Preflight.Finding]) -> [String] {
        struct Cause: Hashable {
            let verdict: Examination.Verdict
            /// The action of a call: each answer has words and a request id of its own.
            let subject: String?
            let hint: String?
        }
        func cause(_ finding: Preflight.Finding) -> Cause {
            Cause(
                verdict: finding.shownVerdict,
                subject: finding.evidence == .called ? finding.action : finding.reason,
                hint: finding.hint)
        }
        return findings.map(cause).unique.flatMap { known -> [String] in
            let members = findings.filter { cause($0) == known }
            let reason = Terminal.escaped(members.first?.reason ?? "not told why")
            var lines = ["\(style.symbol(known.verdict)) \(reason)"]
            for action in members.map(\.action).unique {
                let resources = members.filter { $0.action == action }.map(\.resource)
                let more = resources.count > 1 ? " and \(resources.count - 1) more" : ""
                let first = resources.first.map { $0 == "*" ? "" : " on \($0)" } ?? ""
                lines.append("    " + Terminal.escaped(action + first + more))
            }
            if known.verdict == .unknown {
                let names = Self.counted(members.map(\.action))
                lines = [lines[0]] + Self.wrapped(names, after: "    ", indent: 4)
            }
            return lines + (known.hint.map { [style.fix($0, indent: 4)] } ?? [])
        }
    }

    /// `DescribeKey (2)`: each name once, with its number.
    private static func counted(_ names: [String]) -> [String] {
        names.unique.map { name in
            let count = names.count { $0 == name }
            return count == 1 ? name : "\(name) (\(count))"
        }
    }

    private static func wrapped(_ words: [String], after start: String, indent: Int) -> [String] {
        var lines: [String] = []
        var line = start
        var isFirst = true
        for (index, word) in words.enumerated() {
            let piece = Terminal.escaped(word) + (index == words.count - 1 ? "" : ",")
            if !isFirst, line.count + 1 + piece.count > width {
                lines.append(line)
                line = String(repeating: " ", count: indent) + piece
            } else {
                line += (isFirst ? "" : " ") + piece
            }
            isFirst = false
        }
        return lines + [line]
    }
}

extension Preflight.Finding {
    /// `kms`.
    fileprivate var service: String { String(action.prefix { $0 != ":" }) }

    /// What plan and apply go on without is a warning.
    fileprivate var shownVerdict: Examination.Verdict {
        switch verdict {
        case .allowed: .good
        case .denied: isNeeded ? .bad : .doubtful
        case .unknown: .unknown
        }
    }
}

extension Array where Element: Hashable {
    /// Each element once, where it first stands.
    fileprivate var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
