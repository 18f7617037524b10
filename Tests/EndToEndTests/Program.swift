import POSIX

/// What a program left behind when it ended.
struct Run: Sendable {
    let ending: ChildProcess.Ending
    let output: String
    let errors: String

    /// The exit status; -1 when a signal or the time limit ended it.
    var code: Int32 {
        guard case .exited(let code) = ending else { return -1 }
        return code
    }

    var outputLines: [Substring] { output.split(separator: "\n") }

    /// The lines of standard error that begin so.
    func errors(beginning start: String) -> [Substring] {
        errors.split(separator: "\n").filter { $0.hasPrefix(start) }
    }
}

/// A program that a test runs, on a thread outside Swift's pool: the listeners of the test answer
/// on the pool, which two waiting tests would fill.
enum Program {
    static func run(
        _ arguments: [String], environment: [String: String] = Repository.environment,
        folder: String? = nil, timeLimit: Int = 90_000
    ) async throws -> Run {
        let child = ChildProcess(
            arguments, environment: environment, folder: folder,
            errorOutput: .capture(maximumBytes: 4 << 20), maximumOutput: 16 << 20,
            timeLimit: timeLimit)
        let outcome = try await outsidePool { try child.run() }
        return Run(
            ending: outcome.ending, output: String(decoding: outcome.output, as: UTF8.self),
            errors: String(decoding: outcome.errorOutput, as: UTF8.self))
    }

    /// A program of `Judge/`, which must succeed.
    static func python(_ arguments: [String]) async throws -> String {
        let run = try await run([Repository.python] + arguments)
        guard run.code == 0 else {
            throw Unprepared("\(arguments): \(run.ending): \(run.errors)")
        }
        return run.output
    }

    static func outsidePool<Value: Sendable>(
        _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            Thread.start { continuation.resume(with: Result { try body() }) }
        }
    }
}

/// A program under way, whose two outputs go to two files.
final class Started: Sendable {
    let process: RunningProcess
    private let folder: TemporaryFolder

    init(
        _ arguments: [String], environment: [String: String], folder: String? = nil
    ) throws {
        let place = try TemporaryFolder()
        self.folder = place
        // exec: the process that signals reach is the program itself.
        let script = #"out=$1 err=$2; shift 2; exec "$@" >"$out" 2>"$err""#
        process = try RunningProcess(
            ChildProcess(
                ["/bin/sh", "-c", script, "sh", place.file("out"), place.file("err")] + arguments,
                environment: environment, folder: folder))
    }

    /// Waits until its output ends so for the first time.
    func firstLine(ending end: String = "\n") async throws {
        try await wait { $0.hasSuffix(end) }
    }

    /// Waits until a word stands so often in its errors, or it is over.
    func errors(have word: String, times: Int) async throws {
        try await wait(for: "err") { $0.ranges(of: word).count >= times }
    }

    private func wait(
        for name: String = "out", until isThere: @escaping @Sendable (String) -> Bool
    ) async throws {
        let file = folder.file(name)
        let isDone = try await Program.outsidePool { [process] in
            for _ in 0..<20_000 {
                if let text = try? Repository.text(file), isThere(text) { return true }
                if process.outcome != nil { return true }
                Pause.milliseconds(2)
            }
            return false
        }
        guard isDone else { throw Unprepared("a program says nothing: \(name)") }
    }

    /// Waits for its end, which must come within `seconds`.
    func end(within seconds: Int = 90) async throws -> Run {
        let ending = try await Program.outsidePool { [process] in
            let deadline =
                SystemTime().monotonicNanoseconds() + UInt64(seconds) * 1_000_000_000
            while SystemTime().monotonicNanoseconds() < deadline {
                if let ending = process.outcome { return ending }
                Pause.milliseconds(3)
            }
            process.terminate(patience: 0)
            return .timedOut
        }
        return Run(
            ending: ending, output: try Repository.text(folder.file("out")),
            errors: try Repository.text(folder.file("err")))
    }
}
