internal import HTTP
internal import POSIX
internal import Synchronization

extension AWSClient {
    /// What came of knocking at an endpoint.
    package struct Reach: Sendable {
        /// Why there is no answer; `nil` where there is one, whatever it says.
        package let error: AWSError?
        /// By the answer's date.
        package let clock: ClockOffset?
    }

    /// Whether a service's endpoint answers at all.
    ///
    /// One `GET /` without signature, so that it needs neither credentials nor a permission and
    /// asks for nothing: a refusal is an answer, and has a date. It is not tried again.
    package func reach(_ service: ServiceID) async -> Reach {
        let address = settings.endpoint(for: service).address
        let request = HTTPRequest(
            method: "GET", scheme: address.scheme, host: address.host, port: address.port,
            headers: [
                HTTPHeader("Host", address.authority), HTTPHeader("User-Agent", settings.userAgent),
            ],
            limits: HTTPRequest.Limits(totalMilliseconds: 10_000))
        do {
            let response = try await transport.send(request)
            let clock = ClockOffset(
                date: response.header("Date"), now: Int(time.secondsSince1970()))
            let isSandbox = response.header("x-gaara-sandbox") != nil
            state.withLock { state in
                if let clock { state.clockOffset = clock }
                if isSandbox { state.sawSandbox = true }
            }
            return Reach(error: nil, clock: clock)
        } catch {
            let fault = AWSError(
                AWSError.Kind(error.code), error.reason, host: address.authority)
            return Reach(error: fault, clock: nil)
        }
    }
}
