internal import GaaraPlan
internal import JSON
internal import POSIX

/// The documents that follow from a plan, and the folder that keeps them under review:
/// `policies/ENVIRONMENT/NAME`.
struct PolicyFolder {
    let plan: Plan
    let documents: [Document]

    struct Document {
        let name: String
        let json: JSON

        var text: String { json.text(indent: 2) + "\n" }
    }

    /// Writes the documents, and gives the paths.
    func write(under root: String) throws(POSIXError) -> [String] {
        let folder = self.folder(under: root)
        try Folder.make(folder)
        for document in documents {
            try File.write("\(folder)/\(document.name)", Array(document.text.utf8))
        }
        return documents.map { "\(folder)/\($0.name)" }
    }

    /// One error for each file that does not say what the plan says, that is not there, or that
    /// the plan knows nothing of.
    func faults(under root: String) -> [Diagnostic] {
        let folder = self.folder(under: root)
        let hint = "gaara-infra policy \(plan.file) --output \(root)"
        let stale = documents.compactMap { document in
            let path = "\(folder)/\(document.name)"
            let bytes = try? File.read(path, maximumBytes: 1 << 20)
            guard bytes != Array(document.text.utf8) else { return Diagnostic?.none }
            let what = bytes == nil ? "is not there" : "does not follow \(plan.file)"
            return Diagnostic(.error, "stale", "\(path) \(what)", hint: hint)
        }
        let names = Set(documents.map(\.name))
        let left = ((try? Folder.list(folder)) ?? []).filter { name in
            name.hasPrefix("reader-") && !names.contains(name)
        }
        return stale
            + left.sorted().map { name in
                Diagnostic(
                    .error, "stale", "\(folder)/\(name) follows from nothing in \(plan.file)",
                    hint: "remove it")
            }
    }

    func json(_ diagnostics: [Diagnostic]) -> JSON {
        .object(
            JSONObject([
                ("format_version", 1),
                ("documents", .object(JSONObject(documents.map { ($0.name, $0.json) }))),
                ("diagnostics", .array(diagnostics.map(\.json))),
            ]))
    }

    private func folder(under root: String) -> String {
        "\(root)/\(plan.identity.environment)"
    }
}
