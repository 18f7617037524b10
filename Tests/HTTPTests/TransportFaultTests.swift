import POSIX
import Testing

@testable import HTTP

/// What the transport makes of each fault, row by row of what libcurl 7.88.1 was seen to report.
@Suite struct TransportFaultTests {
    private static let head = "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n"
    private static let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let steps: [LoopbackListener.Step]
        let code: HTTPError.Code

        init(
            _ name: String, _ steps: [LoopbackListener.Step], _ code: HTTPError.Code = .ambiguous
        ) {
            testDescription = name
            self.steps = steps
            self.code = code
        }
    }

    @Test(
        "an exchange that breaks off is never an answer",
        arguments: [
            Fault("reset before or after the call was executed", [.reset]),
            Fault("closed without an answer", [.close]),
            Fault("closed within the head", [.send("HTTP/1.1 200 OK\r\nContent-Le"), .close]),
            Fault("body cut", [.send(head + "{\"a\":"), .close]),
            Fault("chunked without its end", [.send(chunked + "5\r\n{\"a\":\r\n"), .close]),
            Fault("reset in the middle of the body", [.send(head + "{\"a\":"), .reset]),
            Fault(
                "garbage", [.send([0, 1, 2, 255, 254, 13, 10, 13, 10]), .close], .unusableAnswer),
            Fault("an HTTP/0.9 answer", [.send("<html>hello</html>"), .close], .unusableAnswer),
            Fault(
                "endless headers",
                [.send("HTTP/1.1 200 OK\r\n")]
                    + Array(
                        repeating: .send("X: " + String(repeating: "x", count: 8_000) + "\r\n"),
                        count: 12), .unusableAnswer),
            Fault(
                "a header that has no end",
                [.send("HTTP/1.1 200 OK\r\nX: ")]
                    + Array(repeating: .send(String(repeating: "x", count: 8_000)), count: 40)),
            Fault(
                "endless interim answers",
                Array(
                    repeating: .send(
                        String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 400)),
                    count: 12), .unusableAnswer),
            Fault(
                "endless trailers",
                [.send(chunked + "2\r\n{}\r\n0\r\n")]
                    + Array(
                        repeating: .send("X: " + String(repeating: "x", count: 8_000) + "\r\n"),
                        count: 12)),
            Fault(
                "a body that has no end",
                [.send(chunked)]
                    + Array(
                        repeating: .send(
                            "1f40\r\n" + String(repeating: "x", count: 8_000) + "\r\n"),
                        count: 400), .unusableAnswer),
            Fault(
                "a body that has no end and no length",
                [.send("HTTP/1.1 200 OK\r\n\r\n")]
                    + Array(repeating: .send(String(repeating: "x", count: 8_000)), count: 400),
                .unusableAnswer),
        ])
    func broken(_ fault: Fault) async throws {
        let listener = try LoopbackListener { _ in .raw(fault.steps) }
        let error = await CurlTransport().refusal(try WireRequest(.to(listener)))
        #expect(error?.code == fault.code)
        #expect(error?.isTimeout == false)
    }

    @Test(
        "an exchange that takes too long may have been executed",
        arguments: [
            Fault("stalled", [.stall]),
            Fault("stalled within the body", [.send(head + "{\"a\":"), .stall]),
            Fault(
                "a Content-Length that is too long",
                [.send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}"), .stall]),
            Fault(
                "a byte at a time",
                [.send(head)]
                    + Array(repeating: [.send("x"), .pause(milliseconds: 100)], count: 200)
                    .flatMap { $0 }),
            Fault(
                "a byte of the head at a time",
                [.send("HTTP/1.1 200 OK\r\nX: ")]
                    + Array(repeating: [.send("x"), .pause(milliseconds: 100)], count: 200)
                    .flatMap { $0 }),
        ])
    func slow(_ fault: Fault) async throws {
        let listener = try LoopbackListener { _ in .raw(fault.steps) }
        let request = try WireRequest(.to(listener, totalMilliseconds: 400))
        var error: HTTPError?
        let took = await ContinuousClock().measure {
            error = await CurlTransport().refusal(request)
        }
        #expect(error?.code == .ambiguous)
        #expect(error?.isTimeout == true)
        // Twenty times what was allowed, for a machine that is busy; a drip takes twenty seconds.
        #expect(took < .seconds(8))
    }

    @Test(
        "a complete answer is handed on as it is, however wrong its content",
        arguments: [
            "{\"cut\": \"with a match", "\u{1}\u{2}random", "", "<html>200</html>",
            "\u{1F}\u{8B}compressed",
        ])
    func complete(_ body: String) async throws {
        let listener = try LoopbackListener { _ in
            .response(
                status: 200, headers: [.init("Content-Encoding", "gzip")], body: Array(body.utf8))
        }
        let response = try await CurlTransport().send(.to(listener))
        #expect(response.status == 200)
        #expect(response.body == Array(body.utf8))
    }

    @Test("a Content-Length that is too short cuts the body there")
    func shortLength() async throws {
        let listener = try LoopbackListener { _ in
            .raw([.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}garbage"), .close])
        }
        let response = try await CurlTransport().send(.to(listener))
        #expect(response.body == Array("{}".utf8))
    }

    @Test("a redirect is an answer and is not followed", arguments: [301, 302, 303, 307, 308])
    func redirect(_ status: Int) async throws {
        let target = try LoopbackListener { _ in .response(status: 200, "stolen") }
        let listener = try LoopbackListener { _ in
            .response(status: status, headers: [.init("Location", target.url + "/")], body: [])
        }
        let response = try await CurlTransport().send(.to(listener))
        #expect(response.status == status)
        #expect(response.header("location") == target.url + "/")
        #expect(target.connectionCount == 0)
    }

    @Test("a body over its limit is refused, announced or not", arguments: [true, false])
    func bodyLimit(isAnnounced: Bool) async throws {
        let body = String(repeating: "x", count: 2_001)
        let listener = try LoopbackListener { _ in
            isAnnounced
                ? .response(status: 200, body)
                : .raw([.send(Self.chunked + "7d1\r\n" + body + "\r\n0\r\n\r\n")])
        }
        let transport = CurlTransport()
        #expect(await transport.failure(.to(listener, maximumBody: 2_000)) == .unusableAnswer)
        let response = try await transport.send(.to(listener, maximumBody: 2_001))
        #expect(response.body.count == 2_001)
    }

    @Test("a refused connection was not sent")
    func refused() async throws {
        let port = try LoopbackListener.freePort()
        let request = HTTPRequest(method: "GET", scheme: .http, host: "127.0.0.1", port: port)
        await #expect(
            throws: HTTPError(
                .notSent, "127.0.0.1: nothing accepts connections at http://127.0.0.1:\(port)/")
        ) { try await CurlTransport().send(request) }
    }

    @Test("a TLS handshake that stalls or gets nonsense was not sent", arguments: [true, false])
    func brokenHandshake(isStalled: Bool) async throws {
        // A ClientHello holds no end of a head, so the listener waits; or refuses what is too long.
        var limits = LoopbackListener.Limits()
        if !isStalled { limits.head = 16 }
        let listener = try LoopbackListener(limits: limits) { _ in .response(status: 200, "") }
        let request = HTTPRequest(
            method: "GET", scheme: .https, host: "127.0.0.1", port: listener.port,
            limits: .init(connectMilliseconds: 400, totalMilliseconds: 20_000))
        let error = await CurlTransport().refusal(try WireRequest(request))
        #expect(error?.code == .notSent)
        #expect(error?.isTimeout == isStalled)
    }

    @Test("a failed second connection does not hide that the first one took the request")
    func replayThatCannotConnect() async throws {
        let holder = ListenerHolder()
        let listener = try LoopbackListener { request in
            if request.target == "/first" { return .response(status: 200, "{}") }
            holder.close()
            return .raw([.close])
        }
        holder.hold(listener)
        let transport = CurlTransport()
        _ = try await transport.send(.to(listener, target: "/first"))
        // libcurl answers the lost connection with a new one, which is refused: code 7.
        #expect(await transport.failure(.to(listener, target: "/second")) == .ambiguous)
    }
}
