package import GaaraStore

/// One entry of `access`: who may read which secrets.
///
/// It becomes a managed policy and the policy's attachments.
package struct Access: Hashable, Sendable {
    /// The entry's own word, such as `app`.
    package var entry: String
    /// The policy's name; by default `{application}-{environment}-{entry}`.
    package var policyName: String
    /// In the order of their names; `read: all` is already spelled out.
    package var read: [SecretName]
    /// Whether `read: all` was written: a secret that is added later is read too.
    package var readsAll: Bool
    /// Adds BatchGetSecretValue, which has no resources and must be `*`.
    package var isBatch: Bool
    package var roles: [RoleAttachment]
    package var users: [String]
    package var groups: [String]
    /// Whether attachments that the plan does not declare are detached.
    package var isExclusive: Bool
    /// `policy/PATH/NAME`, required on the attached roles when given.
    package var boundary: String?
    package var place: Place

    package struct RoleAttachment: Hashable, Sendable {
        package var name: String
        /// Whether the plan makes the role.
        package var create: Bool
        /// Which services may assume a role that the plan makes, such as `ecs-tasks`.
        package var trusts: [String]
        package var place: Place

        package init(name: String, create: Bool = false, trusts: [String] = [], place: Place) {
            self.name = name
            self.create = create
            self.trusts = trusts
            self.place = place
        }
    }

    package init(
        entry: String, policyName: String, read: [SecretName], readsAll: Bool = false,
        isBatch: Bool = false, roles: [RoleAttachment] = [], users: [String] = [],
        groups: [String] = [], isExclusive: Bool = true, boundary: String? = nil, place: Place
    ) {
        self.entry = entry
        self.policyName = policyName
        self.read = read
        self.readsAll = readsAll
        self.isBatch = isBatch
        self.roles = roles
        self.users = users
        self.groups = groups
        self.isExclusive = isExclusive
        self.boundary = boundary
        self.place = place
    }
}
