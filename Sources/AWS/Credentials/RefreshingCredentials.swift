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

    private typealias Fetch = Task<Result<Credentials, CredentialError>, Never>

    private struct State {
        var schedule = RefreshSchedule()
        /// What is under way.
        var fetch: Fetch?
    }

    private enum Step {
        case use(Credentials)
        case wait(Fetch)
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
        case .wait(let fetch): return try await fetch.value.get()
        }
    }

    private func nextStep() -> Step {
        let now = time.secondsSince1970()
        return state.withLock { state in
            switch (state.schedule.need(at: now), state.schedule.current, state.fetch) {
            case (.none, let current?, _): return .use(current)
            case (.advisory(let current), _, _?): return .use(current)
            case (_, _, let fetch?): return .wait(fetch)
            case (_, _, nil):
                // It takes the lock at its end, so it is noted before that.
                let fetch = Fetch { await self.fetch() }
                state.fetch = fetch
                return .wait(fetch)
            }
        }
    }

    private func fetch() async -> Result<Credentials, CredentialError> {
        let result: Result<Credentials, CredentialError>
        do {
            result = .success(try await provider.credentials())
        } catch {
            result = .failure(error)
        }
        let now = time.secondsSince1970()
        return state.withLock { state in
            state.fetch = nil
            return state.schedule.finish(result, at: now, random: random())
        }
    }
}
