internal import AWS
internal import GaaraPlan
internal import Synchronization

/// What earlier steps of this run made and later ones build on.
final class References: Sendable {
    private struct State {
        var keys: [Key.Role: String] = [:]
        var pepper: Pepper?
        var pepperFault: AWSError?
        /// Names of what this run made: AWS may not yet know them everywhere.
        var made: Set<String> = []
    }

    private let state: Mutex<State>

    init(keys: [Key.Role: String], pepper: Pepper?) {
        state = Mutex(State(keys: keys, pepper: pepper))
    }

    func hasMade(_ name: String) -> Bool { state.withLock { $0.made.contains(name) } }

    func made(_ name: String) { state.withLock { _ = $0.made.insert(name) } }

    func made(_ role: Key.Role, arn: String) {
        state.withLock {
            $0.keys[role] = arn
            $0.made.insert(arn)
        }
    }

    func arn(of key: KeyReference) throws(EngineError) -> String {
        switch key {
        case .known(let arn): return arn
        case .made(let role):
            guard let arn = state.withLock({ $0.keys[role] }) else {
                throw EngineError(
                    .conflict, "\(Address.key(role)) is needed and was not made",
                    hint: "apply it too: --only or --except may leave it out")
            }
            return arn
        }
    }

    /// `document` with the ARNs of keys in place of the references that stand for them.
    func filled(_ document: String) throws(EngineError) -> String {
        var filled = document
        for role in Key.Role.allCases {
            let reference = "\"\(KeyReference.made(role))\""
            guard filled.contains(reference) else { continue }
            let arn = try arn(of: .made(role))
            filled = filled.split(separator: reference, omittingEmptySubsequences: false)
                .joined(separator: "\"\(arn)\"")
        }
        return filled
    }

    var pepper: Pepper? {
        get { state.withLock { $0.pepper } }
        set { state.withLock { $0.pepper = newValue } }
    }

    /// Why there is no pepper, when it was asked for in vain.
    var pepperFault: AWSError? {
        get { state.withLock { $0.pepperFault } }
        set { state.withLock { $0.pepperFault = newValue } }
    }

    func isKey(_ arn: String) -> Bool { state.withLock { $0.keys.values.contains(arn) } }

    func key(_ role: Key.Role) -> String? { state.withLock { $0.keys[role] } }
}
