internal import JSON

extension PolicyDocument {
    /// Whether `text`, as AWS returned it and percent-decoded, means what this document means.
    ///
    /// Sids, the Id, white space and every order do not count; neither does how grants are gathered
    /// into statements. A text that is no policy, has a key twice or has no Version is not
    /// equivalent, and neither is one with a principal `AROA...`: there a role was deleted.
    package func isEquivalent(to text: String) -> Bool {
        // No document is longer on the wire (botocore's model of IAM, policyDocumentType).
        guard let json = try? JSON(parsing: text, limits: JSONLimits(bytes: 131_072)),
            let theirs = PolicyMeaning(json)
        else { return false }
        return theirs == PolicyMeaning(self.json)
    }
}

/// What a policy says, apart from how it says it: the set of its single grants and denials.
///
/// A statement with several principals, actions and resources is the same as one statement for
/// each combination (IAM User Guide, "Grammar of the IAM JSON policy language").
struct PolicyMeaning: Equatable {
    private let version: String
    private let grants: Set<Grant>

    /// Whether everything that `other` grants is granted here, and nothing is denied here that
    /// `other` does not deny.
    ///
    /// Sound, not complete.
    func keeps(_ other: PolicyMeaning) -> Bool {
        guard version == other.version else { return false }
        let denials = grants.subtracting(other.grants).contains { $0.effect == "Deny" }
        return !denials
            && other.grants.subtracting(grants).allSatisfy { lost in
                lost.effect == "Deny" || grants.contains { $0.covers(lost) }
            }
    }

    /// Whom this lets do less than `other` does, with the actions: roles and users by the condition
    /// that names them, else the principal.
    func losses(from other: PolicyMeaning) -> [String: Set<String>] {
        var losses: [String: Set<String>] = [:]
        for lost in other.grants.subtracting(grants) where lost.effect == "Allow" {
            for (who, part) in lost.byCaller where !grants.contains(where: { $0.covers(part) }) {
                losses[who, default: []].insert(lost.action.words)
            }
        }
        return losses
    }

    /// Something that somebody may do, apart from the conditions that every such grant has.
    struct Permission: Hashable {
        /// `nil` in a policy of an identity.
        let who: String?
        /// In lower case.
        let action: String
        let resource: String
        /// The ARN of the secret for which alone a key may be used; `nil` for any use.
        let secret: String?
    }

    /// What this lets people do and `other` does not, as far as grants tell: a denial is none.
    func permissions(notIn other: PolicyMeaning) -> [Permission] {
        let parts = grants.subtracting(other.grants).filter { $0.effect == "Allow" }
            .flatMap { grant in
                grant.byCaller.flatMap { who, part in part.bySecret.map { (who, $0.0, $0.1) } }
            }
        return parts.filter { part in !other.grants.contains { $0.covers(part.2) } }
            .map { who, secret, grant in
                Permission(
                    who: grant.principal == nil ? nil : who, action: grant.action.words,
                    resource: grant.resource?.words ?? "*", secret: secret)
            }
    }

    /// More combinations than any policy of ours has; a longer one is not worth the memory.
    private static let maximumGrants = 100_000

    private struct Grant: Hashable {
        let effect: String
        let principal: PolicySelection.Choice?
        let action: PolicySelection.Choice
        let resource: PolicySelection.Choice?
        let conditions: Set<PolicyTest>

        /// The same for each caller whom a condition names, by words for the caller.
        var byCaller: [(who: String, grant: Grant)] {
            let naming = conditions.first {
                $0.test == "ArnLike" && $0.key == "aws:principalarn"
            }
            guard let naming else { return [(principal.map(Self.caller) ?? "everyone", self)] }
            return naming.values.map { arn in
                var conditions = conditions
                conditions.remove(naming)
                conditions.insert(PolicyTest(test: naming.test, key: naming.key, values: [arn]))
                let grant = Grant(
                    effect: effect, principal: principal, action: action, resource: resource,
                    conditions: conditions)
                return (Self.caller(arn), grant)
            }
        }

