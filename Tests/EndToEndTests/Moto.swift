import Glibc
import HTTP
import POSIX

/// A moto of our own on a free loopback port, empty at the start of every lease.
///
/// Few are started and each serves one test after the other, since starting one takes a second.
final class Moto: Sendable {
    /// `http://127.0.0.1:PORT`.
    let endpoint: String
    private let port: Int
    private let folder: TemporaryFolder
    private let process: RunningProcess
    private let transport = CurlTransport()

    private init() async throws {
        folder = try TemporaryFolder()
        let log = folder.file("log")
        // moto-serve.py ends with its standard input. tail ends with this process, however that
        // comes about, since a process that is killed runs no deinit.
        let script = #"tail --pid="$1" -f /dev/null | exec "$2" "$3" 2>"$4""#
        process = try RunningProcess(
            ChildProcess(
                [
                    "/bin/sh", "-c", script, "sh", "\(getpid())", Repository.python,
                    Repository.scripts + "moto-serve.py", folder.file("errors"),
                ], environment: Repository.environment),
            log: log)
        endpoint = try await Self.endpoint(of: process, log: log, errors: folder.file("errors"))
        guard let port = endpoint.split(separator: ":").last.flatMap({ Int($0) }) else {
            throw Unprepared("moto printed \(endpoint)")
        }
        self.port = port
    }

    private static func endpoint(
        of process: RunningProcess, log: String, errors: String
    ) async throws -> String {
        for _ in 0..<12_000 where process.outcome == nil {
            let text = try Repository.text(log)
            if text.hasSuffix("\n") { return String(text.dropLast()) }
            try await SystemTime().sleep(milliseconds: 10)
        }
        throw Unprepared("moto does not start: \((try? Repository.text(errors)) ?? "")")
    }

    /// Runs `body` with an empty moto of its own.
    static func lease<Value: Sendable>(
        _ body: @Sendable (Moto) async throws -> Value
    ) async throws -> Value {
        let moto = try await Pool.shared.take { try await Moto() }
        do {
            try await moto.post("/moto-api/reset-auth", "inf")
            try await moto.reset()
            let value = try await body(moto)
            await Pool.shared.giveBack(moto)
            return value
        } catch {
            await Pool.shared.giveBack(moto)
            throw error
        }
    }

    /// From now on every call's signature and permission is checked.
    func enforceAuthorization() async throws { try await post("/moto-api/reset-auth", "0") }

    /// The end of `enforceAuthorization`, so that the judge may look.
    func trustEverybody() async throws { try await post("/moto-api/reset-auth", "inf") }

    /// Empties it.
    func reset() async throws { try await post("/moto-api/reset", "") }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        var request = request
        request.host = "127.0.0.1"
        request.port = port
        return try await transport.send(request)
    }

    private func post(_ path: String, _ body: String) async throws {
        let answer = try await send(
            HTTPRequest(
                method: "POST", scheme: .http, host: "127.0.0.1", target: path,
                headers: [
                    HTTPHeader("Host", "127.0.0.1:\(port)"),
                    HTTPHeader("Content-Type", "text/plain"),
                ], body: Array(body.utf8)))
        guard answer.status == 200 else {
            throw Unprepared("moto answers \(answer.status) to \(path)")
        }
    }

    /// At most two at a time: the machines that run this have few cores.
    private actor Pool {
        static let shared = Pool()
        private var idle: [Moto] = []
        private var startable = 2
        private var waiting: [CheckedContinuation<Moto?, Never>] = []

        func take(_ start: @Sendable () async throws -> Moto) async throws -> Moto {
            if let moto = idle.popLast() { return moto }
            if startable == 0 {
                let given = await withCheckedContinuation { waiting.append($0) }
                if let given { return given }
            } else {
                startable -= 1
            }
            do {
                return try await start()
            } catch {
                // The next in line tries to start one itself.
                if waiting.isEmpty {
                    startable += 1
                } else {
                    waiting.removeFirst().resume(returning: nil)
                }
                throw error
            }
        }

        func giveBack(_ moto: Moto) {
            if waiting.isEmpty {
                idle.append(moto)
            } else {
                waiting.removeFirst().resume(returning: moto)
            }
        }
    }
}
