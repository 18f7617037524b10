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
    /// What this client's calls share with those of the process's other clients.
    package let traffic: Traffic
    let state = Mutex(State())

    /// What the answers so far told.
    struct State {
        var sawSandbox = false
        var clockOffset: ClockOffset?
    }

    /// - Parameter traffic: the one that all clients of the process share.
    /// - Parameter random: 64 random bits, for the jitter of retries and for the ids of calls, none
    ///   of which is a secret.
    /// - Parameter observer: told of every attempt that was sent, with what came of it.
    package init(
        transport: any HTTPTransport, credentials: any CredentialProvider, settings: Settings,
        time: any TimeSource = SystemTime(),
        random: @escaping @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) },
        traffic: Traffic = Traffic(),
        observer: (@Sendable (WireAttempt) -> Void)? = nil
    ) {
        self.transport = transport
        self.credentials = credentials
        self.settings = settings
        self.time = time
        self.random = random
        self.traffic = traffic
        self.observer = observer
    }

    /// A client over libcurl, with the certificates that the settings name.
    package convenience init(
        credentials: any CredentialProvider, settings: Settings, traffic: Traffic = Traffic()
    ) {
        self.init(
            transport: CurlTransport(caBundle: settings.certificateBundle),
            credentials: credentials, settings: settings, traffic: traffic)
    }

    /// A client of another region, with the same credentials, connections and traffic.
    ///
    /// What its answers tell of the sandbox and of the clock, it keeps to itself.
    package func inRegion(_ region: String) throws(AWSError) -> AWSClient {
        AWSClient(
            transport: transport, credentials: credentials,
            settings: try settings.inRegion(Setting(region, source: "the plan")), time: time,
            random: random, traffic: traffic, observer: observer)
    }

    /// Whether any answer so far said that it comes from a simulation of AWS.
    package var sawSandbox: Bool { state.withLock { $0.sawSandbox } }

    /// How far this machine's clock is from that of the service that answered last; `nil` while no
    /// answer had a date.
    package var clockOffset: ClockOffset? { state.withLock { $0.clockOffset } }

    /// What the next call is signed with: the first time it is looked for, which may take a while.
    ///
    /// It prints without its secret and its token.
    package func currentCredentials() async throws(CredentialError) -> Credentials {
        try await credentials.credentials()
    }

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
        let region = settings.endpoint(for: operation.service).signingRegion
        while true {
            try await pace(operation, in: region, after: policy)
            let attempt = try await pass(operation, in: region, after: policy) {
                await call.attempt(policy, Input.self)
            }
            let action = traffic.event(
                attempt.event, of: &policy, operation, in: region, random: unitRandom(),
                at: time.monotonicNanoseconds())
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
    private func pace(
        _ operation: Operation, in region: String, after policy: RetryPolicy
    ) async throws(AWSError) {
        let turn = traffic.reserve(operation, in: region, at: time.monotonicNanoseconds())
        do {
            try await wait(seconds: Double(turn.wait) / 1e9, operation, after: policy)
        } catch {
            traffic.giveBack(turn)
            throw error
        }
    }

    /// Runs one attempt, among no more of its kind than may be under way at the same time.
    private func pass<Output>(
        _ operation: Operation, in region: String, after policy: RetryPolicy,
        _ attempt: () async -> Output
    ) async throws(AWSError) -> Output {
        guard let gate = traffic.gate(for: operation, in: region) else { return await attempt() }
        do {
            try await gate.enter()
        } catch {
            throw cancelled(operation, after: policy)
        }
        defer { gate.leave() }
        return await attempt()
    }

    private func wait(
        seconds: Double, _ operation: Operation, after policy: RetryPolicy
    ) async throws(AWSError) {
        do {
            if Task.isCancelled { throw CancellationError() }
            let milliseconds = Int((seconds * 1000).rounded(.up))
            if milliseconds > 0 { try await time.sleep(milliseconds: milliseconds) }
        } catch {
            throw cancelled(operation, after: policy)
        }
    }

    private func cancelled(_ operation: Operation, after policy: RetryPolicy) -> AWSError {
        AWSError(
            .cancelled, "cancelled before it was sent again or at all", operation: operation,
            isAmbiguous: policy.mayHaveRun && !operation.isRead)
    }

    /// A random number from 0 up to 1.
    private func unitRandom() -> Double { Double(random() >> 11) * 0x1p-53 }
}
