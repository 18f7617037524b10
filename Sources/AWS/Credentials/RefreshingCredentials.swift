package import POSIX
internal import Synchronization

/// Credentials of a place that are kept, and fetched anew before they end.
///
/// One fetch runs at a time, and it is nobody's own: the task that began it may be cancelled, and
/// the others get what it brings all the same.
package final class RefreshingCredentials: CredentialProvider {
    private let provider: any CredentialProvider
    private let time: any TimeSource
    private let random: @Sendable () -> UInt64
    private let state = Mutex(State())

    private typealias Outcome = Result<Credentials, CredentialError>
    private typealias Waiter = CheckedContinuation<Outcome, Never>

    private struct State {
        var schedule = RefreshSchedule()
        var isFetching = false
        /// Those who want the outcome of the fetch that is under way, by number.
        var places: [UInt64: Place] = [:]
        var lastPlace: UInt64 = 0
    }

    private enum Place {
        /// It is about to wait.
        case taken
        case waiting(Waiter)
        /// The fetch ended before it waited.
        case landed(Outcome)
    }

    private enum Step {
        case use(Credentials)
        case wait(place: UInt64)
    }

    package init(
        _ provider: any CredentialProvider, time: any TimeSource,
        random: @escaping @Sendable () -> UInt64
    ) {
        self.provider = provider
        self.time = time
        self.random = random
    }

    convenience init(_ provider: any CredentialProvider, _ context: CredentialContext) {
        self.init(provider, time: context.time, random: context.random)
    }

    package func credentials() async throws(CredentialError) -> Credentials {
        switch nextStep() {
        case .use(let credentials): return credentials
        case .wait(let place): return try await outcome(at: place).get()
        }
    }

    private func nextStep() -> Step {
        let now = time.secondsSince1970()
        return state.withLock { state in
            switch (state.schedule.need(at: now), state.schedule.current, state.isFetching) {
            case (.none, let current?, _): return .use(current)
            case (.advisory(let current), _, true): return .use(current)
            case (_, _, let isFetching):
                state.lastPlace += 1
                state.places[state.lastPlace] = .taken
                if !isFetching {
                    // It takes the lock at its end, so it is noted before that.
                    state.isFetching = true
                    Task { await self.fetch() }
                }
                return .wait(place: state.lastPlace)
            }
        }
    }

    /// How the fetch ends; `cancelled` at once for a task that is, which leaves it to the others.
    private func outcome(at place: UInt64) async -> Outcome {
        await withTaskCancellationHandler {
            await withCheckedContinuation { (waiter: Waiter) in
                let outcome = state.withLock { state -> Outcome? in
                    if case .landed(let outcome)? = state.places[place] {
                        state.places[place] = nil
                        return outcome
                    }
                    // The cancellation handler runs after the task is marked: either it is seen
                    // here, or the handler finds the waiter.
                    guard !Task.isCancelled else {
                        state.places[place] = nil
                        return .failure(.cancelled)
                    }
                    state.places[place] = .waiting(waiter)
                    return nil
                }
                if let outcome { waiter.resume(returning: outcome) }
            }
        } onCancel: {
            let waiter = state.withLock { state -> Waiter? in
                guard case .waiting(let waiter)? = state.places[place] else { return nil }
                state.places[place] = nil
                return waiter
            }
            waiter?.resume(returning: .failure(.cancelled))
        }
    }

    private func fetch() async {
        let result: Outcome
        do {
            result = .success(try await provider.credentials())
        } catch {
            result = .failure(error)
        }
        let now = time.secondsSince1970()
        let (outcome, waiters) = state.withLock { state in
            state.isFetching = false
            let outcome = state.schedule.finish(result, at: now, random: random())
            var waiters: [Waiter] = []
            for (number, place) in state.places {
                if case .waiting(let waiter) = place {
                    waiters.append(waiter)
                    state.places[number] = nil
                } else {
                    state.places[number] = .landed(outcome)
                }
            }
            return (outcome, waiters)
        }
        for waiter in waiters { waiter.resume(returning: outcome) }
    }
}
