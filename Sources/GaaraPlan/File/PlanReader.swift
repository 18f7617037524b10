internal import Digest
internal import JSON
internal import YAML

/// What came of reading a plan: the plan, where nothing is wrong with it, and all there is to say.
package struct ReadPlan: Sendable {
    /// `nil` where a diagnostic is an error.
    package let plan: Plan?
    /// In the order of their places.
    package let diagnostics: [Diagnostic]
    /// The texts that were read, for showing the diagnostics.
    package let texts: SourceTexts

    /// All diagnostics as a person reads them; empty where there are none.
    package var rendered: String {
        diagnostics.map { texts.render($0) + "\n" }.joined(separator: "\n")
    }
}

/// Why a file that a plan includes could not be read.
package struct IncludeFault: Error, Hashable, Sendable {
    /// What went wrong, such as `no such file`.
    package let reason: String

    package init(reason: String) { self.reason = reason }
}

/// Reads a plan from its bytes: YAML, include, variables, schema, meaning.
///
/// All that is wrong is found in one go; nothing is reported that only follows from something else.
package enum PlanReader {
    /// - Parameters:
    ///   - file: the path as it was given; it stands in the diagnostics.
    ///   - include: gives the bytes of another file. It is asked at most once, for a path below
    ///     the folder of `file`; the caller refuses links and devices.
    package static func read(
        file: String, text: [UInt8], include: (String) throws(IncludeFault) -> [UInt8]
    ) -> ReadPlan {
        var sources = SourceTree()
        guard let own = sources.read(file, text), let tree = sources.include(in: own, include)
        else {
            return ReadPlan(
                plan: nil, diagnostics: Diagnostic.inOrder(sources.diagnostics),
                texts: sources.texts)
        }
        var check = SchemaCheck(
            variables: variables(of: tree), isPartial: sources.isPartial)
        let start = Place(file: file, line: 1, column: 1)
        let root = check.check(
            tree, as: .object(PlanSchema.root),
            at: SchemaCheck.Position(name: "", path: "", place: start))

        var plan: Plan?
        var diagnostics = sources.diagnostics
        if sources.isPartial || root.isFaulty {
            // One complaint a line: what the YAML reader put in place of a fault is not the author's.
            let taken = Set(sources.diagnostics.compactMap { $0.place.map(Self.line) })
            diagnostics += check.diagnostics.filter { diagnostic in
                diagnostic.place.map { !taken.contains(Self.line($0)) } ?? true
            }
        } else {
            var decoder = PlanDecoder(root, places: check.places, start: start)
            plan = decoder.plan(file: file, digest: digest(of: root))
            diagnostics += check.diagnostics + decoder.diagnostics + (plan?.policyFaults ?? [])
        }
        let isWrong = diagnostics.contains { $0.severity == .error }
        return ReadPlan(
            plan: isWrong ? nil : plan, diagnostics: Diagnostic.inOrder(diagnostics),
            texts: sources.texts)
    }

    private static func line(_ place: Place) -> Place {
        Place(file: place.file, line: place.line, column: 1)
    }

    private static func variables(of tree: SourceNode) -> [String: String] {
        let entries = tree["variables"]?.entries ?? []
        let texts = entries.compactMap { entry in entry.value.scalar.map { (entry.key, $0) } }
        return Dictionary(texts) { first, _ in first }
    }

    /// Hash of the canonical JSON of what the plan comes to, durations in minutes.
    ///
    /// Whether a text came from a variable or an included file is no part of it.
    private static func digest(of root: CheckedNode) -> String {
        var content = root.json.object ?? JSONObject()
        for key in ["include", "variables"] { content[key] = nil }
        return Hex.encode(SHA256.hash(Array(JSON.object(content).canonical.utf8)))
    }
}

/// The files of a plan while they are read and merged.
private struct SourceTree {
    var diagnostics: [Diagnostic] = []
    var texts = SourceTexts()
    /// Whether some of the text is missing from the tree.
    var isPartial = false

    /// The tree of a file; `nil` where there is none.
    mutating func read(_ file: String, _ text: [UInt8]) -> SourceNode? {
        let reading = YAMLReader().read(text)
        if !reading.faults.isEmpty { isPartial = true }
        // What is not text was never meant to be a plan: a link in a pull request may lead to
        // /proc/self/environ, and no line of that is to be shown.
        let isText = !text.contains(0) && String(validating: text, as: UTF8.self) != nil
        if isText { texts.add(file, text) }
        for fault in isText ? reading.faults : Array(reading.faults.prefix(1)) {
            let place = Place(file: file, line: fault.mark.line, column: fault.mark.column)
            diagnostics.append(
                Diagnostic(
                    .error, fault.code, fault.message, hint: fault.hint, at: place,
                    concealsFrom: texts.secretColumn(at: place)))
        }
        return reading.root.map { SourceNode($0, file: file) }
    }

    /// `tree` over the file that it includes, if it includes one.
    mutating func include(
        in tree: SourceNode, _ text: (String) throws(IncludeFault) -> [UInt8]
    ) -> SourceNode? {
        guard let node = tree["include"] else { return tree }
        guard let name = node.scalar, !name.isEmpty else {
            isPartial = true
            return tree
        }
        guard PlanPath.isBelowItsFolder(name) else {
            refuse(.outsideFolder, "include \(Visible.quoted(name)) leaves the plan's folder", node)
            return tree
        }
        let path = PlanPath.beside(node.place.file, name)
        guard path != node.place.file else {
            refuse(.nestedInclude, "the plan includes itself", node)
            return tree
        }
        do throws(IncludeFault) {
            guard let base = read(path, try text(path)) else { return tree }
            if let nested = base["include"] {
                refuse(.nestedInclude, "an included file includes another", nested)
                return tree
            }
            return tree.merged(over: base, as: .object(PlanSchema.root))
        } catch {
            refuse(.unreadableInclude, "cannot read \(path): \(error.reason)", node)
            return tree
        }
    }

    private mutating func refuse(_ code: FaultCode, _ message: String, _ node: SourceNode) {
        isPartial = true
        let hint: String? =
            switch code {
            case .outsideFolder: "name a file beside or below the plan"
            case .unreadableInclude: "the path begins at the folder of the plan that includes it"
            case .nestedInclude: "one plan includes one file; merge the two"
            default: nil
            }
        diagnostics.append(.error(code, message, hint: hint, at: node.place))
    }
}
