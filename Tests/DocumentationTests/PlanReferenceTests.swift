import GaaraPlan
import JSON
import Testing

struct PlanReferenceTests {
    @Test("docs/Plan.md has one row for every key of the schema, with its words, form and default")
    func everyKey() throws {
        let wanted = PlanReference(PlanSchema.jsonSchema).rows
        let written = try Documents.lines("docs/Plan.md").filter { line in
            line.hasPrefix("| `") && !line.hasPrefix("| `{") && !line.hasPrefix("| `external")
        }
        #expect(wanted.count > 60)
        for row in wanted where !written.contains(row) { Issue.record("missing: \(row)") }
        for row in written where !wanted.contains(row) { Issue.record("not so: \(row)") }
    }
}

/// The keys of a plan as rows of a table, read from the printed schema.
private struct PlanReference {
    private struct Key {
        let path: String
        let meaning: String
        var forms: [String]
        let standard: String
    }

    private var keys: [Key] = []

    init(_ schema: JSON) {
        guard let plan = schema["$defs"]?["plan"] else { return }
        visit(plan, path: "")
    }

    var rows: [String] {
        keys.map { key in
            "| `\(key.path)` | \(key.meaning) | \(key.forms.joined(separator: ", ")) | \(key.standard) |"
        }
    }

    private mutating func visit(_ schema: JSON, path: String) {
        let required = (schema["required"]?.array ?? []).compactMap(\.string)
        for member in schema["properties"]?.object?.members ?? [] {
            let inner = path.isEmpty ? member.key : "\(path).\(member.key)"
            let standard =
                member.value["default"].map { $0 == "" ? "empty" : "`\($0.string ?? $0.compact)`" }
            add(
                Key(
                    path: inner, meaning: member.value["description"]?.string ?? "",
                    forms: Self.forms(of: member.value),
                    standard: required.contains(member.key) ? "required" : standard ?? ""))
            visit(member.value, path: inner)
        }
        if let inner = schema["additionalProperties"], inner.object != nil {
            visit(inner, path: "\(path).NAME")
        }
        if let inner = schema["items"] { visit(inner, path: path) }
        for name in ["oneOf", "anyOf"] {
            for inner in schema[name]?.array ?? [] { visit(inner, path: path) }
        }
    }

    /// Variants of a mapping share keys: one row says what each of them allows.
    private mutating func add(_ key: Key) {
        guard
            let known = keys.firstIndex(where: { $0.path == key.path && $0.meaning == key.meaning })
        else {
            keys.append(key)
            return
        }
        for form in key.forms where !keys[known].forms.contains(form) {
            keys[known].forms.append(form)
        }
    }

    private static func forms(of schema: JSON) -> [String] {
        if let words = schema["enum"]?.array { return words.compactMap(\.string).map { "`\($0)`" } }
        if let least = schema["minimum"]?.compact, let most = schema["maximum"]?.compact {
            return [least == most ? "`\(least)`" : "\(least) to \(most)"]
        }
        switch schema["type"]?.string {
        case "boolean": return ["`true`", "`false`"]
        case "array":
            return ["list"] + (schema["items"].map { forms(of: $0) } ?? []).filter { $0 != "map" }
        case "object": return ["map"]
        case "string":
            return (schema["examples"]?.array ?? []).prefix(1).compactMap(\.string)
                .map { "such as `\($0)`" }
        default:
            let inner = ["oneOf", "anyOf"].flatMap { schema[$0]?.array ?? [] }
            return inner.flatMap(forms).reduce(into: []) { forms, form in
                if !forms.contains(form) { forms.append(form) }
            }
        }
    }
}
