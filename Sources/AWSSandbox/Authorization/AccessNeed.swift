/// One right that a call needs: an action on a resource, under the circumstances of the call.
struct AccessNeed: Sendable {
    /// `secretsmanager:GetSecretValue`.
    let action: String
    /// An ARN, or `*` where the action knows no resource.
    let resource: String
    /// What a refusal calls the resource; the ARN unless the call named what is not there.
    var name: String?
    /// The policy of the key or secret itself.
    var policy: String?
    /// Whether IAM's policies count only as far as `policy` lets the account decide.
    var isKey = false
    var context: [String: [String]] = [:]

    init(_ action: String, on resource: String = "*", context: [String: [String]] = [:]) {
        self.action = action
        self.resource = resource
        self.context = context
    }

    /// Tags that the call brings, as conditions see them.
    static func requested(_ tags: [Tags.Tag]) -> [String: [String]] {
        var context: [String: [String]] = [:]
        for tag in tags { context["aws:RequestTag/\(tag.key)"] = [tag.value] }
        if !tags.isEmpty { context["aws:TagKeys"] = tags.map(\.key) }
        return context
    }

    /// Tags that the resource has, as conditions see them, under each of `prefixes`.
    static func carried(_ tags: Tags, as prefixes: [String]) -> [String: [String]] {
        var context: [String: [String]] = [:]
        for prefix in prefixes {
            for tag in tags.all { context["\(prefix)/\(tag.key)"] = [tag.value] }
        }
        return context
    }
}

extension [String: [String]] {
    /// Adds the key when there is a value.
    mutating func add(_ key: String, _ value: String?) {
        if let value { self[key] = [value] }
    }
}
