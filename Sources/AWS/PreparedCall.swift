internal import HTTP
internal import POSIX
internal import SigV4
internal import Synchronization

/// One logical call on its way: its body and its id stay the same over all attempts, its date and
/// its signature do not.
struct PreparedCall {
    private let operation: Operation
    private let endpoint: Endpoint
    private let client: AWSClient
    private let invocationID: String
    private let sensitiveValues: [ProtectedBytes]
    private let line: RequestLine
    private let ownHeaders: [HTTPHeader]
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
        body = input.body()
    }

    mutating func wipe() { ProtectedBytes.wipe(&body) }

    /// Signs and sends once.
    func attempt<Input: AWSOperation>(
        number: Int, _ input: Input.Type
    ) async -> Attempt<Input.Output> {
        let request: HTTPRequest
        do {
            request = try await signed(number: number)
        } catch {
            return Attempt(event: .refused, result: .failure(error))
        }
        let start = client.time.monotonicNanoseconds()
        let answer: Result<HTTPResponse, HTTPError>
        do {
            answer = .success(try await client.transport.send(request))
        } catch {
            answer = .failure(error)
        }
        let attempt: Attempt<Input.Output> =
            switch answer {
            case .success(let response): read(response, to: request, input)
            case .failure(let error): explain(error)
            }
        observe(answer, attempt, number: number, since: start)
        return attempt
    }

    private func signed(number: Int) async throws(AWSError) -> HTTPRequest {
        var headers = [HTTPHeader("Host", endpoint.address.authority)] + formHeaders
        if operation.isSigned {
            let credentials: Credentials
            do {
                credentials = try await client.credentials.credentials()
            } catch {
                throw AWSError(error, operation: operation)
            }
            let signer = SigV4(region: endpoint.signingRegion, service: operation.service.prefix)
            headers += signer.sign(
                SignableRequest(
                    method: line.method, target: line.target,
                    headers: headers.map { (name: $0.name, value: $0.value) }, body: body),
                with: credentials.signing,
                at: SigningDate(secondsSince1970: Int(client.time.secondsSince1970()))
            ).map { HTTPHeader($0.name, $0.value) }
        }
        // Not signed: proxies may drop or change them.
        headers += [
            HTTPHeader("User-Agent", client.settings.userAgent),
            HTTPHeader("amz-sdk-invocation-id", invocationID),
            HTTPHeader(
                "amz-sdk-request", "attempt=\(number); max=\(client.settings.maximumAttempts)"),
        ]
        return HTTPRequest(
            method: line.method, scheme: endpoint.address.scheme, host: endpoint.address.host,
            port: endpoint.address.port, target: line.target, headers: headers + ownHeaders,
            body: body, freshConnection: !operation.isIdempotent)
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
        _ answer: Result<HTTPResponse, HTTPError>, _ attempt: Attempt<Output>, number: Int,
        since start: UInt64
    ) {
        let response = try? answer.get()
        let isSandbox = response?.header("x-gaara-sandbox") != nil
        if isSandbox { client.state.withLock { $0.sawSandbox = true } }
        guard let observer = client.observer else { return }
        let end = client.time.monotonicNanoseconds()
        var fault: String?
        var requestID = response.flatMap(ErrorBody.requestIDHeader)
        if case .failure(let error) = attempt.result {
            fault = error.code ?? String(describing: error.kind)
            requestID = error.requestID
        }
        observer(
            WireAttempt(
                operation: operation, number: number, status: response?.status, fault: fault,
                requestID: requestID, milliseconds: Int((end - min(start, end)) / 1_000_000),
                isSandbox: isSandbox))
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

extension PreparedCall {
    private func read<Input: AWSOperation>(
        _ response: HTTPResponse, to request: HTTPRequest, _ input: Input.Type
    ) -> Attempt<Input.Output> {
        let host = endpoint.isCustom ? endpoint.address.authority : nil
        let requestID = ErrorBody.requestIDHeader(response)
        if response.status == 200 {
            do {
                return Attempt(
                    event: .succeeded, result: .success(try Input.output(from: response.body)),
                    requestID: requestID)
            } catch {
                // The service has executed something; trying again is not for us to decide.
                let fault = AWSError(
                    .malformedAnswer, error.reason, operation: operation, status: 200,
                    requestID: requestID, isAmbiguous: true, host: host)
                return Attempt(event: .refused, result: .failure(fault))
            }
        }
        guard response.status >= 400 else {
            let fault = AWSError(
                .malformedAnswer,
                "the endpoint answers with a redirect or another status that AWS never sends",
                operation: operation, status: response.status, requestID: requestID, host: host)
            return Attempt(event: .refused, result: .failure(fault))
        }
        let token = request.headers.first { $0.name.lowercased() == "x-amz-security-token" }
        let secrets = sensitiveValues + (token.map { [ProtectedBytes(Array($0.value.utf8))] } ?? [])
        let body = ErrorBody(response, form: operation.service.form)
        var error = AWSError(
            body.withoutMessage(ifItRepeats: secrets), status: response.status,
            operation: operation)
        error.host = host
        let hint = response.header("x-amz-retry-after").flatMap { Int($0) }.flatMap {
            $0 < 0 ? nil : $0
        }
        return Attempt(
            event: event(of: error, status: response.status, hint: hint), result: .failure(error))
    }

    private func event(of error: AWSError, status: Int, hint: Int?) -> RetryPolicy.Event {
        if error.kind == .throttled { return .throttled(retryAfterMilliseconds: hint) }
        let transientCodes: Set<String?> = [
            "RequestTimeout", "RequestTimeoutException", "IDPCommunicationError",
        ]
        if [500, 502, 503, 504].contains(status) || transientCodes.contains(error.code) {
            return .lost(retryAfterMilliseconds: hint)
        }
        return .refused
    }

    private func explain<Output>(_ error: HTTPError) -> Attempt<Output> {
        let (kind, event, isAmbiguous): (AWSError.Kind, RetryPolicy.Event, Bool) =
            switch error.code {
            case .notSent: (.notSent, .notSent, false)
            // botocore tries every TLS error again; a certificate does not get better by that.
            case .untrusted: (.untrusted, .refused, false)
            case .ambiguous: (.ambiguous, .lost(retryAfterMilliseconds: nil), true)
            case .unusableAnswer: (.malformedAnswer, .refused, true)
            case .invalidRequest: (.invalidRequest, .refused, false)
            case .cancelled: (.cancelled, .refused, true)
            }
        let fault = AWSError(
            kind, error.reason, operation: operation, isAmbiguous: isAmbiguous,
            host: endpoint.isCustom ? endpoint.address.authority : nil)
        return Attempt(event: event, result: .failure(fault))
    }
}

extension AWSError {
    /// What having no credentials means for a call.
    init(_ error: CredentialError, operation: Operation) {
        let message =
            switch error {
            case .absent(let places):
                "no credentials were found; looked at " + places.joined(separator: "; ")
            case .unusable(let reason): reason
            }
        self.init(.credentials, message, operation: operation)
    }
}
