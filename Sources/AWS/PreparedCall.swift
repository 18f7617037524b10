internal import HTTP
internal import POSIX
internal import SigV4
internal import Synchronization

/// One logical call on its way: its body and its id stay the same over all attempts, its date and
/// its signature do not.
struct PreparedCall {
    let operation: Operation
    let endpoint: Endpoint
    let client: AWSClient
    private let invocationID: String
    let sensitiveValues: [ProtectedBytes]
    private let line: RequestLine
    private let ownHeaders: [HTTPHeader]
    private let maximumAnswer: Int
    private var body: [UInt8]

    /// What an attempt came to: for the retry policy, and for the caller.
    struct Attempt<Output: Sendable> {
        let event: RetryPolicy.Event
        let result: Result<Output, AWSError>
        /// Of a success; an error has its own.
        var requestID: String?
    }

    init(_ input: some AWSOperation, client: AWSClient) {
        operation = type(of: input).operation
        endpoint = client.settings.endpoint(for: operation.service)
        self.client = client
        invocationID = Self.uuid(client.random(), client.random())
        sensitiveValues = input.sensitiveValues
        line = input.line
        ownHeaders = input.headers
        maximumAnswer = type(of: input).maximumAnswer
        body = input.body()
    }

    mutating func wipe() { ProtectedBytes.wipe(&body) }

    /// A request as it was sent, with what it was signed by.
    struct Sent {
        let request: HTTPRequest
        /// Seconds since 1970; `nil` when it is not signed.
        let signedAt: Int?
    }

    /// Signs and sends once.
    func attempt<Input: AWSOperation>(
        _ policy: RetryPolicy, _ input: Input.Type
    ) async -> Attempt<Input.Output> {
        let sent: Sent
        do {
            sent = try await signed(policy)
        } catch {
            return Attempt(event: .refused, result: .failure(error))
        }
        let start = client.time.monotonicNanoseconds()
        let answer: Result<HTTPResponse, HTTPError>
        do {
            answer = .success(try await client.transport.send(sent.request))
        } catch {
            answer = .failure(error)
        }
        let clock = (try? answer.get()).flatMap {
            ClockOffset(date: $0.header("Date"), now: Int(client.time.secondsSince1970()))
        }
        if let clock { client.state.withLock { $0.clockOffset = clock } }
        let attempt: Attempt<Input.Output> =
            switch answer {
            case .success(let response): read(response, to: sent, clock, input)
            case .failure(let error): explain(error)
            }
        observe(answer, attempt, clock, number: policy.attempt, since: start)
        return attempt
    }

    private func signed(_ policy: RetryPolicy) async throws(AWSError) -> Sent {
        var headers = [HTTPHeader("Host", endpoint.address.authority)] + formHeaders
        var signedAt: Int?
        if operation.isSigned {
            let credentials: Credentials
            do {
                credentials = try await client.credentials.credentials()
            } catch {
                throw AWSError(error, operation: operation)
            }
            let now =
                Int(client.time.secondsSince1970())
                + client.traffic.correction(for: endpoint.address.authority)
            let signer = SigV4(region: endpoint.signingRegion, service: operation.service.prefix)
            headers += signer.sign(
                SignableRequest(
                    method: line.method, target: line.target,
                    headers: headers.map { (name: $0.name, value: $0.value) }, body: body),
                with: credentials.signing, at: SigningDate(secondsSince1970: now)
            ).map { HTTPHeader($0.name, $0.value) }
            signedAt = now
        }
        // Not signed: proxies may drop or change them.
        headers += [
            HTTPHeader("User-Agent", client.settings.userAgent),
            HTTPHeader("amz-sdk-invocation-id", invocationID),
            HTTPHeader(
                "amz-sdk-request", "attempt=\(policy.attempt); max=\(policy.maximumAttempts)"),
        ]
        let request = HTTPRequest(
            method: line.method, scheme: endpoint.address.scheme, host: endpoint.address.host,
            port: endpoint.address.port, target: line.target, headers: headers + ownHeaders,
            body: body, limits: HTTPRequest.Limits(maximumBody: maximumAnswer),
            freshConnection: !operation.isIdempotent)
        return Sent(request: request, signedAt: signedAt)
    }

    /// What the service's protocol asks for.
    private var formHeaders: [HTTPHeader] {
        switch operation.service.form {
        case .json(let prefix):
            [
                HTTPHeader("Content-Type", "application/x-amz-json-1.1"),
                HTTPHeader("X-Amz-Target", "\(prefix).\(operation.name)"),
            ]
        case .queryCompatibleJSON(let prefix):
            [
                HTTPHeader("Content-Type", "application/x-amz-json-1.0"),
                HTTPHeader("X-Amz-Target", "\(prefix).\(operation.name)"),
                HTTPHeader("x-amzn-query-mode", "true"),
            ]
        case .query:
            [HTTPHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")]
        case .rest:
            body.isEmpty ? [] : [HTTPHeader("Content-Type", "application/json")]
        }
    }

    private func observe<Output>(
        _ answer: Result<HTTPResponse, HTTPError>, _ attempt: Attempt<Output>,
        _ clock: ClockOffset?, number: Int, since start: UInt64
    ) {
        let response = try? answer.get()
        let isSandbox = response?.header("x-gaara-sandbox") != nil
        if isSandbox { client.state.withLock { $0.sawSandbox = true } }
        guard let observer = client.observer else { return }
        let end = client.time.monotonicNanoseconds()
        var fault: String?
        var requestID = attempt.requestID
        if case .failure(let error) = attempt.result {
            fault = error.code ?? String(describing: error.kind)
            requestID = error.requestID
        }
        observer(
            WireAttempt(
                operation: operation, number: number, status: response?.status, fault: fault,
                requestID: requestID, milliseconds: Int((end - min(start, end)) / 1_000_000),
                clock: clock.flatMap { $0.isTooMuch ? $0 : nil }, isSandbox: isSandbox))
    }

    /// A random UUID, RFC 9562 version 4.
    private static func uuid(_ high: UInt64, _ low: UInt64) -> String {
        let high = high & ~0xf000 | 0x4000
        let low = low & ~(0b11 << 62) | 0b10 << 62
        func hex(_ number: UInt64) -> String {
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        let digits = Array(hex(high) + hex(low))
        return [digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20..<32]]
            .map { String($0) }.joined(separator: "-")
    }
}
