import AWS
import HTTP
import POSIX
import Testing

@testable import AWSSandbox

@Suite struct RequestConversationTests {
    /// What goes back for a text that arrives at once.
    private func answer(_ text: String) -> (output: String, progress: ConversationProgress) {
        var talk = RequestConversation(now: { 784_111_777 }) { request in
            request.target == "/none"
                ? nil : HTTPResponse(status: 200, body: Array(request.target.utf8))
        }
        var output: [UInt8] = []
        talk.receive(Array(text.utf8)[...], sending: &output)
        return (String(decoding: output, as: UTF8.self), talk.progress)
    }

    // The date is RFC 9110's own example.
    private static let date = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"

    @Test("pipelined requests are answered in order, until one says close")
    func order() {
        let (output, progress) = answer(
            "GET /a HTTP/1.1\r\nHost: x\r\n\r\nHEAD /b HTTP/1.1\r\nHost: x\r\n\r\n"
                + "GET /cc HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                + "GET /d HTTP/1.1\r\nHost: x\r\n\r\n")
        let start = "HTTP/1.1 200 OK\r\nContent-Length: "
        #expect(
            output == "\(start)2\r\n\(Self.date)\r\n/a\(start)2\r\n\(Self.date)\r\n"
                + "\(start)3\r\n\(Self.date)Connection: close\r\n\r\n/cc")
        #expect(progress == .over)
    }

    @Test("a bad request is answered once, as the sandbox, and ends the connection")
    func bad() {
        let (output, progress) = answer("nonsense\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(
            output == "HTTP/1.1 400 Bad Request\r\nx-gaara-sandbox: 1\r\nContent-Length: 0\r\n"
                + "\(Self.date)Connection: close\r\n\r\n")
        #expect(progress == .over)
    }

    @Test("HTTP/1.0 ends after its answer unless it asks to stay")
    func old() {
        #expect(answer("GET / HTTP/1.0\r\n\r\n").progress == .over)
        let kept = answer("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(kept.output.contains("\r\nConnection: keep-alive\r\n"))
        #expect(kept.progress == .idle)
    }

    @Test("a connection tells whether a request is under way, and ends where no answer is given")
    func progress() {
        #expect(answer("").progress == .idle)
        #expect(answer("GE").progress == .receiving(1))
        #expect(answer("GET / HTTP/1.1\r\nHost: x\r\n\r\n").progress == .idle)
        #expect(answer("GET / HTTP/1.1\r\nHost: x\r\n\r\nG").progress == .receiving(2))
        #expect(answer("GET /none HTTP/1.1\r\nHost: x\r\n\r\n") == ("", .over))
    }

    @Test("dates are those that HTTP's own reader reads", arguments: 0...400)
    func dates(step: Int) {
        // Every 100 days and some seconds from 1970 on: leap years and their turns.
        let seconds = step * (100 * 86_400 + 12_345)
        #expect(HTTPDate.seconds(HTTPTime(seconds).text) == seconds)
    }
}
