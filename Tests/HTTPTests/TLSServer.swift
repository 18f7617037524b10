import POSIX

@testable import HTTP

/// `openssl s_server` on loopback, with a certificate of its own making.
final class TLSServer: Sendable {
    let port: Int
    /// The certificate, which is its own authority.
    let certificate: String
    private let folder: TemporaryFolder
    private let process: RunningProcess

    struct Failure: Error {}

    private static let environment = ["PATH": "/usr/bin:/bin"]

    /// - Parameters:
    ///   - names: what the certificate is for, as OpenSSL spells it: `IP:127.0.0.1`.
    ///   - days: until when it is valid, counted from now; the past for a negative number.
    ///   - options: more arguments of `openssl s_server`.
    init(names: String, days: Int = 2, options: [String] = []) async throws {
        folder = try TemporaryFolder()
        certificate = folder.file("certificate.pem")
        let key = folder.file("key.pem")
        let wish = folder.file("wish.pem")
        try Self.openssl(
            [
                "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-keyout", key, "-out", wish, "-subj", "/CN=test", "-addext",
                "subjectAltName=\(names)",
            ])
        // `openssl req -x509` takes no days in the past.
        try Self.openssl(
            [
                "x509", "-req", "-in", wish, "-signkey", key, "-days", "\(days)",
                "-copy_extensions", "copy", "-out", certificate,
            ])
        let log = folder.file("log")
        process = try RunningProcess(
            ChildProcess(
                [
                    "openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key",
                    key, "-www",
                ] + options, environment: Self.environment),
            log: log)
        port = try await Self.port(of: process, log: log)
    }

    private static func openssl(_ arguments: [String]) throws {
        let made = try ChildProcess(["openssl"] + arguments, environment: environment).run()
        guard made.isSuccess else { throw Failure() }
    }

    /// The port that the server took, which it writes when it is ready: `ACCEPT 127.0.0.1:40001`.
    private static func port(of process: RunningProcess, log: String) async throws -> Int {
        while process.outcome == nil {
            let text = String(decoding: try File.read(log, maximumBytes: 1 << 20), as: UTF8.self)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            if let line = lines.first(where: { $0.hasPrefix("ACCEPT ") }),
                let port = line.split(separator: ":").last.flatMap({ Int($0) })
            {
                return port
            }
            try await SystemTime().sleep(milliseconds: 5)
        }
        throw Failure()
    }

    var request: HTTPRequest {
        HTTPRequest(
            method: "GET", scheme: .https, host: "127.0.0.1", port: port,
            limits: .init(connectMilliseconds: 10_000, totalMilliseconds: 20_000))
    }
}
