internal import AWSSandbox
internal import GaaraEngine
internal import GaaraPlan
internal import Synchronization

/// What goes wrong in one run: faults here and there, or the death of the process at one call.
final class Trouble: Sendable {
    private struct State {
        var fired: Set<Int> = []
        /// The operation that the process dies at, once it is about to be sent.
        var armed: String?
        var isDead = false
        var begun = 0
    }

    /// A death at one call of one step.
    struct Death: Sendable {
        let address: Address
        let action: String
        /// Among the step's calls with that action, from 0.
        let index: Int
        /// Whether AWS executes the call, whose answer nobody gets.
        let isExecuted: Bool
        /// The call's case, such as `secret.putValue`.
        let name: String
    }

    private let state = Mutex(State())
    private let seed: UInt64
    /// Faults that may come, by their place in `Fault.all`, and how often of a thousand calls.
    private let kinds: [Int]
    private let rate: Int
    let death: Death?

    init(seed: UInt64, kinds: [Int] = [], rate: Int = 0, death: Death? = nil) {
        self.seed = seed
        self.kinds = kinds
        self.rate = rate
        self.death = death
    }

    /// Which kinds came.
    var fired: Set<Int> { state.withLock { $0.fired } }

    /// Whether the process died.
    var isDead: Bool { state.withLock { $0.isDead } }

    var faults: Faults {
        Faults { [self] call in
            state.withLock { state in
                // A process that is dead sends nothing more, and gets no answer.
                if state.isDead { return .lost(executed: false) }
                if let armed = state.armed, armed == "\(call.service):\(call.operation)" {
                    state.isDead = true
                    return .lost(executed: death?.isExecuted ?? false)
                }
                guard !kinds.isEmpty else { return nil }
                var dice = Dice(seed: seed ^ UInt64(call.sequence) &* 0x9E37_79B9)
                guard dice.below(1000) < rate else { return nil }
                let kind = kinds[dice.below(kinds.count)]
                state.fired.insert(kind)
                return Fault.all[kind]
            }
        }
    }

    func called(_ event: CallEvent) {
        guard let death, event.outcome == .begun, event.address == death.address,
            event.action == death.action
        else { return }
        state.withLock { state in
            if state.begun == death.index { state.armed = death.action }
            state.begun += 1
        }
    }
}

extension Call {
    /// Its case, such as `secret.putValue`.
    var caseName: String {
        guard let outer = Mirror(reflecting: self).children.first,
            let inner = Mirror(reflecting: outer.value).children.first
        else { return "?" }
        return "\(outer.label ?? "?").\(inner.label ?? "?")"
    }

    /// Every case there is; a new one has to be killed too.
    static let caseNames: Set<String> = [
        "key.create", "key.createAlias", "key.updateDescription", "key.enableRotation",
        "key.disableRotation", "key.putPolicy", "key.tag", "key.untag", "key.cancelDeletion",
        "key.enable", "key.scheduleDeletion", "secret.create", "secret.update", "secret.putValue",
        "secret.moveCurrent", "secret.removeStagedLabel", "secret.removeLabel", "secret.tag",
        "secret.untag", "secret.restore", "secret.delete", "secret.rotate",
        "secret.cancelRotation", "secret.replicate", "secret.removeReplica", "secret.putPolicy",
        "secret.removePolicy", "policy.create", "policy.createVersion", "policy.deleteVersion",
        "policy.delete", "policy.tag", "policy.untag", "policy.attach", "policy.detach",
        "role.create", "role.putTrust", "role.putBoundary", "role.tag", "role.untag",
        "role.delete",
    ]
}
