internal import JSON

/// Whether a role's trust policy lets somebody assume it.
///
/// It knows the conditions of trust policies: StringEquals, StringLike, ArnEquals and ArnLike with
/// `IfExists`, `ForAnyValue` and `ForAllValues`. A condition that it does not know allows nothing
/// and denies all.
struct TrustPolicy {
    /// Somebody who asks for a session.
    struct Asker {
        /// How a trust policy may name them, by kind of principal.
        var names: [String: Set<String>] = [:]
        /// The values of condition keys, by key in lower case.
        var context: [String: [String]] = [:]
    }

    private let statements: [JSONObject]

    /// A document that cannot be read trusts nobody.
    init(_ document: String) {
        statements = (try? PolicyGrammar.statements(of: document)) ?? []
    }

    /// - Parameter action: `sts:AssumeRole`.
    func admits(_ asker: Asker, to action: String) -> Bool {
        var isAllowed = false
        for statement in statements where covers(statement, asker, action.lowercased()) {
            let isDeny = statement["Effect"]?.string == "Deny"
            guard let holds = holds(statement["Condition"], for: asker) else {
                if isDeny { return false }
                continue
            }
            guard holds else { continue }
            if isDeny { return false }
            isAllowed = true
        }
        return isAllowed
    }

    private func covers(_ statement: JSONObject, _ asker: Asker, _ action: String) -> Bool {
        let principals = (try? TrustGrammar.principals(of: statement)) ?? []
        let isNamed = principals.contains {
            $0.name == "*" || asker.names[$0.kind]?.contains($0.name) == true
        }
        let actions = statement["Action"]?.texts ?? []
        return isNamed && actions.contains { Wildcards.match($0.lowercased()[...], action) }
    }

    /// `nil` when a condition is not known here.
    private func holds(_ condition: JSON?, for asker: Asker) -> Bool? {
        for (name, keys) in condition?.object?.members ?? [] {
            guard let test = Test(name) else { return nil }
            for (key, value) in keys.object?.members ?? [] {
                guard let expected = value.texts else { return nil }
                guard test.holds(expected, asker.context[key.lowercased()]) else { return false }
            }
        }
        return true
    }

    private struct Test {
        private enum Quantifier { case one, any, all }
        private let quantifier: Quantifier
        private let isPattern: Bool
        private let isNegated: Bool
        private let ifExists: Bool

        init?(_ name: String) {
            var name = name[...]
            switch name {
            case _ where name.hasPrefix("ForAnyValue:"): quantifier = .any
            case _ where name.hasPrefix("ForAllValues:"): quantifier = .all
            default: quantifier = .one
            }
            if let colon = name.firstIndex(of: ":") { name = name[name.index(after: colon)...] }
            ifExists = name.hasSuffix("IfExists")
            if ifExists { name = name.dropLast("IfExists".count) }
            isNegated = name.contains("Not")
            switch name {
            case "StringEquals", "StringNotEquals": isPattern = false
            case "StringLike", "StringNotLike", "ArnEquals", "ArnLike", "ArnNotEquals",
                "ArnNotLike":
                isPattern = true
            default: return nil
            }
        }

        func holds(_ expected: [String], _ values: [String]?) -> Bool {
            guard let values, !values.isEmpty else {
                return ifExists || isNegated || quantifier == .all
            }
            let matches = values.map { value in
                expected.contains { isPattern ? Wildcards.match($0[...], value) : $0 == value }
                    != isNegated
            }
            return quantifier == .all ? matches.allSatisfy(\.self) : matches.contains(true)
        }
    }
}

/// Patterns in which `*` stands for any text and `?` for one character.
enum Wildcards {
    static func match(_ pattern: Substring, _ text: String) -> Bool {
        let (pattern, text) = (Array(pattern.unicodeScalars), Array(text.unicodeScalars))
        var (place, at) = (0, 0)
        // Where the last star stood, and how much of the text it has taken.
        var star: (place: Int, at: Int)?
        while at < text.count {
            if place < pattern.count, pattern[place] == "*" {
                star = (place, at)
                place += 1
            } else if place < pattern.count, pattern[place] == text[at] || pattern[place] == "?" {
                place += 1
                at += 1
            } else if let last = star {
                star = (last.place, last.at + 1)
                (place, at) = (last.place + 1, last.at + 1)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == "*" }
    }
}
