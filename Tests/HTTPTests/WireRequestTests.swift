import POSIX
import Synchronization
import Testing

@testable import HTTP

@Suite struct WireRequestTests {
    @Test("a request goes on the wire as it was signed, with nothing added")
    func verbatim() async throws {
        let received = Mutex<LoopbackListener.Request?>(nil)
        let listener = try LoopbackListener { request in
            received.withLock { $0 = request }
            return .response(status: 200, "{}")
        }
        let headers = [
            HTTPHeader("Host", "kms.us-east-1.amazonaws.com"), HTTPHeader("X-Amz-Target", "A.B"),
            HTTPHeader("X-Empty", ""), HTTPHeader("Content-Type", "application/x-amz-json-1.1"),
        ]
        let target = "/a/../b//%2f%20/./?x=%7e&y=a+b&z"
        _ = try await CurlTransport().send(.to(listener, target: target, headers: headers))
        let request = try #require(received.withLock { $0 })
        #expect(request.method == "POST")
        #expect(request.target == target)
        let expected = headers.map { LoopbackListener.Header($0.name, $0.value) }
        #expect(Set(request.headers) == Set(expected + [.init("Content-Length", "2")]))
        #expect(request.headers.count == 5)
        #expect(request.body == Array("{}".utf8))
    }

    @Test(
        "each method carries its body",
        arguments: [
            ("GET", ""), ("POST", ""), ("POST", "x"), ("PUT", "x"), ("DELETE", ""), ("PATCH", "x"),
            ("HEAD", ""),
        ])
    func methods(_ method: String, _ body: String) async throws {
        let received = Mutex<LoopbackListener.Request?>(nil)
        let listener = try LoopbackListener { request in
            received.withLock { $0 = request }
            return .response(status: 200, "{}")
        }
        let response = try await CurlTransport().send(.to(listener, method: method, body: body))
        let request = try #require(received.withLock { $0 })
        #expect(request.method == method)
        #expect(request.body == Array(body.utf8))
        #expect(response.body == (method == "HEAD" ? [] : Array("{}".utf8)))
    }

    @Test("a large body arrives whole, without waiting for 100-continue")
    func largeBody() async throws {
        let body = String(repeating: "0123456789", count: 200_000)
        let listener = try LoopbackListener { request in
            .response(
                status: 200, "\(request.body.count) \(request.header("expect") ?? "no Expect")")
        }
        let response = try await CurlTransport().send(.to(listener, body: body))
        #expect(String(decoding: response.body, as: UTF8.self) == "2000000 no Expect")
    }

    @Test(
        "a line break, NUL or other control character is refused before sending",
        arguments: ["a\r\nX-Injected: 1", "a\n", "a\r", "a\0b", "\u{1B}[2J", "\u{7F}"])
    func controls(_ text: String) {
        for request in [
            Self.request(headers: [HTTPHeader("X-Test", text)]),
            Self.request(headers: [HTTPHeader("X-" + text, "1")]),
            Self.request(target: "/" + text), Self.request(host: "host" + text),
            Self.request(method: "GET" + text),
        ] {
            #expect(Self.code(request) == .invalidRequest)
        }
    }

    @Test(
        "a host cannot smuggle another host, a user or a path",
        arguments: [
            "", "evil.example/", "evil.example#", "user@evil.example", "evil.example?x", "a b",
            "[::1]", "a:b:g", "host%00",
        ])
    func hosts(_ host: String) {
        #expect(Self.code(Self.request(host: host)) == .invalidRequest)
    }

    @Test(
        "a target begins with a slash and has no fragment, space or raw non-ASCII",
        arguments: ["", "x", "http://evil.example/", "/a#b", "/a b", "/\u{E9}"])
    func targets(_ target: String) {
        #expect(Self.code(Self.request(target: target)) == .invalidRequest)
    }

    @Test("the transport's own headers are refused unless they say the truth")
    func ownHeaders() {
        for (name, value) in [
            ("Content-Length", "1"), ("Connection", "close"), ("Transfer-Encoding", "chunked"),
        ] {
            #expect(
                Self.code(Self.request(headers: [HTTPHeader(name, value)])) == .invalidRequest)
        }
        #expect(Self.code(Self.request(headers: [HTTPHeader("content-length", "0")])) == nil)
    }

    @Test("an IPv6 address is put in brackets")
    func brackets() throws {
        #expect(
            try WireRequest(Self.request(host: "fd00:ec2::254")).url == "http://[fd00:ec2::254]/")
    }

    @Test("loopback and metadata addresses are reached without a proxy, all others through it")
    func proxies() throws {
        for host in [
            "127.0.0.1", "127.9.9.9", "localhost", "::1", "169.254.169.254", "fd00:ec2::254",
            "FD00:EC2:0::254", "169.254.170.2", "169.254.170.23", "fd00:ec2::23",
        ] {
            #expect(try WireRequest(Self.request(host: host)).bypassesProxy)
        }
        for host in ["kms.us-east-1.amazonaws.com", "127.0.0.1.example", "10.0.0.1", "fd00:ec2::2"]
        {
            #expect(try !WireRequest(Self.request(host: host)).bypassesProxy)
        }
    }

    @Test("a refusal does not repeat the value")
    func silence() {
        do throws(HTTPError) {
            _ = try WireRequest(Self.request(headers: [HTTPHeader("X-Token", "canary\n")]))
            Issue.record("accepted")
        } catch {
            #expect(!error.reason.contains("canary"))
            #expect(error.reason.contains("X-Token"))
        }
    }

    private static func request(
        method: String = "GET", host: String = "localhost", target: String = "/",
        headers: [HTTPHeader] = []
    ) -> HTTPRequest {
        HTTPRequest(method: method, scheme: .http, host: host, target: target, headers: headers)
    }

    private static func code(_ request: HTTPRequest) -> HTTPError.Code? {
        do throws(HTTPError) {
            _ = try WireRequest(request)
            return nil
        } catch {
            return error.code
        }
    }
}
