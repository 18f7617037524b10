import POSIX
import Testing

@Suite struct MalformedAnswerTests {
    /// Something that no AWS service answers.
    struct Malformed: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let answer: @Sendable (String) -> LoopbackListener.Answer

        init(
            _ description: String, _ answer: @escaping @Sendable (String) -> LoopbackListener.Answer
        ) {
            testDescription = description
            self.answer = answer
        }
    }

    private static func json(_ text: String) -> LoopbackListener.Answer {
        .response(
            status: 200, headers: [.init("Content-Type", "application/x-amz-json-1.1")],
            body: Array(text.utf8))
    }

    static let all = [
        Malformed("bytes that are no HTTP") { _ in
            .raw([.send([0x16, 0x03, 0x01, 0x00, 0xFF, 0x0A]), .close])
        },
        Malformed("an HTML page with status 200") { _ in
            .response(
                status: 200, headers: [.init("Content-Type", "text/html")],
                body: Array("<html><body>Please log in</body></html>".utf8))
        },
        Malformed("JSON that ends in the middle") { _ in json(#"{"SecretList": [{"Name": "shop/"#)
        },
        Malformed("JSON of another shape") { _ in json(#"{"SecretList": {"Name": 7}}"#) },
        Malformed("a JSON text that is no object") { _ in json("[[[[1]]]]") },
        Malformed("JSON nested ten thousand deep") { _ in
            json(String(repeating: "[", count: 10_000))
        },
        Malformed("bytes that are no UTF-8") { _ in
            .response(status: 200, headers: [], body: [0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x7D])
        },
        Malformed("an empty answer") { _ in json("") },
        Malformed("a redirect") { _ in
            .response(
                status: 302, headers: [.init("Location", "http://127.0.0.1:9/elsewhere")], body: [])
        },
        Malformed("a body that is shorter than it says") { _ in
            .raw([.send("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"Sec"), .close])
        },
        Malformed("a body without an end") { _ in
            let chunk = [UInt8](repeating: 0x20, count: 1 << 20)
            return .raw(
                [.send("HTTP/1.1 200 OK\r\n\r\n")] + (0..<64).map { _ in .send(chunk) } + [.close])
        },
        Malformed("a status that HTTP has not") { _ in .response(status: 799, "{}") },
        Malformed("an error page with a terminal's control characters") { _ in
            .response(
                status: 400,
                headers: [.init("Content-Type", "application/x-amz-json-1.1")],
                body: Array(#"{"__type":"X\u001b[2J","message":"\u001b]0;title\u0007"}"#.utf8))
        },
    ]

    @Test(
        "an answer that is not AWS's is one error that names the call, and no crash",
        arguments: all)
    func malformed(_ malformed: Malformed) async throws {
        try await Scene.with(prepared: false) { scene in
            for operation in ["GetCallerIdentity", "ListSecrets", "ListPolicies"] {
                let proxy = try Proxy(to: scene.moto) { asked, _ in
                    asked == operation ? malformed.answer(asked) : nil
                }
                let run = try await scene.apply(at: proxy.url)
                #expect(run.ending == .exited(1), "\(operation): \(run.errors)")
                #expect(run.output.isEmpty)
                #expect(run.errors(beginning: "error: ").count == 1, "\(run.errors)")
                #expect(run.errors.contains(operation), "\(run.errors)")
                #expect(run.errors.utf8.count < 2_000)
                #expect(!run.errors.utf8.contains(0x1B))
                #expect(!run.errors.contains("Please log in"), "no body in any message")
                #expect(proxy.operations.contains(operation))
                #expect(proxy.writes == [])
            }
        }
    }

    @Test("a call that may have been executed is looked at, and not sent twice")
    func lostAnswer() async throws {
        try await Scene.with { scene in
            let proxy = try Proxy(to: scene.moto) { operation, _ in
                operation == "CreatePolicy" ? .raw([.reset]) : nil
            }
            let run = try await scene.apply(at: proxy.url)
            #expect(run.code == 1)
            #expect(run.output.contains("Apply stopped: "))
            #expect(proxy.operations.filter { $0 == "CreatePolicy" }.count == 1)
            let next = try await scene.apply()
            #expect(next.code == 0, "\(next.errors)")
            #expect(try await scene.plan("--detailed-exitcode").code == 0)
        }
    }
}
