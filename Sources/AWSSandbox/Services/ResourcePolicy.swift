internal import JSON

/// What Secrets Manager checks of a resource policy before it keeps it: grammar, principals, and
/// whether it lets everybody in.
///
/// IAM guide, "Grammar of the IAM JSON policy language".
struct ResourcePolicy {
    private let statements: [JSONObject]

    /// Refused when the text is no resource policy.
    init(_ text: String) throws(Refused) {
        guard let policy = try? JSON(parsing: text).object, let value = policy["Statement"],
            policy.members.allSatisfy({ ["Version", "Id", "Statement"].contains($0.key) }),
            policy["Version"] == nil
                || ["2012-10-17", "2008-10-17"].contains(policy["Version"]?.string)
        else { throw Refused(.resourcePolicySyntax) }
        let values = value.array ?? [value]
        statements = values.compactMap(\.object).filter(Self.isStatement)
        guard statements.count == values.count, !statements.isEmpty else {
            throw Refused(.resourcePolicySyntax)
        }
    }

    /// Refused when it names a role, user or kind of principal that does not exist.
    func checkPrincipals(for call: Call) throws(Refused) {
        for statement in statements {
            let known = SandboxKMS.principals(of: statement)
            guard known.allSatisfy({ SandboxKMS.exists($0, for: call) }) else {
                throw Refused(.resourcePolicyPrincipal)
            }
        }
    }

    /// Whether a statement allows something to everybody, without a condition that narrows it to
    /// somebody (botocore PutResourcePolicy.BlockPublicPolicy).
    var isPublic: Bool {
        statements.contains { statement in
            guard statement["Effect"]?.string == "Allow" else { return false }
            let isOpen =
                statement["NotPrincipal"] != nil
                || SandboxKMS.principals(of: statement).contains("*")
            return isOpen && !Self.narrows(statement["Condition"])
        }
    }

    /// Whether it denies the caller to change the policy again, with no condition that may save
    /// him.
    func locksOut(_ call: Call) -> Bool {
        statements.contains { statement in
            guard statement["Effect"]?.string == "Deny",
                statement["Condition"]?.object?.members.isEmpty ?? true
            else { return false }
            let callers: Set<String> = [
                "*", call.account, "arn:aws:iam::\(call.account):root", call.caller, call.principal,
            ]
            let isNamed = SandboxKMS.principals(of: statement).contains(where: callers.contains)
            guard isNamed == (statement["Principal"] != nil) else { return false }
            let writes = "secretsmanager:putresourcepolicy"
            if let actions = statement["Action"]?.texts {
                return actions.contains { ARNPattern($0.lowercased()).matches(writes) }
            }
            let spared = statement["NotAction"]?.texts ?? []
            return !spared.contains { ARNPattern($0.lowercased()).matches(writes) }
        }
    }

    private static let members: Set<String> = [
        "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource",
        "NotResource", "Condition",
    ]

    private static func isStatement(_ statement: JSONObject) -> Bool {
        func one(_ name: String, _ isValue: (JSON) -> Bool) -> Bool {
            let values = [statement[name], statement["Not\(name)"]].compactMap(\.self)
            return values.count == 1 && values.allSatisfy(isValue)
        }
        return statement.members.allSatisfy { members.contains($0.key) }
            && ["Allow", "Deny"].contains(statement["Effect"]?.string)
            && one("Principal", isPrincipal)
            && one("Action") { isActions($0.texts) }
            && one("Resource") {
                $0.texts?.allSatisfy { $0 == "*" || $0.hasPrefix("arn:") } ?? false
            }
            && isCondition(statement["Condition"])
    }

    private static func isActions(_ actions: [String]?) -> Bool {
        guard let actions, !actions.isEmpty else { return false }
        return actions.allSatisfy { $0 == "*" || $0.lowercased().hasPrefix("secretsmanager:") }
    }

    private static func isPrincipal(_ value: JSON) -> Bool {
        if value.string == "*" { return true }
        guard let object = value.object, !object.members.isEmpty else { return false }
        let kinds: Set<String> = ["AWS", "Service", "Federated", "CanonicalUser"]
        return object.members.allSatisfy { member in
            kinds.contains(member.key) && !(member.value.texts ?? []).isEmpty
        }
    }

    /// Operators over keys over values.
    private static func isCondition(_ value: JSON?) -> Bool {
        guard let value else { return true }
        return value.object?.members.allSatisfy { member in
            member.value.object?.members.allSatisfy { $0.value.object == nil && !$0.value.isNull }
                ?? false
        } ?? false
    }

    /// The condition keys that say who or from where (IAM guide, "The meaning of 'public'" of
    /// Amazon S3's and Secrets Manager's policy checks).
    private static let narrowing: Set<String> = [
        "aws:principalarn", "aws:principalaccount", "aws:principalorgid", "aws:principalorgpaths",
        "aws:sourceaccount", "aws:sourcearn", "aws:sourceowner", "aws:userid", "aws:sourcevpc",
        "aws:sourcevpce", "aws:sourceip", "aws:principalservicename",
        "aws:sourceorgid", "aws:sourceorgpaths",
    ]

    private static func narrows(_ condition: JSON?) -> Bool {
        guard let operators = condition?.object else { return false }
        return operators.members.contains { member in
            let name = member.key.lowercased()
            let isPositive =
                (name.hasPrefix("string") || name.hasPrefix("arn") || name.hasPrefix("ipaddress"))
                && !name.contains("not") && !name.hasSuffix("ifexists")
            guard isPositive else { return false }
            return member.value.object?.members.contains { key in
                narrowing.contains(key.key.lowercased())
                    && (key.value.texts?.allSatisfy { $0 != "*" && $0 != "0.0.0.0/0" } ?? false)
            } ?? false
        }
    }
}
