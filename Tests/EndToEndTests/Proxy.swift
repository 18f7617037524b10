import HTTP
import POSIX
import Synchronization

/// A listener between the command and moto: it writes down each call, and may answer in moto's
/// place.
final class Proxy: Sendable {
    /// What is done with a call: `nil` lets moto answer.
    typealias Interception =
        @Sendable (_ operation: String, _ request: LoopbackListener.Request) async
        -> LoopbackListener.Answer?

    private let listener: LoopbackListener
    private let record: Seen
    private let underWay: Calls

    var url: String { listener.url }

    /// The operations asked for so far, in the order of their arrival: `CreateKey`.
    var operations: [String] { record.all }

    /// Those that are not known to read only.
    var writes: [String] { operations.filter { !Self.isReading($0) } }

    init(
        to moto: Moto?, _ intercept: @escaping Interception = { _, _ in nil }
    ) throws {
        let record = Seen()
        self.record = record
        let underWay = Calls()
        self.underWay = underWay
        listener = try LoopbackListener { request in
            let operation = Self.operation(of: request)
            record.add(operation)
            underWay.begin()
            defer { underWay.end() }
            if let answer = await intercept(operation, request) { return answer }
            guard let moto else { return .response(status: 501, "nobody answers") }
            return await Self.forward(request, to: moto)
        }
    }

    /// Waits until moto has answered every call that arrived: what was under way when a program was
    /// killed is executed all the same.
    func settle() async throws {
        try await Program.outsidePool { [underWay] in
            for _ in 0..<10_000 where underWay.count > 0 { Pause.milliseconds(1) }
        }
    }

    /// GenerateMac computes and stores nothing; all others that only read begin so.
    static func isReading(_ operation: String) -> Bool {
        operation == "GenerateMac"
            || ["Get", "List", "Describe", "BatchGet"].contains { operation.hasPrefix($0) }
    }

    private static func operation(of request: LoopbackListener.Request) -> String {
        if let target = request.header("x-amz-target"), let name = target.split(separator: ".").last
        {
            return String(name)
        }
        let form = String(decoding: request.body, as: UTF8.self).split(separator: "&")
        let action = form.first { $0.hasPrefix("Action=") }
        return action.map { String($0.dropFirst(7)) } ?? "\(request.method) \(request.target)"
    }

    static func forward(
        _ request: LoopbackListener.Request, to moto: Moto
    ) async -> LoopbackListener.Answer {
        let owned = ["content-length", "connection", "transfer-encoding", "expect"]
        let onward = HTTPRequest(
            method: request.method, scheme: .http, host: "127.0.0.1", target: request.target,
            headers: request.headers.filter { !owned.contains($0.name.lowercased()) }
                .map { HTTPHeader($0.name, $0.value) }, body: request.body)
        do {
            let answer = try await moto.send(onward)
            return .response(
                status: answer.status,
                headers: answer.headers.filter { !owned.contains($0.name.lowercased()) }
                    .map { .init($0.name, $0.value) }, body: answer.body)
        } catch {
            return .raw([.reset])
        }
    }
}

/// How many calls are under way.
private final class Calls: Sendable {
    private let number = Mutex(0)

    var count: Int { number.withLock { $0 } }
    func begin() { number.withLock { $0 += 1 } }
    func end() { number.withLock { $0 -= 1 } }
}
