internal import JSON

/// What IAM checks of an identity policy when it is created: size, JSON and grammar, not sense.
///
/// IAM guide, "Grammar of the IAM JSON policy language"; quotas by reference/iam.md section A2.
enum PolicyGrammar {
    /// - Parameter isManaged: whether it is a policy of its own: those have a size of their own and
    ///   must say their version; what stands in a role, user or group need not.
    static func check(_ document: String, isManaged: Bool = true) throws(Refused) {
        try checkLetters(of: document)
        guard !isManaged || size(of: document) <= 6144 else { throw Refused(.policySize) }
        let policy = try policy(document)
        if isManaged { try check(version: policy["Version"]) }
        try check(statements: try statements(in: policy))
    }

    /// The statements of a policy of any kind; their members are not looked at.
    static func statements(of document: String) throws(Refused) -> [JSONObject] {
        try statements(in: try policy(document))
    }

    static func checkLetters(of document: String) throws(Refused) {
        guard !document.isEmpty, document.unicodeScalars.allSatisfy(isAllowed) else {
            throw Refused(
                .constraintQuery, "", "policyDocument",
                "Member must satisfy regular expression pattern: "
                    + "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+")
        }
    }

    private static func policy(_ document: String) throws(Refused) -> JSONObject {
        let value: JSON
        do {
            value = try JSON(parsing: document)
        } catch {
            throw Refused(error.code == .duplicateKey ? .policySyntax : .policyJSON)
        }
        guard let policy = value.object, policy["Statement"] != nil,
            policy.members.allSatisfy({ ["Version", "Id", "Statement"].contains($0.key) }),
            policy["Version"] == nil
                || ["2008-10-17", "2012-10-17"].contains(policy["Version"]?.string)
        else { throw Refused(.policySyntax) }
        return policy
    }

    private static func statements(in policy: JSONObject) throws(Refused) -> [JSONObject] {
        let value = policy["Statement"] ?? .null
        let statements = (value.array ?? [value]).map(\.object)
        let complete = statements.compactMap { $0 }
        guard !complete.isEmpty, complete.count == statements.count else {
            throw Refused(.policySyntax)
        }
        return complete
    }

    /// White space does not count (reference/aws-semantics.md section 5 row 4).
    static func size(of document: String) -> Int {
        document.unicodeScalars.count { !" \t\n\r".unicodeScalars.contains($0) }
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0a, 0x0d, 0x20...0xff: true
        default: false
        }
    }

    private static func check(version: JSON?) throws(Refused) {
        guard version?.string == "2012-10-17" else { throw Refused(.policyVersionTooOld) }
    }

    private static func check(statements: [JSONObject]) throws(Refused) {
        var names: Set<String> = []
        for statement in statements {
            try check(statement)
            guard let name = statement["Sid"] else { continue }
            guard let name = name.string else { throw Refused(.policySyntax) }
            guard name.unicodeScalars.allSatisfy(\.isASCIIAlphanumeric) else {
                throw Refused(.policySID)
            }
            guard name.isEmpty || names.insert(name).inserted else { throw Refused(.policySIDs) }
        }
    }

    private static let members: Set<String> = [
        "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource",
        "NotResource", "Condition",
    ]

    /// What statements of identity policies and of trust policies have in common.
    static func checkMembers(of statement: JSONObject) throws(Refused) {
        guard statement.members.allSatisfy({ members.contains($0.key) }),
            ["Allow", "Deny"].contains(statement["Effect"]?.string),
            statement["Action"] == nil || statement["NotAction"] == nil,
            statement["Resource"] == nil || statement["NotResource"] == nil,
            isCondition(statement["Condition"])
        else { throw Refused(.policySyntax) }
    }

    private static func check(_ statement: JSONObject) throws(Refused) {
        try checkMembers(of: statement)
        guard statement["Principal"] == nil, statement["NotPrincipal"] == nil else {
            throw Refused(.policyPrincipal)
        }
        guard let actions = try texts(statement["Action"] ?? statement["NotAction"]) else {
            throw Refused(.policyActions)
        }
        guard let resources = try texts(statement["Resource"] ?? statement["NotResource"]) else {
            throw Refused(.policyResources)
        }
        guard actions.allSatisfy({ $0 == "*" || $0.split(separator: ":").count == 2 }) else {
            throw Refused(.policyVendor)
        }
        guard resources.allSatisfy({ $0 == "*" || isARN($0) }) else {
            throw Refused(.policySyntax)
        }
    }

    /// A text or a list of texts; `nil` when there is none.
    private static func texts(_ value: JSON?) throws(Refused) -> [String]? {
        guard let value else { return nil }
        guard let texts = value.texts else { throw Refused(.policySyntax) }
        return texts.isEmpty ? nil : texts
    }

    private static func isARN(_ text: String) -> Bool {
        text.hasPrefix("arn:")
            && text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).count == 6
    }

    /// Operators over keys over values, three levels deep.
    private static func isCondition(_ value: JSON?) -> Bool {
        guard let value else { return true }
        guard let operators = value.object else { return false }
        return operators.members.allSatisfy { member in
            guard let keys = member.value.object else { return false }
            return keys.members.allSatisfy { $0.value.object == nil && !$0.value.isNull }
        }
    }
}
