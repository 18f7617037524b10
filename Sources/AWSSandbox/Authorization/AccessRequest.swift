/// What is asked of the policies: whether this principal may do this to that, under these
/// circumstances.
struct AccessRequest: Hashable, Sendable {
    let principal: AccessPrincipal
    /// `secretsmanager:GetSecretValue`.
    let action: String
    /// An ARN, or `*` where the action knows no resource.
    let resource: String
    private var context: [String: [String]] = [:]

    init(_ principal: AccessPrincipal, _ action: String, on resource: String) {
        self.principal = principal
        self.action = action
        self.resource = resource
    }

    /// The values of a condition key, whose names are the same in any case (IAM User Guide,
    /// "Condition"); `nil` where the request has none.
    subscript(key: String) -> [String]? {
        get { context[key.lowercased()] }
        set { context[key.lowercased()] = newValue }
    }

    mutating func add(_ values: [String: [String]]) {
        for (key, value) in values { self[key] = value }
    }

    /// The keys that have values, sorted.
    var keys: [String] { context.keys.sorted() }

    /// `text` with the values of its `${...}`; `nil` where one has none (IAM User Guide, "Policy
    /// variables").
    func expanding(_ text: String) -> String? {
        guard text.contains("${") else { return text }
        var expanded = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            expanded += rest[..<dollar]
            let after = rest.index(after: dollar)
            guard after < rest.endIndex, rest[after] == "{",
                let end = rest[after...].firstIndex(of: "}")
            else {
                expanded.append("$")
                rest = rest[after...]
                continue
            }
            guard let value = value(of: rest[rest.index(after: after)..<end]) else { return nil }
            expanded += value
            rest = rest[rest.index(after: end)...]
        }
        return expanded + rest
    }

    /// `*`, `?` and `$` stand for themselves; `key, 'text'` has a default.
    private func value(of variable: Substring) -> String? {
        if ["*", "?", "$"].contains(variable) { return String(variable) }
        let parts = variable.split(separator: ",", maxSplits: 1)
        guard let key = parts.first else { return nil }
        if let values = self[String(key)], values.count == 1 { return values.first }
        guard parts.count == 2 else { return nil }
        let standard = parts[1].drop { $0 == " " }
        guard standard.count >= 2, standard.first == "'", standard.last == "'" else { return nil }
        return String(standard.dropFirst().dropLast())
    }
}

/// Who asks.
struct AccessPrincipal: Hashable, Sendable {
    let account: String
    /// The user's or role's ARN, or that of the account's root.
    let arn: String
    /// What STS calls them: of a role the session's ARN.
    let caller: String

    var isRoot: Bool { arn.hasSuffix(":root") }
    var isSession: Bool { caller != arn }
    /// As policies name the whole account.
    var root: String { "arn:aws:iam::\(account):root" }
}
