extension SchemaCheck {
    /// What is wrong with a text, after the words "the key ..." or "region is ...".
    struct Complaint {
        let message: String
        let hint: String?
    }

    /// - Parameter other: what may stand in its place, for the message.
    mutating func checkScalar(
        _ node: SourceNode, as shape: Shape, at position: Position, or other: Shape? = nil
    ) -> CheckedNode {
        guard case .scalar(let text, let isQuoted) = node.content else {
            return CheckedNode(.faulty, at: node.place)
        }
        if case .text(let form) = shape {
            return self.text(node, text, isQuoted: isQuoted, as: form, at: position)
        }
        if VariableText.isUsed(in: text) {
            return misplacedVariable(node, at: position, "a variable stands for text only")
        }
        switch shape {
        case .bool: return bool(node, text, isQuoted: isQuoted, at: position)
        case .integer(let range):
            let form = Pattern.sequence([
                .repeated(.literal("-"), 0...1),
                .oneOf([
                    .literal("0"),
                    .sequence([.characters("1-9", 1...1), .characters("0-9", 0...17)]),
                ]),
            ])
            guard !isQuoted, form.matches(text), let value = Int(text) else {
                return notANumber(node, text, isQuoted: isQuoted, at: position)
            }
            guard range.contains(value) else {
                let bounds =
                    range.count == 1
                    ? "only \(range.lowerBound) is known here"
                    : "it is \(range.lowerBound) to \(range.upperBound)"
                return fault(.outOfRange, "\(position.title) is \(value): \(bounds)", node)
            }
            return CheckedNode(.integer(value), at: node.place)
        case .number(let range):
            guard !isQuoted, let value = decimal(text[...]) else {
                return notANumber(node, text, isQuoted: isQuoted, at: position)
            }
            return number(node, value, text, in: range, at: position)
        case .percent:
            guard text.last == "%", let value = decimal(text.dropLast()) else {
                return fault(
                    .notAPercentage, "\(said(text, at: position)): not a percentage",
                    hint: "such as 5%", node)
            }
            return number(node, value, text, in: 0...100, at: position)
        case .duration(let form): return duration(node, text, as: form, at: position)
        case .words(let words): return word(node, text, among: words, at: position, or: other)
        case .text, .list, .map, .object, .union, .either:
            return check(node, as: shape, at: position)
        }
    }

    /// A value that stands in the plan itself.
    mutating func literalSecret(_ node: SourceNode, at position: Position) -> CheckedNode {
        let source = node.scalar == "env-file" ? "env-file" : "environment"
        return fault(
            .literalSecret,
            "\(position.title) is written into the plan, which never holds a secret",
            hint: "say where it comes from, such as { from: \(source) }, and change the secret if"
                + " this file was shared", node, concealsSource: true)
    }

    /// Why `text` has not this form; `nil` where it has.
    func complaint(about text: String, as form: TextForm) -> Complaint? {
        let example = form.samples.first.map { "such as \(form.isQuoted ? "\"\($0)\"" : $0)" }
        if Placeholder.isFound(in: text, anywhere: !form.isProse) {
            return Complaint(message: "is a placeholder", hint: example)
        }
        let count = text.unicodeScalars.count
        if count > form.length.upperBound {
            return Complaint(
                message: "has \(count) characters, more than \(form.length.upperBound)", hint: nil)
        }
        if count < form.length.lowerBound || form.pattern?.matches(text) == false {
            return Complaint(message: "is not \(form.meaning)", hint: example)
        }
        return nil
    }

    private mutating func text(
        _ node: SourceNode, _ raw: String, isQuoted: Bool, as form: TextForm, at position: Position
    ) -> CheckedNode {
        guard isQuoted || !form.isQuoted else {
            return fault(
                .notQuoted, "\(position.title) stands without quotes",
                hint: "write \"\(raw)\": a number would lose its leading zeros", node)
        }
        var text = raw
        if VariableText.isUsed(in: raw) {
            let mayName = position.takesVariables && !position.holdsSecret
            if !mayName, VariableText.names(in: raw) {
                let place = position.holdsSecret ? "below value" : "in \(position.path)"
                return misplacedVariable(node, at: position, "no variable may stand \(place)")
            }
            do throws(VariableText.Fault) {
                text = try VariableText.fill(
                    raw, from: variables, limit: Self.filledLimit - filledBytes)
                filledBytes += text.utf8.count
            } catch {
                return brokenVariable(node, error, at: position)
            }
        }
        if Placeholder.looksSecret(text) {
            return fault(
                .looksSecret, "\(position.title) looks like a credential",
                hint: "a plan never holds a secret; change it if this file was shared", node,
                concealsSource: true)
        }
        if let complaint = complaint(about: text, as: form) {
            let code: FaultCode =
                Placeholder.isFound(in: text, anywhere: !form.isProse) ? .placeholder : .wrongText
            let long = text.unicodeScalars.count > form.length.upperBound
            let quote = position.holdsSecret || long ? "" : " \(Visible.quoted(text))"
            return fault(
                code, "\(position.title)\(quote) \(complaint.message)", hint: complaint.hint, node)
        }
        if !isQuoted, !position.holdsSecret, let meaning = YAML11.meaning(of: raw) {
            diagnostics.append(
                Diagnostic(
                    .warning, FaultCode.ambiguousText.rawValue,
                    "\(position.title) is the text \(raw), which other YAML tools read as \(meaning)",
                    hint: "write \"\(raw)\"", at: node.place))
        }
        return CheckedNode(.text(text), at: node.place)
    }

