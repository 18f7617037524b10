internal import JSON

/// One statement of a policy: it allows or denies actions on resources, under conditions that must
/// all hold.
package struct PolicyStatement: Hashable, Sendable {
    package enum Effect: String, Hashable, Sendable {
        case allow = "Allow"
        case deny = "Deny"
    }

    /// Letters and digits, unique in its document; cosmetic.
    package let sid: String
    package let effect: Effect
    /// `nil` in a policy of an identity, which is about its bearer.
    package let principal: PolicyPrincipal?
    package let actions: [String]
    /// Empty in a trust policy, which is about its role.
    package let resources: [String]
    package let conditions: [PolicyCondition]

    package init(
        _ sid: String, effect: Effect = .allow, principal: PolicyPrincipal? = nil,
        actions: [String], resources: [String], conditions: [PolicyCondition] = []
    ) {
        self.sid = sid
        self.effect = effect
        self.principal = principal
        self.actions = Set(actions).sorted()
        self.resources = Set(resources).sorted()
        self.conditions = conditions.sorted()
    }

    var json: JSON {
        var object: JSONObject = ["Sid": .string(sid), "Effect": .string(effect.rawValue)]
        object["Principal"] = principal?.json
        object["Action"] = .policyList(actions)
        if !resources.isEmpty { object["Resource"] = .policyList(resources) }
        if !conditions.isEmpty { object["Condition"] = PolicyCondition.json(of: conditions) }
        return .object(object)
    }
}

/// Whom a statement of a resource's policy is about.
package enum PolicyPrincipal: Hashable, Sendable {
    /// ARNs of principals, or of account roots, which leave the choice to IAM.
    case aws([String])
    /// Such as `lambda.amazonaws.com`.
    case service([String])
    /// Everybody, whatever their account.
    case everyone
    /// ARNs of identity providers.
    case federated([String])

    var json: JSON {
        switch self {
        case .aws(let principals): ["AWS": .policyList(Set(principals).sorted())]
        case .everyone: "*"
        case .service(let principals): ["Service": .policyList(Set(principals).sorted())]
        case .federated(let principals): ["Federated": .policyList(Set(principals).sorted())]
        }
    }
}

extension JSON {
    /// A list as policies spell it: one element stands without brackets.
    static func policyList(_ elements: [String]) -> JSON {
        if let only = elements.first, elements.count == 1 { return .string(only) }
        return .array(elements.map(JSON.string))
    }
}
