internal import JSON

/// A policy document as lines for people: all of it, a statement in few lines.
///
///     Allow ReadSecretValues
///       secretsmanager:DescribeSecret, secretsmanager:GetSecretValue
///       on arn:aws:secretsmanager:us-east-1:123456789012:secret:gaara-store/staging/redis-url-??????
struct PolicyText {
    let lines: [String]

    private static let width = 92

    /// A text that is no policy stands as it is, indented as JSON where it is JSON.
    init(_ text: String) {
        guard let json = try? JSON(parsing: text) else {
            lines = text.split(separator: "\n").map(String.init)
            return
        }
        guard let statements = json["Statement"].map({ $0.array ?? [$0] }),
            statements.allSatisfy({ $0.object != nil })
        else {
            lines = json.text(indent: 2).split(separator: "\n").map(String.init)
            return
        }
        var head: [String] = []
        for (name, value) in json.object?.members ?? [] where name != "Statement" {
            guard name != "Version" || value.string != "2012-10-17" else { continue }
            head.append("\(name) \(value.string ?? value.compact)")
        }
        lines = head + statements.flatMap(Self.lines)
    }

    private static func lines(of statement: JSON) -> [String] {
        let effect = statement["Effect"]?.string ?? "?"
        var lines = ["\(effect) \(statement["Sid"]?.string ?? "(no Sid)")"]
        for (name, value) in statement.object?.members ?? [] {
            switch name {
            case "Effect", "Sid": continue
            case "Action": lines += strings(value).wrapped(to: width).map { "  \($0)" }
            case "Resource": lines += led(by: "on", strings(value))
            case "Principal": lines += led(by: "to", principals(value))
            case "Condition": lines += conditions(value)
            default: lines += led(by: name, strings(value))
            }
        }
        return lines
    }

    private static func principals(_ value: JSON) -> [String] {
        guard let kinds = value.object else { return strings(value) }
        return kinds.members.flatMap { kind, names in strings(names).map { "\(kind) \($0)" } }
    }

    private static func conditions(_ value: JSON) -> [String] {
        guard let tests = value.object else { return led(by: "when", [value.compact]) }
        return tests.members.flatMap { test, keys in
            (keys.object?.members ?? []).flatMap { key, values in
                ["  when \(test) \(key)"] + strings(values).map { "    \($0)" }
            }
        }
    }

    private static func strings(_ value: JSON) -> [String] {
        (value.array ?? [value]).map { $0.string ?? $0.compact }
    }

    /// The word before the first, and the others below it.
    private static func led(by word: String, _ texts: [String]) -> [String] {
        let blank = String(repeating: " ", count: word.count)
        return texts.enumerated().map { index, text in
            "  \(index == 0 ? word : blank) \(text)"
        }
    }
}
