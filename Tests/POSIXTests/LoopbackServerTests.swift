import Glibc
import POSIX
import Synchronization
import Testing

@Suite struct LoopbackServerTests {
    /// Says every line back; `bye` ends it, `big` is answered with more than a socket holds.
    private struct Echo: Conversation {
        private var line: [UInt8] = []
        private var count = 0
        private var isOver = false

        var progress: ConversationProgress {
            isOver ? .over : line.isEmpty ? .idle : .receiving(count)
        }

        mutating func receive(_ bytes: ArraySlice<UInt8>, sending output: inout [UInt8]) {
            for byte in bytes where !isOver {
                line.append(byte)
                guard byte == UInt8(ascii: "\n") else { continue }
                count += 1
                output += line
                if line == Array("big\n".utf8) {
                    output += [UInt8](repeating: UInt8(ascii: "x"), count: 20 << 20)
                }
                isOver = line == Array("bye\n".utf8)
                line = []
            }
        }
    }

    private struct Broken: Error {}

    /// Runs `body` beside a server, and stops it.
    private func with(
        limits: LoopbackServer.Limits = .init(),
        settle: @escaping @Sendable (Bool) throws(Broken) -> Void = { _ in },
        _ body: @escaping @Sendable (LoopbackServer) throws -> Void
    ) async throws {
        let server = try LoopbackServer(limits: limits)
        async let served: Void = try Thread.value(for: "serve") {
            try? server.run(begin: { Echo() }, settle: settle)
        }
        let result = try await Thread.value(for: "ask") { Result { try body(server) } }
        server.stop()
        try await served
        try result.get()
    }

    /// What comes back for a text until the connection ends.
    private static func exchange(
        _ server: LoopbackServer, _ script: String
    ) throws -> ChildProcess.Outcome {
        try ChildProcess(
            ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/\(server.port); \(script)"],
            environment: ["PATH": "/usr/bin:/bin"], maximumOutput: 64 << 20, timeLimit: 20_000
        ).run()
    }

    @Test("what is said in pieces is answered in order, and the server ends the connection")
    func order() async throws {
        try await with { server in
            let outcome = try Self.exchange(
                server, "printf 'on' >&3; printf 'e\\ntwo\\nby' >&3; printf 'e\\nlost' >&3; cat <&3"
            )
            #expect(String(decoding: outcome.output, as: UTF8.self) == "one\ntwo\nbye\n")
        }
    }

    @Test("an answer larger than a socket's buffer arrives whole")
    func large() async throws {
        try await with { server in
            let outcome = try Self.exchange(server, "printf 'big\\nbye\\n' >&3; sleep 0.1; cat <&3")
            #expect(outcome.output.count == 8 + 20 << 20)
        }
    }

    @Test(
        "nothing leaves before it is settled, and of a round that cannot be nothing leaves at all")
    func settled() async throws {
        let rounds = Mutex(0)
        try await with(settle: { isQuiet throws(Broken) in
            guard !isQuiet else { return }
            let count = rounds.withLock { rounds in
                rounds += 1
                return rounds
            }
            if count == 2 { throw Broken() }
        }) { server in
            let outcome = try Self.exchange(
                server,
                "printf 'one\\n' >&3; read -r line <&3; echo $line; printf 'two\\n' >&3; cat <&3")
            #expect(String(decoding: outcome.output, as: UTF8.self) == "one\n")
        }
        #expect(rounds.withLock { $0 } == 2)
    }

    @Test("a message that does not end, and a connection that says nothing, are ended")
    func slow() async throws {
        var limits = LoopbackServer.Limits()
        limits.messageSeconds = 1
        limits.idleSeconds = 1
        try await with(limits: limits) { server in
            // The drops come often enough for every other limit than that of the whole message.
            let drops = "for i in 1 2 3 4 5 6 7 8 9; do printf x >&3 || exit; sleep 0.4; done"
            let began = SystemTime().monotonicNanoseconds()
            let slow = try Self.exchange(server, "trap '' PIPE; (\(drops)) 2>/dev/null & cat <&3")
            #expect(slow.output.isEmpty)
            let silent = try Self.exchange(server, "cat <&3")
            #expect(silent.output.isEmpty)
            #expect(SystemTime().monotonicNanoseconds() - began < 18_000_000_000)
        }
    }

    @Test("more connections than are allowed wait for their turn")
    func full() async throws {
        var limits = LoopbackServer.Limits()
        limits.connections = 2
        try await with(limits: limits) { server in
            let one = "(exec 4<>/dev/tcp/127.0.0.1/\(server.port); printf 'bye\\n' >&4; cat <&4)"
            let outcome = try Self.exchange(
                server,
                (1...20).map { _ in "\(one) & " }.joined() + "printf 'bye\\n' >&3; cat <&3; wait")
            #expect(
                String(decoding: outcome.output, as: UTF8.self)
                    == String(repeating: "bye\n", count: 21))
        }
    }

    @Test("a port that is taken is refused")
    func taken() throws {
        let server = try LoopbackServer()
        #expect(refusal { try LoopbackServer(port: server.port) } == .system(EADDRINUSE))
    }
}
