import HTTP
import POSIX
import SigV4

/// Requests to Secrets Manager over HTTP on loopback, with their rate: load for a simulation.
///
///     Load get|create ENDPOINT CONNECTIONS REQUESTS
///
/// The environment has the keys. Each request is signed, and its answer checked; it prints the
/// median in nanoseconds and the requests a second.
@main struct Load {
    struct WrongAnswer: Error {
        let status: Int
        let text: String
    }

    let host: String
    let port: Int
    let credential: SigningCredential
    let transport = CurlTransport()
    let clock = SystemTime()

    static func main() async throws {
        CurlTransport.prepareProcess()
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count == 4, let address = arguments[1].split(separator: "/").last,
            let port = address.split(separator: ":").last.flatMap({ Int($0) }),
            let connections = Int(arguments[2]), let requests = Int(arguments[3])
        else { throw WrongAnswer(status: 0, text: "Load get|create ENDPOINT CONNECTIONS REQUESTS") }
        let load = Load(
            host: String(address), port: port,
            credential: SigningCredential(
                accessKeyID: ProcessEnvironment.value("AWS_ACCESS_KEY_ID") ?? "",
                secretAccessKey: ProcessEnvironment.value("AWS_SECRET_ACCESS_KEY") ?? ""))
        // Names of this run's own: nothing that an earlier one made is in the way.
        let run = "load-\(load.clock.monotonicNanoseconds())"
        switch arguments[0] {
        case "create":
            print(try await load.measure(connections, requests) { try await load.create(run + $0) })
        case "get":
            try await load.create(run)
            print(try await load.measure(connections, requests) { _ in try await load.get(run) })
        default: throw WrongAnswer(status: 0, text: arguments[0])
        }
    }

    private func create(_ name: String) async throws {
        let token = String((String(repeating: "-", count: 40) + name).suffix(40))
        try await send(
            "CreateSecret", name,
            #"{"Name":"\#(name)","ClientRequestToken":"\#(token)","SecretString":"made-up"}"#)
    }

    private func get(_ name: String) async throws {
        try await send("GetSecretValue", name, #"{"SecretId":"\#(name)"}"#)
    }

    private func send(_ operation: String, _ name: String, _ text: String) async throws {
        let headers = [
            HTTPHeader("Host", host),
            HTTPHeader("X-Amz-Target", "secretsmanager.\(operation)"),
            HTTPHeader("Content-Type", "application/x-amz-json-1.1"),
        ]
        let body = Array(text.utf8)
        let signed = SigV4(region: "us-east-1", service: "secretsmanager").sign(
            SignableRequest(
                method: "POST", target: "/",
                headers: headers.map { (name: $0.name, value: $0.value) }, body: body),
            with: credential, at: SigningDate(secondsSince1970: Int(clock.secondsSince1970())))
        let answer = try await transport.send(
            HTTPRequest(
                method: "POST", scheme: .http, host: "127.0.0.1", port: port,
                headers: headers + signed.map { HTTPHeader($0.name, $0.value) }, body: body))
        let said = String(decoding: answer.body, as: UTF8.self)
        // moto writes a space after the colon.
        guard answer.status == 200,
            said.contains("\"Name\":\"\(name)\"") || said.contains("\"Name\": \"\(name)\"")
        else { throw WrongAnswer(status: answer.status, text: said) }
    }

    private func measure(
        _ connections: Int, _ requests: Int,
        _ body: @escaping @Sendable (_ suffix: String) async throws -> Void
    ) async throws -> String {
        let each = requests / connections
        let start = clock.monotonicNanoseconds()
        let times = try await withThrowingTaskGroup(of: [UInt64].self) { group in
            for connection in 0..<connections {
                group.addTask {
                    var times: [UInt64] = []
                    // The first one connects and does not count.
                    for round in 0...each {
                        let start = clock.monotonicNanoseconds()
                        try await body("-\(connection)-\(round)")
                        if round > 0 { times.append(clock.monotonicNanoseconds() - start) }
                    }
                    return times
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let took = clock.monotonicNanoseconds() - start
        return "\(times.sorted()[times.count / 2]) \(UInt64(times.count) * 1_000_000_000 / took)"
    }
}
