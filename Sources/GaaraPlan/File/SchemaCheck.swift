/// Compares a tree with the schema: gives what is right, typed, and reports all that is wrong.
///
/// A node is complained about once. What stands below a wrong node is not looked at, and what was
/// wrong is `faulty` in the result, so that no later rule adds a second complaint.
struct SchemaCheck {
    /// Where in the plan a node stands.
    struct Position {
        /// For messages: `recovery-window`.
        var name: String
        /// Dotted: `secrets.database-url.recovery-window`; empty at the root.
        var path: String
        /// The key that leads here, which a missing key is reported at.
        var place: Place
        /// Whether a secret may have been written here by mistake: below a secret's `value`.
        ///
        /// Messages then quote nothing.
        var holdsSecret = false
        /// Whether `${name}` may stand here.
        var takesVariables = true

        func member(_ key: String, at place: Place) -> Position {
            var member = self
            member.name = key
            member.path = path.isEmpty ? key : "\(path).\(key)"
            member.place = place
            if key == "value", path.hasPrefix("secrets.") { member.holdsSecret = true }
            if path.isEmpty, key == "include" || key == "variables" {
                member.takesVariables = false
            }
            return member
        }

        /// Whether it is an entry of `secrets`, where a value may stand in the place of its source:
        /// `database-url: hunter2`, or `password: hunter2` below it.
        var isSecret: Bool { path.hasPrefix("secrets.") && path.dropFirst(8) == name }

        /// `secrets.database-url`, or the plan itself.
        var title: String { path.isEmpty ? "the plan" : path }
    }

    let variables: [String: String]
    /// Whether some of the text could not be read: then nothing is called missing.
    let isPartial: Bool
    var diagnostics: [Diagnostic] = []
    /// Bytes of the texts that variables were filled into so far.
    var filledBytes = 0
    /// As much as a plan may have itself (design, section 3).
    static let filledLimit = 1 << 20
    /// Where every key stands, by its path.
    private(set) var places: [String: Place] = [:]

    init(variables: [String: String], isPartial: Bool) {
        self.variables = variables
        self.isPartial = isPartial
    }

    mutating func check(
        _ node: SourceNode, as shape: Shape, at position: Position
    ) -> CheckedNode {
        if case .scalar("", isQuoted: false) = node.content {
            return fault(
                .emptyValue, "\(position.title) is empty",
                hint: "remove the key, or write \(shape.emptyText)", node)
        }
        switch (shape, node.content) {
        case (.either(let scalar, let collection), .scalar):
            return checkScalar(node, as: scalar, at: position, or: collection)
        case (.either(_, let collection), _): return check(node, as: collection, at: position)
        case (.list(let element, let count), .sequence(let nodes)):
            return list(node, nodes, of: element, count: count, at: position)
        case (.map(let keys, let value), .mapping(let entries)):
            return map(node, entries, keys: keys, of: value, at: position)
        case (.object(let form), .mapping):
            return object(node, as: form, at: position)
        case (.union(let form), .mapping):
            return union(node, as: form, at: position)
        case (.bool, .scalar), (.integer, .scalar), (.number, .scalar), (.percent, .scalar),
            (.duration, .scalar), (.words, .scalar), (.text, .scalar):
            return checkScalar(node, as: shape, at: position)
        case (.bool, _), (.integer, _), (.number, _), (.percent, _), (.duration, _), (.words, _),
            (.text, _), (.list, _), (.map, _), (.object, _), (.union, _):
            return wrongShape(node, shape, at: position)
        }
    }

    /// Reports at the node; the node is faulty from then on.
    mutating func fault(
        _ code: FaultCode, _ message: String, hint: String? = nil, _ node: SourceNode,
        concealsSource: Bool = false
    ) -> CheckedNode {
        diagnostics.append(
            .error(code, message, hint: hint, at: node.place, concealsSource: concealsSource))
        return CheckedNode(.faulty, at: node.place)
    }

    private mutating func wrongShape(
        _ node: SourceNode, _ shape: Shape, at position: Position
    ) -> CheckedNode {
        if position.holdsSecret, node.scalar != nil, case .union = shape {
            return literalSecret(node, at: position)
        }
        var hint: String?
        if case .list = shape, let text = node.scalar, !position.holdsSecret, !position.isSecret {
            hint = "write [\(text)]"
        }
        return fault(
            .wrongShape, "\(position.title) is \(node.noun), not \(shape.noun)", hint: hint, node,
            concealsSource: position.holdsSecret
                || node.scalar != nil && (position.isSecret || position.path.isEmpty))
    }

    private mutating func list(
        _ node: SourceNode, _ nodes: [SourceNode], of element: Shape, count: ClosedRange<Int>,
        at position: Position
    ) -> CheckedNode {
        guard count.contains(nodes.count) else {
            let bound =
                nodes.count < count.lowerBound
                ? "fewer than \(count.lowerBound)" : "more than \(count.upperBound)"
            return fault(
                .wrongCount, "\(position.title) has \(nodes.count) elements, \(bound)", node)
        }
        var seen: Set<String> = []
        var checked: [CheckedNode] = []
        for node in nodes {
            var inner = position
            inner.place = node.place
            let element = check(node, as: element, at: inner)
            if let text = element.text, !position.holdsSecret, !seen.insert(text).inserted {
                let twice = "\(position.title) has \(Visible.quoted(text)) twice"
                checked.append(fault(.repeatedItem, twice, node))
            } else {
                checked.append(element)
            }
        }
        return CheckedNode(.list(checked), at: node.place)
    }

