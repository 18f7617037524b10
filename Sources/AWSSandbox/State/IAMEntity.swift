/// A role, user or group: what a policy can be attached to.
struct IAMEntity: Sendable, Codable {
    enum Kind: String, CaseIterable, Hashable, Sendable, Codable, CodingKeyRepresentable {
        case role = "Role"
        case user = "User"
        case group = "Group"

        /// The first letters of its unique id.
        var idPrefix: String {
            switch self {
            case .role: "AROA"
            case .user: "AIDA"
            case .group: "AGPA"
            }
        }

        /// How many characters its inline policies may have together, white space not counted
        /// (reference/aws-semantics.md section 5 row 4).
        var inlineQuota: Int {
            switch self {
            case .role: 10_240
            case .user: 2_048
            case .group: 5_120
            }
        }

        /// How many characters its name may have (botocore roleNameType, userNameType,
        /// groupNameType).
        var nameLimit: Int { self == .group ? 128 : 64 }
    }

    let kind: Kind
    let name: String
    let path: String
    let id: String
    let arn: String
    /// Seconds since 1970.
    let created: Int
    /// The ARN of the policy that bounds it; a group has none.
    var boundary: String?
    /// ARNs in the order of attachment.
    var attached: [String] = []
    /// Documents of its inline policies by name.
    var inline: [String: String] = [:]
    /// A group has none.
    var tags = Tags()
    /// The names of a user's groups, in the order of joining.
    var groups: [String] = []
    /// What only a role has.
    var role: RoleTerms?
}

/// Who may assume a role, and for how long.
struct RoleTerms: Hashable, Sendable, Codable {
    /// The trust policy, as it was sent.
    var trust: String
    /// The unique ids of the account's own principals that the trust policy names, by ARN, as they
    /// were when it was written: AWS keeps ids, so that a principal that is made again under the
    /// same name is another one (reference/aws-semantics.md section 5 row 9).
    var trusted: [String: String] = [:]
    var description: String?
    /// The longest session, in seconds.
    var maximumSession = 3600
    /// Whether only a service of AWS may change it, as with roles of IAM Identity Center.
    var isProtected = false

    /// What a role that was made from behind the scenes trusts.
    static let defaultTrust =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","#
        + #""Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#
}

extension Account {
    /// The role, user or group of that ARN.
    func entity(arn: String) -> IAMEntity? {
        let resource = arn.split(separator: ":", omittingEmptySubsequences: false).last ?? ""
        let parts = resource.split(separator: "/")
        let kinds = IAMEntity.Kind.allCases
        guard let kind = kinds.first(where: { $0.rawValue.memberName == parts.first ?? "" }),
            let entity = parts.last.flatMap({ entities[kind]?[String($0)] }), entity.arn == arn
        else { return nil }
        return entity
    }

    /// Adds an entity with an id of its own.
    @discardableResult
    mutating func add(
        _ kind: IAMEntity.Kind, _ name: String, path: String, at now: Int,
        boundary: String? = nil, tags: Tags = Tags(), role: RoleTerms? = nil
    ) -> IAMEntity {
        let entity = IAMEntity(
            kind: kind, name: name, path: path,
            id: kind.idPrefix + random.text(17, of: .base32),
            arn: "arn:aws:iam::\(id):\(kind.rawValue.memberName)\(path)\(name)", created: now,
            boundary: boundary, tags: tags, role: role)
        entities[kind, default: [:]][name] = entity
        if kind != .group { principals.insert(entity.arn) }
        return entity
    }

    /// Removes an entity with all keys of it: sessions do not outlive their role.
    mutating func remove(_ entity: IAMEntity) {
        entities[entity.kind]?[entity.name] = nil
        principals.remove(entity.arn)
        accessKeys = accessKeys.filter { $1.principal != entity.arn }
    }
}
