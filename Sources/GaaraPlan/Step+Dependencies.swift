/// What a failure holds up: only the steps that need what was not done (issue 5).
extension Step {
    /// Whether this step needs what `other` does, so that it is not tried when `other` was not done.
    ///
    /// Kinds run one after the other all the same; this says which of them a failure ends.
    package func buildsOn(_ other: Step) -> Bool {
        guard verb != .delete else { return other.verb == .delete && goesAfter(other.address) }
        guard other.verb != .delete else { return false }
        if address == other.address { return true }
        switch (address, other.address) {
        case (.secret, .key(let role)), (.rotation, .key(let role)):
            return other.makesKeyUsable && (role == .data || calls.contains(where: \.writesValue))
        case (.rotation(let name), .secret(let secret)),
            (.replica(let name, _), .secret(let secret)):
            return name == secret
        case (.policy, .key(let role)): return calls.contains { $0.isPromised(role) }
        case (.attachment(let policy, _), .policy(let name)): return policy == name
        case (.attachment(_, let principal), .role(let name)):
            return principal == Principal(.role, name)
        default: return false
        }
    }

    /// Whether what goes can only go after that: IAM refuses to delete a policy that is attached
    /// (IAM API, DeletePolicy), and a key takes its secrets with it (design 5.6).
    private func goesAfter(_ other: Address) -> Bool {
        if address == other { return true }
        switch (address, other) {
        case (.policy(let name), .attachment(let policy, _)): return name == policy
        case (.role(let name), .attachment(_, let principal)):
            return principal == Principal(.role, name)
        // A secret with replicas cannot be deleted (Secrets Manager API, DeleteSecret).
        case (.secret(let name), .replica(let secret, _)): return name == secret
        case (.key, .secret): return true
        default: return false
        }
    }

    private var makesKeyUsable: Bool {
        calls.contains { call in
            switch call {
            case .key(.create), .key(.cancelDeletion), .key(.enable): true
            case .key, .secret, .policy, .role: false
            }
        }
    }
}

extension Call {
    /// Whether its document holds the promise of that key's ARN, which only its creation fulfils.
    fileprivate func isPromised(_ role: Key.Role) -> Bool {
        let reference = "\"\(KeyReference.made(role))\""
        return switch self {
        case .policy(.create(_, _, let document, _)), .policy(.createVersion(_, let document)):
            document.contains(reference)
        case .key, .secret, .policy, .role: false
        }
    }
}