    private mutating func bool(
        _ node: SourceNode, _ text: String, isQuoted: Bool, at position: Position
    ) -> CheckedNode {
        switch (text, isQuoted) {
        case ("true", false): return CheckedNode(.bool(true), at: node.place)
        case ("false", false): return CheckedNode(.bool(false), at: node.place)
        default: break
        }
        var hint = "write true or false"
        switch text.lowercased() {
        case "yes", "on", "y", "true": hint = "write true"
        case "no", "off", "n", "false", "none": hint = "write false"
        default: break
        }
        return fault(
            .notABool, "\(said(text, at: position)): neither true nor false", hint: hint, node)
    }

    private mutating func word(
        _ node: SourceNode, _ text: String, among words: [String], at position: Position,
        or other: Shape?
    ) -> CheckedNode {
        if words.contains(text) { return CheckedNode(.text(text), at: node.place) }
        if position.holdsSecret, words == ["external"] { return literalSecret(node, at: position) }
        var hint = Suggestion.nearest(to: text, among: words).map { "did you mean \($0)?" }
        if words.contains("none"), YAML11.nothing.contains(text.lowercased()) {
            hint = "nothing is written none"
        }
        let wanted = (words + (other.map { [$0.noun] } ?? [])).listed("nor")
        let neither = words.count > 1 || other != nil ? "neither" : "not"
        return fault(
            .unknownWord, "\(said(text, at: position)): \(neither) \(wanted)", hint: hint, node,
            concealsSource: position.holdsSecret && hint == nil)
    }

    private mutating func duration(
        _ node: SourceNode, _ text: String, as form: DurationForm, at position: Position
    ) -> CheckedNode {
        if form.allowsNone, text == "none" { return CheckedNode(.none, at: node.place) }
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        let digits = Pattern.characters("0-9", 1...9)
        let unit = form.units.first { unit in
            parts.count == 2 && (parts[1] == unit.rawValue || parts[1] == "\(unit.rawValue)s")
        }
        guard let unit, digits.matches(String(parts[0])), parts[0].first != "0" || parts[0] == "0",
            let count = Int(parts[0])
        else {
            var hint = "such as \(form.text(form.example))"
            if form.allowsNone { hint += ", or none" }
            if digits.matches(text), text.first != "0" {
                hint = "say the unit: \(text) \(form.units.first?.rawValue ?? "")s"
            }
            let units = form.units.map { "\($0.rawValue)s" }.listed("or")
            return fault(
                .notADuration, "\(said(text, at: position)): not a time in \(units)", hint: hint,
                node)
        }
        let minutes = count * unit.minutes
        guard form.range.contains(minutes) else {
            let (low, high) = (form.range.lowerBound, form.range.upperBound)
            return fault(
                .outOfRange,
                "\(position.title) is \(text): it is \(form.text(low)) to \(form.text(high))", node)
        }
        return CheckedNode(.minutes(minutes), at: node.place)
    }

    private mutating func number(
        _ node: SourceNode, _ value: Double, _ text: String, in range: ClosedRange<Double>,
        at position: Position
    ) -> CheckedNode {
        guard range.contains(value) else {
            return fault(
                .outOfRange,
                "\(position.title) is \(text): it is \(range.lowerBound) to \(range.upperBound)",
                node)
        }
        return CheckedNode(.number(value), at: node.place)
    }

    private mutating func notANumber(
        _ node: SourceNode, _ text: String, isQuoted: Bool, at position: Position
    ) -> CheckedNode {
        let hint = isQuoted && decimal(text[...]) != nil ? "write \(text) without quotes" : nil
        return fault(.notANumber, "\(said(text, at: position)): not a number", hint: hint, node)
    }

    private mutating func misplacedVariable(
        _ node: SourceNode, at position: Position, _ reason: String
    ) -> CheckedNode {
        fault(
            .misplacedVariable, "\(position.title) holds a variable: \(reason)",
            hint: "write it out", node)
    }

    private mutating func brokenVariable(
        _ node: SourceNode, _ problem: VariableText.Fault, at position: Position
    ) -> CheckedNode {
        switch problem {
        case .unknown(let name):
            let near = Suggestion.nearest(to: name, among: variables.keys.sorted())
            return fault(
                .unknownVariable, "\(position.title) names the unknown variable \(name)",
                hint: near.map { "did you mean ${\($0)}?" } ?? "add it to variables:", node)
        case .tooLong:
            return fault(
                .wrongText,
                "the texts that variables make have more than \(Self.filledLimit) bytes",
                hint: "write shorter values under variables:", node)
        case .broken(let part):
            return fault(
                .brokenVariable, "\(position.title) has \(Visible.quoted(part)), no variable",
                hint: "write ${name}, or $${ for the two characters", node)
        }
    }

    private func said(_ text: String, at position: Position) -> String {
        position.holdsSecret
            ? position.title : "\(position.title) is \(Visible.quoted(text))"
    }

    private func decimal(_ text: Substring) -> Double? {
        let form = Pattern.sequence([
            .oneOf([
                .literal("0"), .sequence([.characters("1-9", 1...1), .characters("0-9", 0...8)]),
            ]),
            .repeated(.sequence([.literal("."), .characters("0-9", 1...6)]), 0...1),
        ])
        return form.matches(String(text)) ? Double(text) : nil
    }
}