        /// The same for each secret on whose behalf alone a key may be used.
        var bySecret: [(secret: String?, grant: Grant)] {
            let naming = conditions.first {
                $0.key == "kms:encryptioncontext:secretarn" && !$0.test.contains("Not")
            }
            guard let naming else { return [(nil, self)] }
            return naming.values.map { arn in
                var conditions = conditions
                conditions.remove(naming)
                conditions.insert(PolicyTest(test: naming.test, key: naming.key, values: [arn]))
                return (
                    arn,
                    Grant(
                        effect: effect, principal: principal, action: action, resource: resource,
                        conditions: conditions)
                )
            }
        }

        /// `role/app` of arn:aws:iam::ACCOUNT:role/app, and of the same with any path.
        private static func caller(_ arn: String) -> String {
            let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
            return (parts.count == 6 ? String(parts[5]) : arn).replacing("/*/", with: "/")
        }

        /// An account is `AWS` and its number (`principals`).
        private static func caller(_ principal: PolicySelection.Choice) -> String {
            guard let name = principal.words.droppingPrefix("AWS ") else { return principal.words }
            let isAccount = name.utf8.count == 12 && name.utf8.allSatisfy { (48...57).contains($0) }
            return isAccount ? "account \(name)" : name
        }

        /// Whether it lets through whatever `other` lets through: the same but for conditions,
        /// each of which holds wherever one of `other` holds.
        func covers(_ other: Grant) -> Bool {
            effect == other.effect && principal == other.principal
                && PolicySelection.covers(action, other.action)
                && PolicySelection.covers(resource, other.resource)
                && conditions.allSatisfy { test in
                    other.conditions.contains { test.holds(wherever: $0) }
                }
        }
    }

    /// `nil` for what is no policy, or has elements that are not of the grammar.
    init?(_ json: JSON) {
        guard let object = json.object, object.hasOnly(["Version", "Id", "Statement"]),
            let version = object["Version"]?.string,
            let statements = object["Statement"].map({ $0.array ?? [$0] })
        else { return nil }
        self.version = version

        var grants: Set<Grant> = []
        for statement in statements {
            guard let more = Self.grants(of: statement),
                grants.count + more.count <= Self.maximumGrants
            else { return nil }
            grants.formUnion(more)
        }
        self.grants = grants
    }

    private static let elements = [
        "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource",
        "NotResource", "Condition",
    ]

    private static func grants(of json: JSON) -> [Grant]? {
        guard let statement = json.object, statement.hasOnly(elements),
            let effect = statement["Effect"]?.string, effect == "Allow" || effect == "Deny",
            let principals = PolicySelection("Principal", of: statement, read: principals),
            let actions = PolicySelection("Action", of: statement, read: actions),
            let resources = PolicySelection("Resource", of: statement, read: \.policyStrings),
            let conditions = PolicyTest.all(of: statement["Condition"])
        else { return nil }
        let count = principals.choices.count.multipliedReportingOverflow(
            by: actions.choices.count * resources.choices.count)
        guard !count.overflow, count.partialValue <= maximumGrants else { return nil }

        var grants: [Grant] = []
        for principal in principals.choices {
            for case let action? in actions.choices {
                for resource in resources.choices {
                    grants.append(
                        Grant(
                            effect: effect, principal: principal, action: action,
                            resource: resource, conditions: conditions))
                }
            }
        }
        // A statement without actions is not of the grammar.
        return actions.isAbsent ? nil : grants
    }

    private static func actions(_ json: JSON) -> [String]? {
        json.policyStrings?.map { $0.asciiLowercased }
    }

    /// `"*"` is `{"AWS":"*"}` and an account's id is the ARN of its root (IAM User Guide, "AWS JSON
    /// policy elements: Principal").
    private static func principals(_ json: JSON) -> [String]? {
        if json.string == "*" { return ["AWS *"] }
        guard let kinds = json.object else { return nil }
        var principals: [String] = []
        for (kind, value) in kinds.members {
            guard let names = value.policyStrings else { return nil }
            principals += names.map { name in
                "\(kind) \(kind == "AWS" ? accountOfRoot(name) ?? name : name)"
            }
        }
        return principals
    }

    private static func accountOfRoot(_ arn: String) -> String? {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[2] == "iam", parts[3] == "",
            parts[4].utf8.count == 12, parts[5] == "root"
        else { return nil }
        return String(parts[4])
    }
}

extension JSONObject {
    fileprivate func hasOnly(_ names: [String]) -> Bool {
        members.allSatisfy { names.contains($0.key) }
    }
}
