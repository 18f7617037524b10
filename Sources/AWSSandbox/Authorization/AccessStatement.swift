internal import JSON

/// One statement of a policy.
struct AccessStatement: Hashable, Sendable {
    enum Effect: String, Hashable, Sendable {
        case allow = "Allow"
        case deny = "Deny"
    }

    /// Patterns of which one must fit, or with `Not` before the name none may.
    private struct Patterns: Hashable, Sendable {
        let patterns: [String]
        let isNegated: Bool

        init?(_ name: String, of statement: JSONObject) {
            isNegated = statement[name] == nil
            guard let texts = (statement[name] ?? statement["Not\(name)"])?.texts else {
                return nil
            }
            patterns = texts
        }

        func fit(_ matches: (String) -> Bool) -> Bool {
            patterns.contains(where: matches) != isNegated
        }
    }

    let effect: Effect
    private let actions: Patterns
    /// A statement without any has no effect (KMS developer guide, "Key policies").
    private let resources: Patterns?
    /// `nil` in a policy of a user or role, which is about whom it is attached to.
    private let principals: AccessPrincipals?
    private let conditions: [AccessCondition]
    private let hasVariables: Bool

    init?(_ json: JSON, hasVariables: Bool) {
        guard let object = json.object,
            let effect = Effect(rawValue: object["Effect"]?.string ?? ""),
            let actions = Patterns("Action", of: object)
        else { return nil }
        self.effect = effect
        self.actions = actions
        self.hasVariables = hasVariables
        resources = Patterns("Resource", of: object)
        principals = AccessPrincipals(object)
        conditions = (object["Condition"]?.object?.members ?? []).flatMap { member in
            (member.value.object?.members ?? []).map { key in
                AccessCondition(member.key, key.key, Self.values(key.value))
            }
        }
    }

    /// Numbers and truth values may stand without quotes.
    private static func values(_ json: JSON) -> [String] {
        (json.array ?? [json]).compactMap { value in
            switch value {
            case .string(let text), .number(let text): text
            case .bool(let truth): String(truth)
            case .null, .array, .object: nil
            }
        }
    }

    /// Whether the statement applies, and to how much of the caller.
    func grant(to request: AccessRequest) -> AccessPolicy.Grant {
        let grant = principals?.grant(to: request.principal, in: effect) ?? .principal
        guard grant != .none, let resources,
            actions.fit({ AccessPattern.matches(action: request.action, $0) }),
            resources.fit({ fits($0, request) }),
            conditions.allSatisfy({ $0.holds(in: request, hasVariables: hasVariables) })
        else { return .none }
        return grant
    }

    /// The condition keys that this statement asks of a request for this action and resource, and
    /// that the request has no values for, as the policy writes them.
    func missingKeys(for request: AccessRequest) -> [String] {
        guard let resources, actions.fit({ AccessPattern.matches(action: request.action, $0) }),
            resources.fit({ fits($0, request) })
        else { return [] }
        return conditions.map(\.key).filter { request[$0] == nil }
    }

    private func fits(_ pattern: String, _ request: AccessRequest) -> Bool {
        guard let pattern = hasVariables ? request.expanding(pattern) : pattern else {
            return false
        }
        return AccessPattern.matches(arn: request.resource, pattern)
    }
}

/// Whom a policy of a resource is about.
struct AccessPrincipals: Hashable, Sendable {
    private let names: [String]
    private let isNegated: Bool

    init?(_ statement: JSONObject) {
        isNegated = statement["Principal"] == nil
        guard let value = statement["Principal"] ?? statement["NotPrincipal"] else { return nil }
        if let text = value.string {
            names = [text]
        } else {
            names = (value.object?.members ?? []).flatMap { member -> [String] in
                let texts = member.value.texts ?? []
                return member.key == "AWS" ? texts : texts.map { "\(member.key):\($0)" }
            }
        }
    }

    func grant(
        to principal: AccessPrincipal, in effect: AccessStatement.Effect
    ) -> AccessPolicy.Grant {
        let grant: AccessPolicy.Grant =
            names.map { reach(of: $0, principal, effect) }.max() ?? .none
        guard isNegated else { return grant }
        return grant == .none ? .principal : .none
    }

    /// The account's root stands for the account; a deny of it is one for everybody in it
    /// (IAM User Guide, "AWS account principals").
    private func reach(
        of name: String, _ principal: AccessPrincipal, _ effect: AccessStatement.Effect
    ) -> AccessPolicy.Grant {
        if name == principal.caller, principal.isSession { return .session }
        if name == "*" || name == principal.arn { return .principal }
        guard name == principal.root || name == principal.account else { return .none }
        return effect == .deny || principal.isRoot ? .principal : .account
    }
}
