import POSIX

/// A proxy on loopback that knows CONNECT; whatever host is asked of it, moto is behind its TLS.
final class Tunnel: Sendable {
    /// `127.0.0.1:PORT` of the proxy.
    let authority: String
    /// The port of the TLS itself, which is reached without the proxy.
    let directPort: Int
    /// The certificate for names of AWS and `shop.localhost`, which is its own authority.
    let certificate: String
    private let folder: TemporaryFolder
    private let log: String
    private let process: RunningProcess

    init(to moto: Moto) async throws {
        folder = try TemporaryFolder()
        certificate = folder.file("certificate.pem")
        log = folder.file("log")
        let key = folder.file("key.pem")
        _ = try await Program.run([
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=test",
            "-addext",
            "subjectAltName=DNS:*.us-east-1.amazonaws.com,DNS:iam.amazonaws.com,DNS:shop.localhost",
        ]).mustSucceed("openssl")
        let port = moto.endpoint.split(separator: ":").last.map(String.init) ?? ""
        process = try RunningProcess(
            ChildProcess(
                [Repository.python, Repository.judge + "tunnel.py", certificate, key, port],
                environment: Repository.environment), log: log)
        var text = ""
        while process.outcome == nil, !text.contains("\n") {
            try await SystemTime().sleep(milliseconds: 5)
            text = try Repository.text(log)
        }
        let ports = (text.split(separator: "\n").first ?? "").split(separator: " ")
            .compactMap { Int($0) }
        guard ports.count == 2 else { throw Unprepared("the tunnel printed \(text)") }
        authority = "127.0.0.1:\(ports[0])"
        directPort = ports[1]
    }

    /// The first lines of all requests that the proxy got: `CONNECT host:443 HTTP/1.1`.
    var requests: [String] {
        get throws { try Repository.text(log).split(separator: "\n").dropFirst().map(String.init) }
    }
}
