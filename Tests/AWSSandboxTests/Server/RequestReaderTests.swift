import HTTP
import Testing

@testable import AWSSandbox

@Suite struct RequestReaderTests {
    /// What is read of a text that arrives in pieces of that size, in words.
    private func read(
        _ text: String, inPiecesOf size: Int? = nil, limits: RequestReader.Limits = .init()
    ) -> [String] {
        var reader = RequestReader(limits: limits)
        var seen: [String] = []
        let bytes = Array(text.utf8)
        let size = size ?? bytes.count
        for start in stride(from: 0, to: bytes.count, by: max(size, 1)) {
            reader.append(bytes[start..<min(start + size, bytes.count)])
            reading: while true {
                switch reader.next() {
                case .incomplete: break reading
                case .awaitsContinue: seen.append("continue")
                case .refused(let status):
                    seen.append("\(status)")
                    break reading
                case .request(let request, let head):
                    seen.append(
                        "\(request.method) \(request.target) "
                            + String(decoding: request.body, as: UTF8.self)
                            + (head.keepsConnection ? "" : " (last)"))
                }
            }
        }
        return seen
    }

    private static let several =
        "\r\nPOST /a?b HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody"
        + "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "3\r\nabc\r\n0A;name=value\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n"
        + "GET / HTTP/1.0\r\n\r\n"
        + "GET /c HTTP/1.1\r\nhost:\tx \r\nCONNECTION: Keep-Alive, close\r\n\r\n"

    @Test("requests are the same however the bytes are cut", arguments: 1...80)
    func pieces(size: Int) {
        #expect(
            read(Self.several, inPiecesOf: size) == [
                "POST /a?b body", "POST / abc0123456789", "GET /  (last)", "GET /c  (last)",
            ])
    }

    @Test("a client that waits for leave to send is given it once, and no other")
    func continues() {
        let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-Continue\r\n\r\n"
        #expect(read(head + "ab", inPiecesOf: head.utf8.count) == ["continue", "POST / ab"])
        #expect(read(head + "ab") == ["POST / ab"])
        #expect(
            read(head.replacing("1.1", with: "1.0") + "ab", inPiecesOf: head.utf8.count)
                == ["POST / ab (last)"])
        #expect(read(head.replacing("100-Continue", with: "something")) == ["417"])
        #expect(read(head.replacing("2\r\n", with: "2000000\r\n")) == ["413"])
    }

    // RFC 9112 sections 2.2, 3, 5.1, 5.2, 6.1, 6.3 and 7.1: each is refused or could be read in two
    // ways.
    @Test(
        "what is no clean request is refused, and nothing after it is read",
        arguments: [
            ("GET /\r\n\r\n", 400), ("GET  / HTTP/1.1\r\n\r\n", 400),
            ("GET / HTTP/1.1 \r\n\r\n", 400),
            ("GET x HTTP/1.1\r\n\r\n", 400), ("GET http://x/ HTTP/1.1\r\n\r\n", 400),
            ("G=T / HTTP/1.1\r\nHost: x\r\n\r\n", 400), ("GET /\u{E9} HTTP/1.1\r\n\r\n", 400),
            ("GET / HTTP/2.0\r\n\r\n", 505), ("GET / http/1.1\r\n\r\n", 400),
            ("GET / HTTP/1.1\nHost: x\n\n", 400), ("GET / HTTP/1.1\r\nHost: x\r\n\n", 400),
            ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: x\r\nA: b\u{0}\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\na", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n", 413),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n\r\n", 413),
            (
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400
            ),
            ("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
            ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n", 413),
            ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n", 400),
        ])
    func refusals(text: String, status: Int) {
        let next = "GET /next HTTP/1.1\r\nHost: x\r\n\r\n"
        #expect(read(text + next) == ["\(status)"])
        #expect(read(text + next, inPiecesOf: 1) == ["\(status)"])
    }

    @Test("lines, heads, headers and bodies have their limits")
    func limits() {
        var limits = RequestReader.Limits()
        (limits.line, limits.head, limits.headers, limits.body) = (40, 100, 3, 10)
        let start = "GET / HTTP/1.1\r\nHost: x\r\n"
        let long = String(repeating: "a", count: 40)
        #expect(read("GET /\(long)", limits: limits) == ["431"])
        #expect(read(start + "A: \(long)", limits: limits) == ["431"])
        #expect(read(start + "A: b\r\nA: b\r\n\r\n", limits: limits) == ["GET / "])
        #expect(read(start + "A: b\r\nA: b\r\nA: b\r\n\r\n", limits: limits) == ["431"])
        let wide = "A: \(long.prefix(30))\r\n"
        #expect(read(start + wide + wide + wide, limits: limits) == ["431"])
        let chunks = start.replacing("GET", with: "POST") + "Transfer-Encoding: chunked\r\n\r\n"
        #expect(read(chunks + "6\r\nabcdef\r\n5\r\n", limits: limits) == ["413"])
    }
}
