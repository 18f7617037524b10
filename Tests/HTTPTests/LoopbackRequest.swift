import POSIX

@testable import HTTP

extension HTTPRequest {
    /// A request to a listener of this test, with limits that suit a machine that is busy.
    static func to(
        _ listener: LoopbackListener, method: String = "POST", target: String = "/",
        headers: [HTTPHeader] = [], body: String = "{}", totalMilliseconds: Int = 20_000,
        maximumBody: Int = 1 << 20, freshConnection: Bool = false
    ) -> HTTPRequest {
        HTTPRequest(
            method: method, scheme: .http, host: "127.0.0.1", port: listener.port, target: target,
            headers: headers, body: Array(body.utf8),
            limits: .init(
                connectMilliseconds: 10_000, totalMilliseconds: totalMilliseconds,
                maximumBody: maximumBody),
            freshConnection: freshConnection)
    }
}

extension CurlTransport {
    /// The code of the failure; `nil` when there was an answer.
    func failure(_ request: HTTPRequest) async -> HTTPError.Code? {
        do throws(HTTPError) {
            return await refusal(try WireRequest(request))?.code
        } catch {
            return error.code
        }
    }

    /// The failure; `nil` when there was an answer.
    func refusal(_ request: WireRequest) async -> HTTPError? {
        do throws(HTTPError) {
            _ = try await send(request)
            return nil
        } catch {
            return error
        }
    }
}
