import Glibc
import POSIX
import Testing

@Suite struct RunningProcessTests {
    private func start(_ script: String, log: String? = nil) throws -> RunningProcess {
        try RunningProcess(
            ChildProcess(["sh", "-c", script], environment: ["PATH": "/usr/bin:/bin"]), log: log)
    }

    @Test("a process runs until it is asked to stop")
    func terminate() throws {
        let process = try start("exec sleep 60")
        #expect(process.outcome == nil)
        #expect(process.terminate(patience: 20_000) == .signalled(SIGTERM))
        #expect(process.outcome == .signalled(SIGTERM))
        #expect(process.terminate() == .signalled(SIGTERM))
    }

    @Test("one that does not listen is killed")
    func kill() async throws {
        let folder = try TemporaryFolder()
        let log = folder.file("log")
        let process = try start("trap '' TERM; echo ready; while :; do sleep 60; done", log: log)
        while try File.read(log, maximumBytes: 100).isEmpty {
            try await SystemTime().sleep(milliseconds: 2)
        }
        #expect(process.terminate(patience: 50) == .signalled(SIGKILL))
    }

    @Test("what it started ends with it")
    func group() async throws {
        let folder = try TemporaryFolder()
        let log = folder.file("log")
        var process: RunningProcess? = try start("sleep 60 & echo $!; wait", log: log)
        var text = ""
        while !text.hasSuffix("\n") {
            text = String(decoding: try File.read(log, maximumBytes: 100), as: UTF8.self)
            try await SystemTime().sleep(milliseconds: 2)
        }
        let inner = try #require(Int32(text.dropLast()))
        #expect(process != nil)
        process = nil
        // An orphan stays a zombie until whoever adopts it looks: that is ended as well.
        var isRunning = true
        while isRunning {
            let status = try? File.read("/proc/\(inner)/stat", maximumBytes: 4_096)
            let state = String(decoding: status ?? [], as: UTF8.self).split(separator: " ")
            isRunning = state.count > 2 && state[2] != "Z"
            try await SystemTime().sleep(milliseconds: 2)
        }
        #expect(!isRunning)
    }

    @Test("its output is added to the log, and its end is known")
    func log() throws {
        let folder = try TemporaryFolder()
        let log = folder.file("log")
        #expect(try start("echo one; echo two >&2; exit 3", log: log).wait() == .exited(3))
        #expect(try start("echo three", log: log).wait() == .exited(0))
        #expect(try File.read(log, maximumBytes: 100) == Array("one\ntwo\nthree\n".utf8))
    }
}
