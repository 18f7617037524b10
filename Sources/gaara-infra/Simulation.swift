internal import Synchronization

/// Whether answers of this run came from a simulation of AWS, and whether the screen says so.
final class Simulation: Sendable {
    private let state = Mutex((isSeen: false, isTold: false))

    var isSeen: Bool { state.withLock { $0.isSeen } }

    /// Whether a screen that shows nothing but an error still has to say it.
    var isUntold: Bool { state.withLock { $0.isSeen && !$0.isTold } }

    func see() { state.withLock { $0.isSeen = true } }

    func tell() { state.withLock { $0.isTold = true } }
}
