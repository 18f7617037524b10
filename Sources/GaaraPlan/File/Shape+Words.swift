extension Shape {
    /// With its article, for messages.
    var noun: String {
        switch self {
        case .bool: "true or false"
        case .integer, .number: "a number"
        case .percent: "a percentage"
        case .duration: "a time"
        case .words(let words): words.listed("or")
        case .text(let form): form.meaning
        case .list: "a list"
        case .map, .object, .union: "a map"
        case .either(let scalar, let collection): "\(scalar.noun) or \(collection.noun)"
        }
    }

    /// A right value, as it is written.
    var example: String {
        switch self {
        case .bool: return "true"
        case .integer(let range): return String(range.lowerBound)
        case .number(let range): return "\(max(1, range.lowerBound))"
        case .percent: return "5%"
        case .duration(let form): return form.text(form.example)
        case .words(let words): return words.first ?? ""
        case .text(let form):
            let sample = form.samples.first ?? ""
            return form.isQuoted ? "\"\(sample)\"" : sample
        case .list(let element, _): return "[\(element.example)]"
        case .map(let keys, let value):
            return "{ \(keys.samples.first ?? ""): \(value.example) }"
        case .object(let form):
            let needed = form.fields.filter(\.isRequired).map { "\($0.name): \($0.shape.example)" }
            return needed.isEmpty ? "{}" : "{ \(needed.joined(separator: ", ")) }"
        case .union(let form):
            return form.variants.first.map { Shape.object($0.object).example } ?? "{}"
        case .either(_, let collection): return collection.example
        }
    }

    /// What a person writes who means "there is none".
    var emptyText: String {
        switch collection {
        case .text: "\"\""
        case .list: "[]"
        case .map, .object: "{}"
        case .bool, .integer, .number, .percent, .duration, .words, .union, .either: example
        }
    }
}

extension DurationForm {
    /// A middling one, in minutes.
    var example: Int {
        min(max(range.lowerBound, 30 * (units.first?.minutes ?? 1)), range.upperBound)
    }
}

extension SourceNode {
    /// What it is, for messages; never its text.
    var noun: String {
        switch content {
        case .scalar: "a plain value"
        case .sequence: "a list"
        case .mapping: "a map"
        }
    }
}

extension [String] {
    /// `a, b or c`.
    func listed(_ conjunction: String) -> String {
        guard let last, count > 1 else { return first ?? "" }
        return "\(dropLast().joined(separator: ", ")) \(conjunction) \(last)"
    }
}

/// What YAML 1.1 tools make of a plain scalar, where that is not text (yaml.org/type).
enum YAML11 {
    /// Ways to say nothing, all of them read as something else by one tool or another.
    static let nothing: Set<String> = ["no", "off", "false", "null", "~", "never", "n", "0", "nil"]

    private static let digits = Pattern.characters("0-9_", 1...Int.max)
    private static let sign = Pattern.repeated(.characters("+-", 1...1), 0...1)
    private static let number = Pattern.sequence([
        sign,
        .oneOf([
            .sequence([.literal("0x"), .characters("0-9a-fA-F_", 1...Int.max)]),
            .sequence([.characters("0-9", 1...1), .repeated(digits, 0...1)]),
            .sequence([
                .characters("0-9", 1...1), .characters("0-9_", 0...Int.max), .literal("."),
                .characters("0-9_", 0...Int.max),
            ]),
            .sequence([
                .characters("0-9", 1...1), .characters("0-9_.", 0...Int.max),
                .characters("eE", 1...1), sign, digits,
            ]),
            .sequence([
                .characters("0-9", 1...1), .characters("0-9_", 0...Int.max),
                .repeated(.sequence([.literal(":"), .characters("0-9", 1...2)]), 1...8),
            ]),
        ]),
    ])
    private static let date = Pattern.sequence([
        .characters("0-9", 4...4), .literal("-"), .characters("0-9", 1...2), .literal("-"),
        .characters("0-9", 1...2),
    ])

    /// `a truth value`, `a number` and so on; `nil` where every tool reads the text.
    static func meaning(of text: String) -> String? {
        switch text.lowercased() {
        case "y", "yes", "on", "true", "n", "no", "off", "false": return "a truth value"
        case "~", "null": return "nothing"
        case ".inf", "-.inf", "+.inf", ".nan": return "a number"
        default: break
        }
        if number.matches(text) { return "a number" }
        return date.matches(text) ? "a date" : nil
    }
}
