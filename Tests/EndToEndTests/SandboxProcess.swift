import Glibc
import POSIX

/// A `gaara-infra sandbox` under way.
final class SandboxProcess: Sendable {
    let process: RunningProcess
    /// What it says that a shell should set.
    let exports: [String: String]
    private let folder: TemporaryFolder

    /// Starts it and waits for its lines.
    init(_ arguments: [String], in place: String) async throws {
        let binary = try Repository.binary()
        let folder = try TemporaryFolder()
        self.folder = folder
        // exec: the process that signals reach is the program itself.
        let script = #"out=$1 err=$2; shift 2; exec "$@" >"$out" 2>"$err""#
        process = try RunningProcess(
            ChildProcess(
                ["/bin/sh", "-c", script, "sh", folder.file("out"), folder.file("err")]
                    + [binary, "sandbox"] + arguments,
                environment: ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"], folder: place))
        exports = try await Self.exports(of: process, in: folder)
    }

    deinit { process.terminate(patience: 0) }

    private static func exports(
        of process: RunningProcess, in folder: TemporaryFolder
    ) async throws -> [String: String] {
        for _ in 0..<6_000 where process.outcome == nil {
            let text = (try? Repository.text(folder.file("out"))) ?? ""
            if text.contains("unset AWS_SESSION_TOKEN") {
                let settings = text.split(separator: "\n").filter { $0.hasPrefix("export ") }
                    .map { $0.dropFirst(7).split(separator: "=", maxSplits: 1).map(String.init) }
                return Dictionary(settings.map { ($0[0], $0[1]) }) { $1 }
            }
            try await SystemTime().sleep(milliseconds: 10)
        }
        throw Unprepared("no sandbox: \((try? Repository.text(folder.file("err"))) ?? "")")
    }

    var endpoint: String { exports["AWS_ENDPOINT_URL"] ?? "" }
    var port: String { endpoint.split(separator: ":").last.map(String.init) ?? "" }

    /// Both of its outputs so far.
    func outputs() throws -> (output: String, errors: String) {
        (try Repository.text(folder.file("out")), try Repository.text(folder.file("err")))
    }

    /// Sends the signal and waits for the end.
    func end(by signal: Int32) async throws -> ChildProcess.Ending? {
        process.send(signal: signal)
        return try await Program.outsidePool { [process] in
            for _ in 0..<5_000 {
                if let outcome = process.outcome { return outcome }
                Pause.milliseconds(2)
            }
            return nil
        }
    }
}

/// A folder with a plan and values, and the command beside a sandbox.
struct SandboxScene: Sendable {
    let folder: TemporaryFolder
    let binary: String

    init(_ plan: ShopPlan = ShopPlan(), values: String = ShopPlan.values) throws {
        folder = try TemporaryFolder()
        binary = try Repository.binary()
        try Folder.make(folder.file("work"))
        try File.writePrivate(work + "/plan.yaml", Array(plan.text.utf8))
        try File.writePrivate(work + "/values.env", Array(values.utf8))
    }

    /// The current folder of the command; the state file is beside it.
    var work: String { folder.file("work") }

    /// A sandbox that goes on with what `state.json` holds, on the port of the one before.
    func sandbox(after before: SandboxProcess? = nil) async throws -> SandboxProcess {
        try await SandboxProcess(
            ["plan.yaml", "--state", "../state.json", "--port", before?.port ?? "0"], in: work)
    }

    func environment(_ sandbox: SandboxProcess) -> [String: String] {
        [
            "PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "NO_PROXY": "*",
            "AWS_EC2_METADATA_DISABLED": "true",
        ].merging(sandbox.exports) { $1 }
    }

    /// - Parameter more: variables beside those that the sandbox gives.
    func run(
        _ arguments: [String], at sandbox: SandboxProcess, with more: [String: String] = [:]
    ) async throws -> Run {
        try await Program.run(
            [binary] + arguments, environment: environment(sandbox).merging(more) { $1 },
            folder: work)
    }

    func plan(at sandbox: SandboxProcess, _ options: String...) async throws -> Run {
        try await run(["plan", "plan.yaml", "--env-file", "values.env"] + options, at: sandbox)
    }

    func apply(at sandbox: SandboxProcess, _ options: String...) async throws -> Run {
        try await run(
            ["apply", "plan.yaml", "--env-file", "values.env", "--yes"] + options, at: sandbox)
    }

    /// A program of `Judge/` with the sandbox's keys.
    func python(_ arguments: [String], at sandbox: SandboxProcess) async throws -> Run {
        try await Program.run(
            [Repository.python, Repository.judge + arguments[0]] + arguments.dropFirst(),
            environment: environment(sandbox))
    }
}
