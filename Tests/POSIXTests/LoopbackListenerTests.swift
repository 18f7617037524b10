import Glibc
import POSIX
import Testing

/// The listener as a plain socket sees it; HTTPTests use it through libcurl.
@Suite struct LoopbackListenerTests {
    /// Sends the text as it is and gives all that comes back until the connection ends.
    ///
    /// On a thread of its own: the handler runs in Swift's pool, which has as many threads as the
    /// machine has cores, and who blocks one of them may wait for an answer that nobody can give.
    private func exchange(_ listener: LoopbackListener, _ text: String) async throws -> String {
        let script = "exec 3<>/dev/tcp/127.0.0.1/\(listener.port); cat >&3; cat <&3"
        let child = ChildProcess(
            ["bash", "-c", script], environment: ["PATH": "/usr/bin:/bin"], input: Array(text.utf8),
            timeLimit: 20_000)
        let output = try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<[UInt8], any Error>) in
            Thread.start { continuation.resume(with: Result { try child.run().output }) }
        }
        return String(decoding: output, as: UTF8.self)
    }

    @Test("requests on one connection are answered in order, until one says close")
    func keepAlive() async throws {
        let listener = try LoopbackListener { request in
            .response(
                status: 200,
                "\(request.method) \(request.target) \(request.header("HOST") ?? "") "
                    + String(decoding: request.body, as: UTF8.self))
        }
        let answer = try await exchange(
            listener,
            "POST /a?b HTTP/1.1\r\nHost: one\r\nContent-Length: 4\r\n\r\nbody"
                + "GET /c HTTP/1.1\r\nHost:two \r\nConnection: close\r\n\r\n")
        #expect(
            answer == "HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\nPOST /a?b one body"
                + "HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\nGET /c two ")
        #expect(listener.connectionCount == 1)
    }

    @Test(
        "what is not HTTP/1 is refused",
        arguments: [
            ("GET / HTTP/2\r\n\r\n", 400), ("GET /\r\n\r\n", 400), ("GET x HTTP/1.1\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nBad Name: x\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\n folded\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nX: a\u{1}b\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nContent-Length: +1\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
            ("POST / HTTP/1.1\r\nContent-Length: 101\r\n\r\n", 413),
            ("GET / HTTP/1.1\r\nX: \(String(repeating: "x", count: 1_000))\r\n\r\n", 431),
        ])
    func refused(_ text: String, _ status: Int) async throws {
        var limits = LoopbackListener.Limits()
        (limits.head, limits.body) = (500, 100)
        let listener = try LoopbackListener(limits: limits) { _ in .response(status: 200, "") }
        #expect(try await exchange(listener, text).hasPrefix("HTTP/1.1 \(status) "))
    }

    @Test("a closed listener takes no connection and ends those that stand")
    func close() async throws {
        let listener = try LoopbackListener { _ in .raw([.stall]) }
        let client = try RunningProcess(
            ChildProcess(
                [
                    "bash", "-c",
                    "exec 3<>/dev/tcp/127.0.0.1/\(listener.port); echo >&3; exec cat <&3",
                ], environment: ["PATH": "/usr/bin:/bin"]))
        while listener.connectionCount == 0 && client.outcome == nil { sched_yield() }
        listener.close()
        #expect(client.wait() == .exited(0))
        #expect(try await exchange(listener, "GET / HTTP/1.1\r\n\r\n") == "")
        #expect(listener.connectionCount == 1)
    }

    @Test("it listens on 127.0.0.1 and nowhere else")
    func loopbackOnly() throws {
        let listener = try LoopbackListener { _ in .response(status: 200, "") }
        // Column 2 of /proc/net/tcp is the local address; state 0A is LISTEN.
        let port = String(listener.port, radix: 16, uppercase: true)
        let ending = ":" + String(repeating: "0", count: 4 - port.count) + port
        var addresses: [Substring] = []
        for table in ["/proc/self/net/tcp", "/proc/self/net/tcp6"] where File.exists(table) {
            let text = String(decoding: try File.read(table, maximumBytes: 16 << 20), as: UTF8.self)
            for line in text.split(separator: "\n") {
                let words: [Substring] = line.split(separator: " ")
                guard words.count > 3, words[3] == "0A", words[1].hasSuffix(ending) else {
                    continue
                }
                addresses.append(words[1])
            }
        }
        #expect(addresses == ["0100007F\(ending)"])
    }

    @Test("a port in use is an error")
    func portInUse() throws {
        let listener = try LoopbackListener { _ in .response(status: 200, "") }
        let code = refusal {
            try LoopbackListener(port: listener.port) { _ in .response(status: 200, "") }
        }
        #expect(code == .system(EADDRINUSE))
    }
}
