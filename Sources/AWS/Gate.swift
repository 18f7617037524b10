internal import Synchronization

/// Lets so many through at the same time; the others wait in the order in which they came.
final class Gate: Sendable {
    private let state: Mutex<State>

    private struct State {
        var free: Int
        var waiting: [(ticket: UInt64, continuation: CheckedContinuation<Bool, Never>)] = []
        var nextTicket: UInt64 = 0
        /// Those whose task was cancelled before they could wait.
        var cancelled: Set<UInt64> = []
    }

    init(places: Int) { state = Mutex(State(free: places)) }

    /// Waits for a place, which the caller gives back by `leave`; throws, without one, when the
    /// task is cancelled.
    func enter() async throws(CancellationError) {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        let isAdmitted = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if let verdict = admit(ticket, orKeep: continuation) {
                    continuation.resume(returning: verdict)
                }
            }
        } onCancel: {
            withdraw(ticket)?.resume(returning: false)
        }
        state.withLock { _ = $0.cancelled.remove(ticket) }
        guard isAdmitted else { throw CancellationError() }
    }

    /// Gives the place to the first who waits.
    func leave() {
        let next = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil as CheckedContinuation<Bool, Never>?
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: true)
    }

    /// Whether `ticket` has a place; `nil` when it waits.
    private func admit(
        _ ticket: UInt64, orKeep continuation: CheckedContinuation<Bool, Never>
    ) -> Bool? {
        state.withLock { state in
            if state.cancelled.contains(ticket) { return false }
            guard state.free > 0 else {
                state.waiting.append((ticket, continuation))
                return nil
            }
            state.free -= 1
            return true
        }
    }

    private func withdraw(_ ticket: UInt64) -> CheckedContinuation<Bool, Never>? {
        state.withLock { state in
            guard let index = state.waiting.firstIndex(where: { $0.ticket == ticket }) else {
                state.cancelled.insert(ticket)
                return nil
            }
            return state.waiting.remove(at: index).continuation
        }
    }
}
