package import POSIX
internal import Synchronization

/// Gives secrets by name, from wherever this environment keeps them, and remembers them for a
/// while.
///
/// `development` reads the process environment and `./.env`; every other environment reads
/// `{application}/{environment}/{name}` from Secrets Manager and nothing else. A resolver may be
/// used by any number of tasks; concurrent requests for one secret share a fetch.
public final class SecretResolver: Sendable {
    /// What it was made with.
    public let settings: ResolverSettings
    private let source: any SecretSource
    private let time: any TimeSource
    private let state: Mutex<State>

    fileprivate struct State {
        var cache: SecretCache
        /// Who waits for which flight; a flight that has landed is not here.
        var waiting: [SecretCache.Flight: [UInt64: Waiter]] = [:]
        var lastWaiter: UInt64 = 0
        var isAWSReachable = true
    }

    /// Resumed with the result, or with `nil` when whoever fetched was cancelled.
    fileprivate typealias Waiter = CheckedContinuation<Result<Secret, SecretError>?, Never>

    /// A resolver with the settings of the process environment.
    public convenience init() throws(SecretError) {
        let environment = ProcessEnvironment.snapshot()
        try self.init(ResolverSettings(processEnvironment: environment))
    }

    /// A resolver that reads what its environment reads.
    ///
    /// Throws `region` and `configuration`; nothing is sent yet. Where nobody set a region the first
    /// read asks the metadata of this machine for its own.
    public convenience init(_ settings: ResolverSettings) throws(SecretError) {
        let source: any SecretSource =
            settings.environment == .development
            ? DotEnvSource(settings) : try AWSSource(settings)
        self.init(settings, source: source)
    }

    package init(
        _ settings: ResolverSettings, source: any SecretSource,
        time: any TimeSource = SystemTime()
    ) {
        self.settings = settings
        self.source = source
        self.time = time
        let lifetime = UInt64(max(settings.cacheTTL, 0)) * 1_000_000_000
        state = Mutex(State(cache: SecretCache(lifetime: lifetime)))
    }

    /// The secret of that name.
    ///
    /// - Parameters:
    ///   - name: without application and environment, such as `database-url`.
    ///   - default: what to give when no place has it, and only then; it is never remembered.
    ///   - forceRefresh: fetch it now, whatever is remembered.
    public func getSecret(
        _ name: String, default: String? = nil, forceRefresh: Bool = false
    ) async throws(SecretError) -> Secret {
        let name = try Self.validated(name)
        do {
            return try await resolve(name, isForced: forceRefresh)
        } catch {
            guard error.code == .notFound, let text = `default` else { throw error }
            return Secret(name: name, value: SecretValue(string: text), origin: .defaultValue)
        }
    }

    /// Forgets one secret, or all of them; what is being fetched meanwhile is not remembered.
    public func clearCache(_ name: String? = nil) {
        guard let name else {
            state.withLock { $0.cache.clear(nil) }
            return
        }
        // What is no name was never remembered.
        guard let name = try? SecretName(validating: name) else { return }
        state.withLock { $0.cache.clear(name) }
    }

    /// What is remembered now, and what happened so far.
    public func cacheStats() -> CacheStats {
        let now = time.monotonicNanoseconds()
        return state.withLock { state in
            let names = state.cache.names(at: now)
            let counts = state.cache.counts
            return CacheStats(
                cachedSecrets: names.count, secrets: names.map(\.text),
                cacheTTL: settings.cacheTTL, environment: settings.environment,
                awsAvailable: source.usesAWS && state.isAWSReachable, hits: counts.hits,
                misses: counts.misses, coalesced: counts.coalesced, failures: counts.failures)
        }
    }

    private static func validated(_ name: String) throws(SecretError) -> SecretName {
        do {
            return try SecretName(validating: name)
        } catch {
            throw SecretError(.configuration, error.reason, hint: "a name is like database-url")
        }
    }
}

extension SecretResolver {
    private func resolve(
        _ name: SecretName, isForced: Bool
    ) async throws(SecretError) -> Secret {
        while true {
            let action = state.withLock { state in
                let action = state.cache.lookUp(
                    name, at: time.monotonicNanoseconds(), isForced: isForced)
                if case .fetch(let flight) = action { state.waiting[flight] = [:] }
                return action
            }
            switch action {
            case .use(let secret):
                return secret
            case .fetch(let flight):
                return try await fetch(name, flight)
            case .join(let flight):
                if let result = await landing(of: flight) { return try result.get() }
            }
        }
    }

    /// Fetches, remembers, and tells all who wait.
    private func fetch(
        _ name: SecretName, _ flight: SecretCache.Flight
    ) async throws(SecretError) -> Secret {
        let result: Result<Secret, SecretError>
        do {
            result = .success(try await source.fetch(name))
        } catch {
            result = .failure(error)
        }
        let now = time.monotonicNanoseconds()
        let waiters = state.withLock { state in
            state.cache.land(flight, of: name, with: result, at: now)
            state.noteReachability(result)
            return state.waiting.removeValue(forKey: flight) ?? [:]
        }
        var forOthers: Result<Secret, SecretError>? = result
        if case .failure(let error) = result, error.code == .cancelled { forOthers = nil }
        for waiter in waiters.values { waiter.resume(returning: forOthers) }
        return try result.get()
    }

    /// How a flight ends; `nil` when it has ended already or was cancelled, to look again.
    private func landing(
        of flight: SecretCache.Flight
    ) async -> Result<Secret, SecretError>? {
        let number = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { (waiter: Waiter) in
                let answer = state.withLock { state in
                    // The cancellation handler runs after the task is marked: either it is seen
                    // here, or the handler finds the waiter.
                    if Task.isCancelled { return Answer.cancelled }
                    guard state.waiting[flight] != nil else { return .landed }
                    state.waiting[flight]?[number] = waiter
                    return .wait
                }
                switch answer {
                case .wait: break
                case .landed: waiter.resume(returning: nil)
                case .cancelled: waiter.resume(returning: .failure(.cancelled))
                }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiting[flight]?.removeValue(forKey: number) }
            waiter?.resume(returning: .failure(.cancelled))
        }
    }

    private enum Answer { case wait, landed, cancelled }
}

extension SecretResolver.State {
    fileprivate mutating func noteReachability(_ result: Result<Secret, SecretError>) {
        switch result {
        case .success: isAWSReachable = true
        case .failure(let error):
            guard error.code != .cancelled else { return }
            isAWSReachable = error.code != .unreachable && error.code != .credentials
        }
    }
}

extension SecretError {
    fileprivate static let cancelled = SecretError(
        .cancelled, "the task that asked for the secret was cancelled")
}
