/// One effect for one principal, one action and one resource: the atom of a policy.
struct PolicyGrant: Hashable {
    let effect: String
    let principal: PolicySelection.Choice?
    let action: PolicySelection.Choice
    let resource: PolicySelection.Choice?
    let conditions: Set<PolicyTest>

    /// The same for each caller whom a condition names, by words for the caller.
    var byCaller: [(who: String, grant: PolicyGrant)] {
        let naming = conditions.first { $0.test == "ArnLike" && $0.key == "aws:principalarn" }
        guard let naming else { return [(principal.map(Self.caller) ?? "everyone", self)] }
        return split(by: naming).map { (Self.caller($0), $1) }
    }

    /// The same for each secret that the encryption context may name.
    var bySecret: [PolicyGrant] {
        let naming = conditions.first {
            $0.test == "StringLike" && $0.key == "kms:encryptioncontext:secretarn"
        }
        return naming.map { split(by: $0).map(\.1) } ?? [self]
    }

    /// Values of one test are alternatives, so a grant with them is as good as one for each.
    private func split(by test: PolicyTest) -> [(String, PolicyGrant)] {
        test.values.map { value in
            var conditions = conditions
            conditions.remove(test)
            conditions.insert(PolicyTest(test: test.test, key: test.key, values: [value]))
            let grant = PolicyGrant(
                effect: effect, principal: principal, action: action, resource: resource,
                conditions: conditions)
            return (value, grant)
        }
    }

    /// `role/app` of arn:aws:iam::ACCOUNT:role/app, and of the same with any path.
    private static func caller(_ arn: String) -> String {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        return (parts.count == 6 ? String(parts[5]) : arn).replacing("/*/", with: "/")
    }

    /// An account is `AWS` and its number (`PolicyMeaning`).
    private static func caller(_ principal: PolicySelection.Choice) -> String {
        let words = principal.words
        guard words.hasPrefix("AWS ") else { return words }
        let name = String(words.dropFirst(4))
        if name == "*" { return "everyone" }
        if PolicyDocument.isDeletedPrincipal(name) { return "\(name), which was deleted," }
        return name.hasPrefix("arn:") ? caller(name) : "account \(name)"
    }

    /// Whether it lets through, or denies, whatever `other` does; sound, not complete.
    func covers(_ other: PolicyGrant) -> Bool {
        effect == other.effect && Self.isWithin(other.principal, principal, bare: "AWS ")
            && Self.isWithin(other.action, action) && Self.isWithin(other.resource, resource)
            && conditions.allSatisfy { test in
                other.conditions.contains { test.holds(wherever: $0) }
            }
    }

    /// - Parameter bare: what stands before a name that only `*` alone covers: principals know no
    ///   other wildcard (IAM User Guide, "AWS JSON policy elements: Principal").
    private static func isWithin(
        _ one: PolicySelection.Choice?, _ other: PolicySelection.Choice?, bare: String? = nil
    ) -> Bool {
        guard one != other else { return true }
        switch (one, other) {
        case (.one(let one)?, .one(let other)?):
            guard let bare else { return PolicyPattern(other).covers(one) }
            return other == bare + "*" && one.hasPrefix(bare)
        case (.allBut(let one)?, .allBut(let other)?): return other.isSubset(of: one)
        default: return false
        }
    }
}
