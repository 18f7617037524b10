import Synchronization

/// Texts that a listener saw, in the order of their arrival.
final class Seen: Sendable {
    private let texts = Mutex<[String]>([])

    var all: [String] { texts.withLock { $0 } }

    func add(_ text: String) { texts.withLock { $0.append(text) } }

    func clear() { texts.withLock { $0 = [] } }
}
