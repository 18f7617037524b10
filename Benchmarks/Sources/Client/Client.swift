import AWS
import HTTP
import POSIX
import SigV4

/// Our side of the measurements: signing, and calls over TLS on loopback.
///
/// Each mode checks its answers and prints a median in nanoseconds and a rate in a second:
///
///     Client sign ROUNDS                                   and the signature
///     Client transport PORT CAFILE CONNECTIONS REQUESTS    as sent, without signing and reading
///     Client calls PORT CAFILE CONNECTIONS REQUESTS        GetSecretValue, whole
///     Client first PORT CAFOLDER                           the first call of a process
@main struct Client {
    struct WrongAnswer: Error {}

    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        let numbers = arguments.dropFirst().map { Int($0) ?? 0 }
        let texts = Array(arguments.dropFirst())
        switch (arguments.first, texts.count) {
        case ("sign", 1): print(Signing.measure(rounds: numbers[0]))
        case ("transport", 4):
            let calls = Calls(port: numbers[0], transport: CurlTransport(caBundle: texts[1]))
            let request = calls.request
            print(
                try await measure(connections: numbers[2], requests: numbers[3]) {
                    let response = try await calls.transport.send(request)
                    guard response.status == 200, calls.isRight(response.body) else {
                        throw WrongAnswer()
                    }
                })
        case ("calls", 4):
            let calls = Calls(port: numbers[0], transport: CurlTransport(caBundle: texts[1]))
            let client = try calls.client
            print(
                try await measure(connections: numbers[2], requests: numbers[3]) {
                    try await calls.get(client)
                })
        case ("first", 2):
            CurlTransport.prepareProcess()
            let transport = CurlTransport(systemFolder: texts[1])
            let calls = Calls(port: numbers[0], transport: transport)
            try await calls.get(calls.client)
        default: throw WrongAnswer()
        }
    }

    /// The median and the rate of so many requests, shared out among tasks.
    static func measure(
        connections: Int, requests: Int, _ body: @escaping @Sendable () async throws -> Void
    ) async throws -> String {
        let clock = SystemTime()
        let each = requests / connections
        let start = clock.monotonicNanoseconds()
        let times = try await withThrowingTaskGroup(of: [UInt64].self) { group in
            for _ in 0..<connections {
                group.addTask {
                    var times: [UInt64] = []
                    // The first one connects and does not count.
                    for round in 0...each {
                        let start = clock.monotonicNanoseconds()
                        try await body()
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
