internal import JSON

/// One test of a request: the key's value must match one of the values given.
package struct PolicyCondition: Hashable, Sendable, Comparable {
    package enum Operator: String, Hashable, Sendable {
        /// The same as ArnEquals; `*` and `?` match within the value (IAM User Guide, "Amazon
        /// Resource Name (ARN) condition operators").
        case arnLike = "ArnLike"
        case arnNotEquals = "ArnNotEquals"
        case bool = "Bool"
        case stringEquals = "StringEquals"
        case stringLike = "StringLike"
        /// For keys of several values: one of them is enough.
        case anyStringEquals = "ForAnyValue:StringEquals"
    }

    package let test: Operator
    package let key: String
    package let values: [String]

    package init(_ test: Operator, _ key: String, _ values: [String]) {
        self.test = test
        self.key = key
        self.values = Set(values).sorted()
    }

    package static func < (a: PolicyCondition, b: PolicyCondition) -> Bool {
        (a.test.rawValue, a.key) < (b.test.rawValue, b.key)
    }

    static func json(of conditions: [PolicyCondition]) -> JSON {
        var tests = JSONObject()
        for condition in conditions {
            var keys = tests[condition.test.rawValue]?.object ?? JSONObject()
            keys[condition.key] = .policyList(condition.values)
            tests[condition.test.rawValue] = .object(keys)
        }
        return .object(tests)
    }
}
