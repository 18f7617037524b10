package import GaaraStore

/// What a step is about, in the words that a person types after `--only` and `--confirm`.
package enum Address: Hashable, Sendable {
    /// `key`, `key/value-tokens`
    case key(Key.Role)
    /// `secret/NAME`
    case secret(SecretName)
    /// `rotation/NAME`
    case rotation(SecretName)
    /// `replica/NAME/REGION`
    case replica(SecretName, region: String)
    /// `role/NAME`
    case role(String)
    /// `policy/NAME`
    case policy(String)
    /// `attachment/POLICY/role/NAME`
    case attachment(policy: String, Principal)
}

extension Address: CustomStringConvertible {
    package var description: String {
        switch self {
        case .key(.data): "key"
        case .key(.valueTokens): "key/value-tokens"
        case .secret(let name): "secret/\(name)"
        case .rotation(let name): "rotation/\(name)"
        case .replica(let name, let region): "replica/\(name)/\(region)"
        case .role(let name): "role/\(name)"
        case .policy(let name): "policy/\(name)"
        case .attachment(let policy, let principal): "attachment/\(policy)/\(principal)"
        }
    }
}

extension Address: Comparable {
    package static func < (a: Address, b: Address) -> Bool {
        (a.rank, a.description) < (b.rank, b.description)
    }

    /// The kinds in the order in which they are made.
    private var rank: Int {
        switch self {
        case .key: 0
        case .secret: 1
        case .rotation: 2
        case .replica: 3
        case .role: 4
        case .policy: 5
        case .attachment: 6
        }
    }
}

/// Somebody in IAM to whom a policy is attached.
package struct Principal: Hashable, Sendable, Comparable, CustomStringConvertible {
    package enum Kind: String, Hashable, Sendable, CaseIterable { case role, user, group }

    package let kind: Kind
    /// Without its path, since attaching takes none.
    package let name: String

    package init(_ kind: Kind, _ name: String) {
        self.kind = kind
        self.name = name
    }

    package var description: String { "\(kind.rawValue)/\(name)" }

    package static func < (a: Principal, b: Principal) -> Bool { a.description < b.description }
}
