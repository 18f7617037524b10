internal import GaaraStore

extension PlanDecoder {
    /// Where a secret's value comes from; `nil` where that is faulty.
    mutating func value(
        _ node: CheckedNode, of name: SecretName, variable: String
    ) -> ValueSource? {
        if node.text == "external" { return .external }
        guard let fields = node["fields"] else { return source(node) }
        guard !fields.isFaulty else { return nil }
        var result: [ValueSource.Field] = []
        for member in fields.members {
            guard let field = field(member, of: name, variable: variable) else { continue }
            result.append(field)
        }
        let isWhole = result.count == fields.members.count
        let hasSecret = result.contains { field in
            guard case .value = field.source else { return false }
            return true
        }
        if isWhole, !hasSecret {
            report(
                .noSecretField, "secrets.\(name) has no field whose value is a secret",
                hint: "literal is for plain text beside a secret field, such as a user name",
                at: node.place(of: "fields"))
        }
        return isWhole ? .fields(result.sorted { $0.name < $1.name }) : nil
    }

    private mutating func field(
        _ member: CheckedNode.Member, of name: SecretName, variable: String
    ) -> ValueSource.Field? {
        let node = member.value
        let folded = (try? SecretName(validating: member.key))?.variable ?? member.key
        let own = node["variable"]?.text ?? "\(variable)_\(folded)"
        let made: ValueSource.Field.Source
        if let literal = node["literal"] {
            guard let text = literal.text else { return nil }
            // A user name may stand in a plan; what calls itself a password may not.
            let words = ["password", "passwd", "passphrase", "secret", "token", "private"]
            let lower = member.key.lowercased()
            for word in words where lower.utf8.count >= word.utf8.count && lower.contains(word) {
                report(
                    .literalSecret,
                    "secrets.\(name).value.fields.\(member.key) is written into the plan",
                    hint: "say where it comes from, such as { generate: { length: 40 } }",
                    at: literal.place, concealsSource: true)
                return nil
            }
            made = .literal(text)
        } else {
            guard let source = source(node) else { return nil }
            made = .value(source)
        }
        return ValueSource.Field(
            name: member.key, variable: own, source: made, place: member.keyPlace)
    }

    private mutating func source(_ node: CheckedNode) -> ValueSource? {
        if let generate = node["generate"] {
            guard let length = generate["length"]?.integer else { return nil }
            let alphabet = generate["alphabet"]?.text.flatMap(ValueSource.Alphabet.init)
            return .generate(length: length, alphabet: alphabet ?? .alphanumeric)
        }
        switch node["from"]?.text {
        case "env-file": return .envFile
        case "environment": return .environment
        case "file":
            guard let path = node["path"], let text = path.text else { return nil }
            guard PlanPath.isBelowItsFolder(text) else {
                report(
                    .outsideFolder, "the path \(Visible.quoted(text)) leaves the plan's folder",
                    hint: "name a file beside or below the plan", at: path.place)
                return nil
            }
            return .file(path: text, binary: node["binary"]?.bool ?? false)
        case "command":
            guard let run = node["run"]?.list else { return nil }
            let words = run.compactMap(\.text)
            guard words.count == run.count else { return nil }
            return .command(words)
        default: return nil
        }
    }
}