    private mutating func map(
        _ node: SourceNode, _ entries: [SourceNode.Entry], keys: TextForm, of value: Shape,
        at position: Position
    ) -> CheckedNode {
        var members: [CheckedNode.Member] = []
        for entry in entries {
            if let complaint = complaint(about: entry.key, as: keys) {
                diagnostics.append(
                    .error(
                        .wrongText, "the key \(Visible.quoted(entry.key)) \(complaint.message)",
                        hint: complaint.hint, at: entry.keyPlace))
            }
            members.append(member(entry, as: value, at: position))
        }
        return CheckedNode(.members(members), at: node.place)
    }

    private mutating func member(
        _ entry: SourceNode.Entry, as shape: Shape, at position: Position
    ) -> CheckedNode.Member {
        let inner = position.member(entry.key, at: entry.keyPlace)
        places[inner.path] = entry.keyPlace
        return CheckedNode.Member(
            key: entry.key, keyPlace: entry.keyPlace,
            value: check(entry.value, as: shape, at: inner))
    }

    private mutating func object(
        _ node: SourceNode, as form: ObjectForm, at position: Position
    ) -> CheckedNode {
        var members: [CheckedNode.Member] = []
        var meant: Set<String> = []
        for entry in node.entries {
            if let field = form.field(entry.key) {
                members.append(member(entry, as: field.shape, at: position))
            } else {
                let names = form.fields.map(\.name)
                meant.formUnion(unknownKey(entry, among: names, at: position))
            }
        }
        let present = Set(node.entries.map(\.key)).union(meant)
        for field in form.fields where field.isRequired && !isPartial {
            guard !present.contains(field.name) else { continue }
            diagnostics.append(
                .error(
                    .missingKey, "\(position.title) has no \(field.name)",
                    hint: "add \(field.name): \(field.shape.example)", at: position.place))
        }
        apply(form.rules, to: node, present: present, at: position)
        return CheckedNode(.members(members), at: node.place)
    }

    /// Reports the key and gives the one that was meant, if any is near.
    private mutating func unknownKey(
        _ entry: SourceNode.Entry, among names: [String], at position: Position
    ) -> [String] {
        let near = Suggestion.nearest(to: entry.key, among: names)
        let hint = near.map { "did you mean \($0)?" } ?? "known are \(names.listed("and"))"
        diagnostics.append(
            .error(
                .unknownKey, "\(position.title) has the unknown key \(Visible.quoted(entry.key))",
                hint: hint, at: entry.keyPlace,
                concealsSource: position.holdsSecret
                    || position.isSecret && (near == nil || near == "value")))
        return near.map { [$0] } ?? []
    }

    private mutating func apply(
        _ rules: [ObjectForm.Rule], to node: SourceNode, present: Set<String>, at position: Position
    ) {
        for rule in rules {
            switch rule {
            case .exactlyOne(let keys):
                let found = node.entries.filter { keys.contains($0.key) }
                if let second = found.dropFirst().first {
                    diagnostics.append(
                        .error(
                            .conflictingKeys,
                            "\(position.title) has both \(found.map(\.key).listed("and"))",
                            hint: "remove one", at: second.keyPlace))
                } else if present.isDisjoint(with: keys), !isPartial {
                    diagnostics.append(
                        .error(
                            .missingKey, "\(position.title) has neither \(keys.listed("nor"))",
                            hint: "add one of them", at: position.place))
                }
            case .alone(let key):
                guard node.entries.contains(where: { $0.key == key }) else { continue }
                for other in node.entries where other.key != key {
                    diagnostics.append(
                        .error(
                            .conflictingKeys,
                            "\(other.key) has no effect in \(position.title) beside \(key)",
                            hint: "remove \(other.key) or \(key)", at: other.keyPlace))
                }
            }
        }
    }

    private mutating func union(
        _ node: SourceNode, as form: UnionForm, at position: Position
    ) -> CheckedNode {
        let found = node.entries.filter { form.keys.contains($0.key) }
        guard let first = found.first else {
            for entry in node.entries {
                let meant = Suggestion.nearest(to: entry.key, among: form.keys)
                guard meant != nil else { continue }
                _ = unknownKey(entry, among: form.keys, at: position)
                return CheckedNode(.faulty, at: node.place)
            }
            return fault(
                .missingKey, "\(position.title) does not say where it comes from",
                hint: "\(form.meaning) has one of \(form.keys.listed("or"))", node,
                concealsSource: true)
        }
        if let second = found.dropFirst().first {
            diagnostics.append(
                .error(
                    .conflictingKeys, "\(position.title) has both \(first.key) and \(second.key)",
                    hint: "\(form.meaning) comes from one of them", at: second.keyPlace))
            return CheckedNode(.faulty, at: node.place)
        }
        let variant = form.variant(of: [first.key]) { node[$0]?.scalar }
        guard let variant else {
            let words = form.variants.filter { $0.key == first.key }.flatMap(\.words)
            let inner = position.member(first.key, at: first.keyPlace)
            return check(first.value, as: .words(words), at: inner)
        }
        let names = variant.object.fields.map(\.name)
        for entry in node.entries where !names.contains(entry.key) {
            let owners = form.variants.filter { $0.object.field(entry.key) != nil }
            guard !owners.isEmpty else { continue }
            diagnostics.append(
                .error(
                    .misplacedKey,
                    "\(entry.key) goes with \(owners.map(\.title).listed("or")),"
                        + " not with \(variant.title)", at: entry.keyPlace))
        }
        let known = node.entries.filter { entry in
            names.contains(entry.key)
                || !form.variants.contains { $0.object.field(entry.key) != nil }
        }
        let own = SourceNode(.mapping(known), at: node.place)
        return object(own, as: variant.object, at: position)
    }
}
