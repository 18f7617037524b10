package import HTTP
package import POSIX
internal import Synchronization

/// Sends typed calls: signs, paces, retries, and reads the answers strictly.
///
/// One client serves one region with one set of credentials, from any number of tasks at the same
/// time. Its effects are those of its transport and its time source.
///
///     let client = try AWSClient(
///         arguments: Settings.Arguments(), environment: environment,
///         configuration: try SharedConfiguration.load(environment))
///     let caller = try await client.send(STS.GetCallerIdentity())
package final class AWSClient: Sendable {
    package let settings: Settings
    let transport: any HTTPTransport
    let credentials: any CredentialProvider
    let time: any TimeSource
    let random: @Sendable () -> UInt64
    let observer: (@Sendable (WireAttempt) -> Void)?
    let state = Mutex(State())

    /// What all calls of a client share.
    struct State {
        /// One for each service; the region is the client's.
        var quotas: [ServiceID: RetryQuota] = [:]
        var pacing = Pacing()
        var sawSandbox = false
    }

    /// - Parameter random: 64 random bits, for the jitter of retries and for the ids of calls, none
    ///   of which is a secret.
    /// - Parameter observer: told of every attempt that was sent, with what came of it.
    package init(
        transport: any HTTPTransport, credentials: any CredentialProvider, settings: Settings,
        time: any TimeSource = SystemTime(),
        random: @escaping @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) },
        observer: (@Sendable (WireAttempt) -> Void)? = nil
    ) {
        self.transport = transport
        self.credentials = credentials
        self.settings = settings
        self.time = time
        self.random = random
        self.observer = observer
    }

    /// A client over libcurl, with the certificates that the settings name.
    package convenience init(credentials: any CredentialProvider, settings: Settings) {
        self.init(
            transport: CurlTransport(caBundle: settings.certificateBundle),
            credentials: credentials, settings: settings)
    }

    /// Whether any answer so far said that it comes from a simulation of AWS.
    package var sawSandbox: Bool { state.withLock { $0.sawSandbox } }

    /// Makes one call, tried again where that is safe, and gives its answer.
    ///
    /// Throws when the service refuses, when no usable answer comes, and when there are no
    /// credentials. `isAmbiguous` in the error says that the call may have been executed.
    package func send<Input: AWSOperation>(
        _ input: Input
    ) async throws(AWSError) -> Input.Output {
        try await answer(to: input).output
    }

    /// As `send`, with the id that the service gave the call: what a receipt keeps.
    package func answer<Input: AWSOperation>(
        to input: Input
    ) async throws(AWSError) -> Answer<Input.Output> {
        let operation = Input.operation
        var call = PreparedCall(input, client: self)
        defer { call.wipe() }
        var policy = RetryPolicy(
            maximumAttempts: settings.maximumAttempts, isRepeatable: operation.isIdempotent)
        while true {
            try await pace(operation, after: policy)
            let attempt = await call.attempt(number: policy.attempt, Input.self)
            let action = state.withLock { state in
                policy.event(
                    attempt.event, quota: &state.quotas[operation.service, default: RetryQuota()],
                    random: unitRandom())
            }
            switch (action, attempt.result) {
            case (.retry(let seconds), .failure):
                try await wait(seconds: seconds, operation, after: policy)
            case (_, .success(let output)):
                return Answer(output: output, requestID: attempt.requestID)
            case (_, .failure(var error)):
                let mayHaveRun = error.isAmbiguous || policy.mayHaveRun
                error.isAmbiguous = mayHaveRun && !operation.isRead
                throw error
            }
        }
    }

    /// Waits for the operation's turn.
    private func pace(_ operation: Operation, after policy: RetryPolicy) async throws(AWSError) {
        let now = time.monotonicNanoseconds()
        let wait = state.withLock { $0.pacing.reserve(operation, at: now) }
        try await self.wait(seconds: Double(wait) / 1e9, operation, after: policy)
    }

    private func wait(
        seconds: Double, _ operation: Operation, after policy: RetryPolicy
    ) async throws(AWSError) {
        do {
            if Task.isCancelled { throw CancellationError() }
            let milliseconds = Int((seconds * 1000).rounded(.up))
            if milliseconds > 0 { try await time.sleep(milliseconds: milliseconds) }
        } catch {
            throw AWSError(
                .cancelled, "cancelled before it was sent again or at all", operation: operation,
                isAmbiguous: policy.mayHaveRun && !operation.isRead)
        }
    }

    /// A random number from 0 up to 1.
    private func unitRandom() -> Double { Double(random() >> 11) * 0x1p-53 }
}

/// What came back of a call, with the id by which AWS knows it.
package struct Answer<Output: Sendable>: Sendable {
    package let output: Output
    /// `nil` where the service gave none.
    package let requestID: String?
}

/// One request that went out, and what came of it: for logs, counters and the receipt.
package struct WireAttempt: Hashable, Sendable {
    package let operation: Operation
    /// From 1.
    package let number: Int
    /// `nil` when no answer came.
    package let status: Int?
    /// `nil` for a success; the service's code or the kind of failure otherwise.
    package let fault: String?
    package let requestID: String?
    package let milliseconds: Int
    /// Whether the answer says that it comes from a simulation.
    package let isSandbox: Bool
}
