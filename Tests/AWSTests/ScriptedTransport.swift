import HTTP
import POSIX
import SigV4
import Synchronization

@testable import AWS

/// Answers from a list, one for each request, and keeps the requests.
final class ScriptedTransport: HTTPTransport {
    private let state: Mutex<(answers: [Result<HTTPResponse, HTTPError>], sent: [HTTPRequest])>

    init(_ answers: [Result<HTTPResponse, HTTPError>]) { state = Mutex((answers, [])) }

    var sent: [HTTPRequest] { state.withLock { $0.sent } }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let answer: Result<HTTPResponse, HTTPError>? = state.withLock { state in
            state.sent.append(request)
            return state.answers.isEmpty ? nil : state.answers.removeFirst()
        }
        guard let answer else { throw HTTPError(.notSent, "the script has no more answers") }
        return try answer.get()
    }
}

extension Result where Success == HTTPResponse, Failure == HTTPError {
    static func answer(_ status: Int, _ body: String, _ headers: [String: String] = [:]) -> Self {
        .success(
            HTTPResponse(
                status: status, headers: headers.map { HTTPHeader($0.key, $0.value) },
                body: Array(body.utf8)))
    }

    static func error(_ code: HTTPError.Code) -> Self { .failure(HTTPError(code, "scripted")) }
}

/// A clock that moves only when somebody sleeps.
final class ManualTime: TimeSource {
    private let state = Mutex<(nanoseconds: UInt64, sleeps: [Int])>((0, []))
    private let start: Int64

    /// - Parameter start: seconds since 1970; by itself 2015-08-30T12:36:00Z, the date of the
    ///   public SigV4 suite.
    init(start: Int64 = 1_440_938_160) { self.start = start }

    func advance(seconds: Int) {
        state.withLock { $0.nanoseconds += UInt64(seconds) * 1_000_000_000 }
    }

    /// Milliseconds of each wait.
    var sleeps: [Int] { state.withLock { $0.sleeps } }

    func secondsSince1970() -> Int64 {
        start + Int64(monotonicNanoseconds() / 1_000_000_000)
    }

    func monotonicNanoseconds() -> UInt64 { state.withLock { $0.nanoseconds } }

    func sleep(milliseconds: Int) async throws(CancellationError) {
        state.withLock {
            $0.sleeps.append(milliseconds)
            $0.nanoseconds += UInt64(milliseconds) * 1_000_000
        }
    }
}

/// A client over a script, with what a test looks at afterwards.
struct Bench {
    static let credentials = Credentials(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        sessionToken: "token", source: "the test")

    let transport: ScriptedTransport
    let time = ManualTime()
    let client: AWSClient

    /// Jitter at its most: a delay is its ceiling.
    init(
        _ answers: [Result<HTTPResponse, HTTPError>],
        settings: Settings? = nil, credentials: any CredentialProvider = Bench.credentials,
        traffic: Traffic = Traffic(), observer: (@Sendable (WireAttempt) -> Void)? = nil
    ) throws {
        transport = ScriptedTransport(answers)
        let settings = try settings ?? Settings(region: "eu-west-1")
        client = AWSClient(
            transport: transport, credentials: credentials, settings: settings, time: time,
            random: { .max }, traffic: traffic, observer: observer)
    }

    /// The error of a call that must fail.
    func failure<Input: AWSOperation>(_ input: Input) async -> AWSError? {
        do {
            _ = try await client.send(input)
            return nil
        } catch {
            return error
        }
    }
}
