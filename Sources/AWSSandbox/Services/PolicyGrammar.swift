internal import JSON

/// What IAM checks of an identity policy when it is created: size, JSON and grammar, not sense.
///
/// IAM guide, "Grammar of the IAM JSON policy language"; quotas by reference/iam.md section A2.
enum PolicyGrammar {
    static func check(_ document: String) throws(Refused) {
        guard !document.isEmpty, document.unicodeScalars.allSatisfy(isAllowed) else {
            throw Refused(
                .constraintQuery, "", "policyDocument",
                "Member must satisfy regular expression pattern: "
                    + "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+")
        }
        guard size(of: document) <= 6144 else { throw Refused(.policySize) }
        let value: JSON
        do {
            value = try JSON(parsing: document)
        } catch {
            throw Refused(error.code == .duplicateKey ? .policySyntax : .policyJSON)
        }
        guard let policy = value.object, let statements = policy["Statement"],
            policy.members.allSatisfy({ ["Version", "Id", "Statement"].contains($0.key) })
        else { throw Refused(.policySyntax) }
        try check(version: policy["Version"])
        try check(statements: statements.array ?? [statements])
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
        switch version?.string {
        case "2012-10-17": break
        case "2008-10-17": throw Refused(.policyVersionTooOld)
        default: throw Refused(version == nil ? .policyVersionTooOld : .policySyntax)
        }
    }

    private static func check(statements: [JSON]) throws(Refused) {
        var names: Set<String> = []
        guard !statements.isEmpty else { throw Refused(.policySyntax) }
        for value in statements {
            guard let statement = value.object else { throw Refused(.policySyntax) }
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

    private static func check(_ statement: JSONObject) throws(Refused) {
        guard statement.members.allSatisfy({ members.contains($0.key) }),
            ["Allow", "Deny"].contains(statement["Effect"]?.string),
            statement["Action"] == nil || statement["NotAction"] == nil,
            statement["Resource"] == nil || statement["NotResource"] == nil,
            isCondition(statement["Condition"])
        else { throw Refused(.policySyntax) }
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
