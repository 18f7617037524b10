internal import GaaraStore
internal import JSON

/// A managed policy of ours as an entry of `access`: `ReaderPolicy` read backwards.
struct ImportedAccess {
    /// Of the secrets that it lets read, in order.
    let names: [String]
    let lines: [String]
    let notes: [Diagnostic]

    init(_ live: Policy.Live, _ identity: Identity) {
        var names: Set<String> = []
        var isBatch = false
        let statements = (try? JSON(parsing: live.document))?.object?["Statement"]
        for case let statement? in (statements.map { $0.array ?? [$0] } ?? []).map(\.object) {
            let actions = (statement["Action"]?.policyStrings ?? []).map(\.asciiLowercased)
            if actions.contains("secretsmanager:batchgetsecretvalue") { isBatch = true }
            guard actions.contains("secretsmanager:getsecretvalue") else { continue }
            names.formUnion(
                (statement["Resource"]?.policyStrings ?? []).compactMap { arn in
                    let start = identity.secretARNPrefix.dropLast()
                    guard arn.hasPrefix(start), arn.hasSuffix("-??????") else { return nil }
                    return String(arn.dropFirst(start.count).dropLast(7))
                })
        }
        self.names = names.sorted()
        let prefix = "\(identity.application)-\(identity.environment)-"
        let isUsual = live.name.hasPrefix(prefix) && live.name.count > prefix.count
        let entry = isUsual ? String(live.name.dropFirst(prefix.count)) : live.name.asciiLowercased
        guard !names.isEmpty else {
            lines = []
            notes = [
                ImportedPlan.note(
                    "import-policy", "policy/\(live.name) lets nobody read a secret by its name",
                    hint: "it is no policy that a plan can declare: --prune would delete it")
            ]
            return
        }
        var lines = ["  \(ImportedPlan.quoted(entry)):"]
        if !isUsual { lines.append("    name: \(ImportedPlan.quoted(live.name))") }
        lines.append("    read: \(ImportedPlan.list(self.names))")
        if isBatch { lines.append("    batch: true") }
        let kinds: [(String, Principal.Kind)] = [
            ("roles", .role), ("users", .user), ("groups", .group),
        ]
        let attached = kinds.map { word, kind in
            (word, live.attachments.filter { $0.kind == kind }.map(\.name).sorted())
        }.filter { !$0.1.isEmpty }
        if !attached.isEmpty { lines.append("    attach:") }
        lines += attached.map { "      \($0.0): \(ImportedPlan.list($0.1))" }
        self.lines = lines
        notes = []
    }
}
