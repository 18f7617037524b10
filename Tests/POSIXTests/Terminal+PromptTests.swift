import Glibc
import Synchronization
import Testing

@testable import POSIX

@Suite struct TerminalPromptTests {
    /// A terminal with nobody at it; what is typed is written to `master`.
    private final class PseudoTerminal: Sendable {
        let master: Int32
        let device: String

        init() throws {
            // posix_openpt and unlockpt, as glibc has them (pts(4), ioctl_tty(2)).
            master = try FileDescriptor.open(
                "/dev/ptmx", O_RDWR | O_NOCTTY, for: "open", path: "/dev/ptmx"
            ).released()
            var isLocked: Int32 = 0
            let unlock: UInt = 0x4004_5431  // TIOCSPTLCK
            #expect(unsafe ioctl(master, unlock, &isLocked) == 0)
            // Since Linux 4.14 the number stands in fdinfo (proc(5)).
            let about = String(
                decoding: try File.read("/proc/self/fdinfo/\(master)", maximumBytes: 4_096),
                as: UTF8.self)
            let line = about.split(separator: "\n").first { $0.hasPrefix("tty-index:") }
            device = "/dev/pts/\(line?.split(separator: "\t").last ?? "?")"
        }

        deinit { close(master) }

        func settings() throws -> [Substring] {
            try run("stty", "-F", device, "-a").split(whereSeparator: { " \n;".contains($0) })
        }

        /// Reads a line as a person would answer who waits for the prompt to be ready.
        func answer(
            _ typed: [UInt8], echo: Bool, then: () -> Void = {}
        ) async throws -> Result<[UInt8], POSIXError> {
            let device = device
            let answer = Answer()
            #expect(
                Thread.start {
                    answer.result.withLock { $0 = TerminalPromptTests.readLine(device, echo: echo) }
                })
            // The terminal itself says when it is ready: signals are off.
            while try !settings().contains("-isig") {
                try await SystemTime().sleep(milliseconds: 2)
            }
            #expect(try settings().contains(echo ? "echo" : "-echo"))
            try Output.write(typed, to: master)
            then()
            while true {
                if let done = answer.result.withLock({ $0 }) { return done }
                try await SystemTime().sleep(milliseconds: 2)
            }
        }

        private final class Answer: Sendable {
            let result = Mutex<Result<[UInt8], POSIXError>?>(nil)
        }
    }

    @Test(
        "a line is read, with echo or without, and the terminal is as before",
        arguments: [true, false])
    func line(echo: Bool) async throws {
        let terminal = try PseudoTerminal()
        let before = try terminal.settings()
        let result = try await terminal.answer(Array("a secret\u{E9}\n".utf8), echo: echo)
        #expect(try result.get() == Array("a secret\u{E9}".utf8))
        #expect(try terminal.settings() == before)
        #expect(before.contains("echo") && before.contains("isig"))
    }

    @Test("the interrupt and quit keys end the reading", arguments: [0x03, 0x1C] as [UInt8])
    func interrupt(_ key: UInt8) async throws {
        let terminal = try PseudoTerminal()
        let before = try terminal.settings()
        let result = try await terminal.answer(Array("half".utf8) + [key], echo: false)
        #expect(throws: POSIXError("ask on", "the terminal", .system(EINTR))) { try result.get() }
        #expect(try terminal.settings() == before)
    }

    @Test("a line that ends without its key is no answer")
    func unfinished() async throws {
        let terminal = try PseudoTerminal()
        let result = try await terminal.answer(Array("yes\u{04}".utf8), echo: true)
        #expect(try result.get() == [])
    }

    @Test("a signal from elsewhere ends the reading, and the terminal is as before")
    func signalled() async {
        await #expect(processExitsWith: .exitCode(42)) {
            _ = Signals.terminations()
            let terminal = try PseudoTerminal()
            let before = try terminal.settings()
            let result = try await terminal.answer([], echo: false) { kill(getpid(), SIGTERM) }
            let isInterrupted =
                switch result {
                case .failure(let error): error.number == EINTR
                case .success: false
                }
            exit(try isInterrupted && terminal.settings() == before ? 42 : 1)
        }
    }

    @Test("a signal that ends the process still does, while it asks")
    func ended() async {
        await #expect(processExitsWith: .signal(SIGTERM)) {
            let terminal = try PseudoTerminal()
            _ = try await terminal.answer([], echo: false) { kill(getpid(), SIGTERM) }
        }
    }

    @Test("what is no terminal is refused")
    func noTerminal() {
        let code = refusal {
            try Terminal.readLine(prompt: "? ", echo: false, device: "/dev/null")
        }
        #expect(code == .system(ENOTTY))
    }

    fileprivate static func readLine(_ device: String, echo: Bool) -> Result<[UInt8], POSIXError> {
        Result { () throws(POSIXError) in
            try Terminal.readLine(prompt: "password: ", echo: echo, device: device)
        }
    }
}
