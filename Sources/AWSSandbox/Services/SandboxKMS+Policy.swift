internal import JSON

/// Key policies, with the three ways in which AWS calls one malformed.
extension SandboxKMS {
    static func getKeyPolicy(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let key = try key(of: input, in: region)
        try checkPolicyName(input)
        return ["Policy": .string(key.policy), "PolicyName": "default"]
    }

    static func putKeyPolicy(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let key = try key(of: input, in: region)
        try checkPolicyName(input)
        let policy = try input.required("Policy", length: 1...131_072)
        try check(policy: policy, for: call, bypass: bypass(input))
        region.keys[key.id]?.policy = policy
        return nil
    }

    /// A key has one policy, called `default`.
    static func listKeyPolicies(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let limit = try input.number("Limit", in: 1...1000) ?? 100
        _ = try key(of: input, in: region)
        return try page(
            of: ["default"], limit: limit, after: input, called: "PolicyNames", by: \.self
        ) { .string($0) }
    }

    static func bypass(_ input: Input) throws(Refused) -> Bool {
        try input.flag("BypassPolicyLockoutSafetyCheck") ?? false
    }

    /// The policy that AWS gives a key that was made without one (KMS guide, "Default key policy").
    static func defaultPolicy(account: String) -> String {
        let statement: JSON = [
            "Sid": "Enable IAM User Permissions", "Effect": "Allow",
            "Principal": ["AWS": .string("arn:aws:iam::\(account):root")],
            "Action": "kms:*", "Resource": "*",
        ]
        let policy: JSON = [
            "Version": "2012-10-17", "Id": "key-default-1", "Statement": [statement],
        ]
        return policy.text(indent: 2)
    }

    /// Refuses what is no policy, names somebody who is not there, or would leave nobody who may
    /// change it.
    ///
    /// The caller's own IAM permissions do not count here.
    static func check(policy text: String, for call: Call, bypass: Bool) throws(Refused) {
        guard let statements = statements(of: text) else { throw Refused(.policyNotJSON) }
        for statement in statements {
            for principal in principals(of: statement) where !exists(principal, for: call) {
                throw Refused(.policyPrincipals)
            }
        }
        let deciding = statements.filter { decidesPutKeyPolicy($0, for: call) }
        let isAllowed =
            deciding.contains { $0["Effect"]?.string == "Allow" }
            && !deciding.contains { $0["Effect"]?.string == "Deny" }
        guard bypass || isAllowed else { throw Refused(.policyLocksOut) }
    }

    private static func checkPolicyName(_ input: Input) throws(Refused) {
        let name = try input.text("PolicyName") ?? "default"
        guard name == "default" else { throw Refused(.noSuchKeyPolicy) }
    }

    /// `nil` when the text is no policy with at least one statement of the right members.
    private static func statements(of text: String) -> [JSONObject]? {
        guard let policy = try? JSON(parsing: text).object,
            let value = policy["Statement"]
        else { return nil }
        let statements = value.array?.map(\.object) ?? [value.object]
        let complete = statements.compactMap { $0 }.filter { statement in
            ["Allow", "Deny"].contains(statement["Effect"]?.string)
                && (statement["Principal"] != nil || statement["NotPrincipal"] != nil)
                && (statement["Action"] != nil || statement["NotAction"] != nil)
                && statement["Resource"] != nil
        }
        return complete.count == statements.count && !complete.isEmpty ? complete : nil
    }

    /// The AWS principals of a statement; services are taken to exist.
    static func principals(of statement: JSONObject) -> [String] {
        guard let principal = statement["Principal"] ?? statement["NotPrincipal"] else { return [] }
        return principal.string.map { [$0] } ?? principal["AWS"]?.texts ?? []
    }

    static func exists(_ principal: String, for call: Call) -> Bool {
        let isAccount = principal.utf8.count == 12 && principal.allSatisfy(\.isNumber)
        if principal == "*" || isAccount { return true }
        let parts = principal.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[2] == "iam" || parts[2] == "sts" else {
            return false
        }
        if parts[5] == "root" { return true }
        return call.principals.contains(principal) || principal == call.caller
    }

    /// Whether the statement, without a condition, speaks of PutKeyPolicy for the caller or the
    /// account.
    ///
    /// One with a condition may not hold next time, so it does not count.
    private static func decidesPutKeyPolicy(_ statement: JSONObject, for call: Call) -> Bool {
        guard statement["Condition"]?.object?.members.isEmpty ?? true else { return false }
        let isNamed = principals(of: statement).contains { principal in
            [
                "*", call.account, "arn:aws:iam::\(call.account):root", call.caller, call.principal,
            ].contains(principal)
        }
        guard isNamed, statement["Principal"] != nil else { return false }
        if let actions = statement["Action"]?.texts {
            return actions.contains { matches($0.lowercased(), "kms:putkeypolicy") }
        }
        let excepted = statement["NotAction"]?.texts ?? []
        return !excepted.contains { matches($0.lowercased(), "kms:putkeypolicy") }
    }

    /// Whether the pattern, in which `*` stands for any text, covers `text`.
    private static func matches(_ pattern: String, _ text: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard let first = parts.first, let last = parts.last, parts.count > 1 else {
            return pattern == text
        }
        guard text.hasPrefix(first), text.hasSuffix(last) else { return false }
        return text.utf8.count >= first.utf8.count + last.utf8.count
    }
}

extension JSON {
    /// One text as a list of it, a list of texts as itself; `nil` for anything else.
    var texts: [String]? {
        if let string { return [string] }
        guard let array else { return nil }
        let texts = array.compactMap(\.string)
        return texts.count == array.count ? texts : nil
    }
}
