import POSIX
import Synchronization

/// A way for a listener's handler to close the listener that it serves.
final class ListenerHolder: Sendable {
    private let listener = Mutex<LoopbackListener?>(nil)

    func hold(_ held: LoopbackListener) { listener.withLock { $0 = held } }

    func close() {
        let held = listener.withLock { listener in
            defer { listener = nil }
            return listener
        }
        held?.close()
    }
}
