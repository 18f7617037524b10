import Synchronization

/// Where callers leave requests and cancellations, and the transfer thread finds them.
final class Mailbox: Sendable {
    typealias Identifier = UInt

    /// A request, and where its one answer goes.
    struct Order: Sendable {
        let identifier: Identifier
        let request: WireRequest
        let answer: @Sendable (Result<HTTPResponse, HTTPError>) -> Void
    }

    /// What the thread takes out at once.
    struct Post {
        var orders: [Order] = []
        var cancelled: [Identifier] = []
        var isClosed = false
    }

    private struct State {
        var post = Post()
        /// Cancelled before their order came: a task can be cancelled at any moment.
        var early: Set<Identifier> = []
        /// Posted and not forgotten.
        var known: Set<Identifier> = []
        var last: Identifier = 0
        /// What `wakeUp` calls; `nil` before the thread runs and after it ended.
        var multi: MultiHandle?
    }

    private let state = Mutex(State())

    func newIdentifier() -> Identifier {
        state.withLock { state in
            state.last += 1
            return state.last
        }
    }

    func post(_ order: Order) {
        let isAccepted = state.withLock { state in
            guard !state.post.isClosed, !state.early.contains(order.identifier) else {
                return false
            }
            state.known.insert(order.identifier)
            state.post.orders.append(order)
            state.multi?.wakeUp()
            return true
        }
        if !isAccepted { order.answer(.failure(.cancelled)) }
    }

    func cancel(_ identifier: Identifier) {
        state.withLock { state in
            if state.known.contains(identifier) {
                state.post.cancelled.append(identifier)
                state.multi?.wakeUp()
            } else {
                state.early.insert(identifier)
            }
        }
    }

    /// The caller of this request is gone.
    func forget(_ identifier: Identifier) {
        state.withLock { state in
            state.known.remove(identifier)
            state.early.remove(identifier)
        }
    }

    func close() {
        state.withLock { state in
            state.post.isClosed = true
            state.multi?.wakeUp()
        }
    }

    /// Says what to wake; for the transfer thread, which takes it back before it frees the handle.
    func attach(_ multi: MultiHandle?) {
        state.withLock { $0.multi = multi }
    }

    /// All that was left since the last time; for the transfer thread.
    func take() -> Post {
        state.withLock { state in
            let post = state.post
            state.post.orders = []
            state.post.cancelled = []
            return post
        }
    }
}

extension HTTPError {
    static let cancelled = HTTPError(.cancelled, "the request was cancelled")
}
