internal import JSON

extension PolicyDocument {
    /// Whether `text`, as AWS returned it and percent-decoded, means what this document means.
    ///
    /// Sids, the Id, white space and every order do not count; neither does how grants are gathered
    /// into statements, nor the Version where nothing has a variable. A text that is no policy or has
    /// a key twice is not equivalent, and neither is one with a principal `AROA...`: there a role was
    /// deleted.
    package func isEquivalent(to text: String) -> Bool {
        // No document is longer on the wire (botocore's model of IAM, policyDocumentType).
        guard let json = try? JSON(parsing: text, limits: JSONLimits(bytes: 131_072)),
            let theirs = PolicyMeaning(json), Self.deletedPrincipals(in: text).isEmpty
        else { return false }
        return theirs == PolicyMeaning(self.json)
    }
}

/// What a policy says, apart from how it says it: the set of its single grants and denials.
///
/// A statement with several principals, actions and resources is the same as one statement for
/// each combination (IAM User Guide, "Grammar of the IAM JSON policy language").
struct PolicyMeaning: Equatable {
    /// `nil` where the version makes no difference: only the later one has variables, `${...}`.
    private let version: String?
    let grants: Set<PolicyGrant>

    /// Whether everything that `other` grants is granted here, and nothing is denied here that
    /// `other` does not deny.
    ///
    /// Sound, not complete.
    func keeps(_ other: PolicyMeaning) -> Bool {
        guard version == other.version else { return false }
        let denials = grants.filter { $0.effect == "Deny" }
        let areKnown = denials.allSatisfy { denial in
            other.grants.contains { $0.covers(denial) }
        }
        return areKnown
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

    /// More combinations than any policy of ours has; a longer one is not worth the memory.
    private static let maximumGrants = 100_000

    /// `nil` for what is no policy, or has elements that are not of the grammar.
    init?(_ json: JSON) {
        guard let object = json.object, object.hasOnly(["Version", "Id", "Statement"]),
            let version = Self.version(of: object),
            let statements = object["Statement"].map({ $0.array ?? [$0] })
        else { return nil }
        var grants: Set<PolicyGrant> = []
        for statement in statements {
            guard let more = Self.grants(of: statement),
                grants.count + more.count <= Self.maximumGrants
            else { return nil }
            grants.formUnion(more)
        }
        self.grants = grants
        self.version = grants.contains(where: \.hasVariable) ? version : nil
    }

    /// Without one it is the older (IAM User Guide, "IAM JSON policy elements: Version").
    private static func version(of policy: JSONObject) -> String? {
        guard let version = policy["Version"] else { return "2008-10-17" }
        return version.string
    }

    private static let elements = [
        "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource",
        "NotResource", "Condition",
    ]

    private static func grants(of json: JSON) -> [PolicyGrant]? {
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

        var grants: [PolicyGrant] = []
        for principal in principals.choices {
            for case let action? in actions.choices {
                for resource in resources.choices {
                    grants.append(
                        PolicyGrant(
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

extension PolicyGrant {
    /// Whether `${` stands where a policy may have a variable: in resources and in the values of
    /// conditions.
    fileprivate var hasVariable: Bool {
        let resources: Set<String> =
            switch resource {
            case .one(let name)?: [name]
            case .allBut(let names)?: names
            case nil: []
            }
        return resources.union(conditions.flatMap(\.values)).contains { $0.contains("${") }
    }
}

extension JSONObject {
    fileprivate func hasOnly(_ names: [String]) -> Bool {
        members.allSatisfy { names.contains($0.key) }
    }
}
