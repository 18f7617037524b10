/// A KMS key with its alias: the one that encrypts the secrets, or the HMAC key behind the value
/// tokens (design 5.2).
package struct Key: Hashable, Sendable {
    package enum Role: String, Hashable, Sendable, CaseIterable {
        case data
        case valueTokens = "value-tokens"
    }

    package let role: Role
    /// Without `alias/`: `gaara-store/production`.
    package var alias: String
    /// A key that this plan uses and does not own; nothing of it is ever changed.
    package var isExisting: Bool
    package var description: String
    /// Days between automatic rotations, 90 to 2560; `nil` for none.
    ///
    /// HMAC keys never rotate.
    package var rotationDays: Int?
    /// Days between scheduling a deletion and losing the key, 7 to 30.
    package var deletionWindowDays: Int
    /// IAM resources that administer the key and do not use it, such as `role/ops`.
    package var administrators: [String]
    package var place: Place

    package init(
        role: Role, alias: String, isExisting: Bool = false, description: String,
        rotationDays: Int?, deletionWindowDays: Int = 30, administrators: [String] = [],
        place: Place
    ) {
        self.role = role
        self.alias = alias
        self.isExisting = isExisting
        self.description = description
        self.rotationDays = rotationDays
        self.deletionWindowDays = deletionWindowDays
        self.administrators = administrators
        self.place = place
    }
}

extension Key {
    /// The declared administrators as IAM looks them up: by name, whatever their path.
    package var administratorPrincipals: [Principal] {
        administrators.compactMap { administrator in
            let parts = administrator.split(separator: "/")
            guard let kind = parts.first.flatMap({ Principal.Kind(rawValue: String($0)) }),
                let name = parts.last, parts.count > 1
            else { return nil }
            return Principal(kind, String(name))
        }
    }

    /// What KMS reports of a key.
    package struct Live: Hashable, Sendable {
        package enum State: Hashable, Sendable {
            case enabled
            case disabled
            /// Seconds since 1970 where KMS says when.
            case pendingDeletion(until: Int64?)
            /// Any other state of the KMS API, by its own word.
            case other(String)
        }

        package var id: String
        package var arn: String
        package var state: State
        package var description: String
        package var spec: String
        package var isCustomerManaged: Bool
        /// Days; `nil` when automatic rotation is off or the key has none.
        package var rotationDays: Int?
        package var policy: String
        package var tags: [String: String]
        /// Whether the declared alias points here; a key found by its claim has none yet.
        package var hasAlias: Bool

        package init(
            id: String, arn: String, state: State, description: String, spec: String,
            isCustomerManaged: Bool, rotationDays: Int?, policy: String, tags: [String: String],
            hasAlias: Bool
        ) {
            self.id = id
            self.arn = arn
            self.state = state
            self.description = description
            self.spec = spec
            self.isCustomerManaged = isCustomerManaged
            self.rotationDays = rotationDays
            self.policy = policy
            self.tags = tags
            self.hasAlias = hasAlias
        }
    }

    /// The KMS key spec that the role needs.
    package var spec: String {
        switch role {
        case .data: "SYMMETRIC_DEFAULT"
        case .valueTokens: "HMAC_256"
        }
    }
}
