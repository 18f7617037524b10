internal import GaaraStore
internal import JSON

/// A managed policy of ours as an entry of `access`: `ReaderPolicy` read backwards.
struct ImportedAccess {
    /// Of the secrets that it lets read, in order.
    let names: [String]
    let lines: [String]
    let notes: [Diagnostic]

    /// - Parameter made: the roles that carry our tags.
    init(_ live: Policy.Live, made: [String: Principal.Live], _ identity: Identity) {
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
            let names = live.attachments.filter { $0.kind == kind }.map(\.name).sorted()
            return (
                word, names.map { kind == .role ? Self.role($0, made) : ImportedPlan.quoted($0) }
            )
        }.filter { !$0.1.isEmpty }
        if !attached.isEmpty { lines.append("    attach:") }
        lines += attached.map { "      \($0.0): [\($0.1.joined(separator: ", "))]" }
        let boundaries = Set(
            live.attachments.filter { $0.kind == .role }.map { made[$0.name]?.boundaryARN })
        if boundaries.count == 1, case let boundary?? = boundaries.first,
            boundary.hasPrefix(identity.iamARN("policy/"))
        {
            let name = boundary.dropFirst(identity.iamARN("").count)
            lines.append("    boundary: \(ImportedPlan.quoted(String(name)))")
        }
        self.lines = lines
        notes = []
    }

    /// A role by its name; one that a plan made, as it made it.
    private static func role(_ name: String, _ made: [String: Principal.Live]) -> String {
        guard let live = made[name] else { return ImportedPlan.quoted(name) }
        let services = live.trust.map(services) ?? []
        return "{ name: \(ImportedPlan.quoted(name)), create: true,"
            + " trusts: \(ImportedPlan.list(services)) }"
    }

    /// `ecs-tasks` of `ecs-tasks.amazonaws.com`.
    private static func services(_ trust: String) -> [String] {
        let statements = (try? JSON(parsing: trust))?.object?["Statement"]
        let names = (statements.map { $0.array ?? [$0] } ?? []).flatMap { statement in
            statement.object?["Principal"]?.object?["Service"]?.policyStrings ?? []
        }
        return Set(names.map { String($0.split(separator: ".").first ?? "") }).sorted()
    }
}
