import GaaraSecrets
import POSIX
import Synchronization

/// A source that answers by script, and holds its answers back while its gate is shut.
final class FakeSource: SecretSource {
    private let state: Mutex<State>
    let usesAWS = true

    private struct State {
        var answers: [Result<String, SecretError>]
        var fetches = 0
        var isOpen: Bool
        var held: [CheckedContinuation<Void, Never>] = []
    }

    /// - Parameter answers: one for each fetch; the last is given again and again.
    init(_ answers: [Result<String, SecretError>], isOpen: Bool = true) {
        state = Mutex(State(answers: answers, isOpen: isOpen))
    }

    var fetches: Int { state.withLock { $0.fetches } }

    /// Lets all held fetches go, and all later ones.
    func open() {
        let held = state.withLock { state in
            defer { state.held = [] }
            state.isOpen = true
            return state.held
        }
        for continuation in held { continuation.resume() }
    }

    func fetch(_ name: SecretName) async throws(SecretError) -> Secret {
        let answer = state.withLock { state in
            state.fetches += 1
            return state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
        }
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.held.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
        if Task.isCancelled { throw SecretError(.cancelled, "cancelled") }
        return Secret(
            name: name, value: SecretValue(string: try answer.get()),
            origin: .secretsManager(path: "app/staging/\(name)", region: "us-east-1"))
    }
}

/// A clock that moves only when told to.
final class ManualTime: TimeSource {
    private let now = Mutex<UInt64>(1_000)

    func advance(seconds: UInt64) { now.withLock { $0 += seconds * 1_000_000_000 } }
    func secondsSince1970() -> Int64 { 0 }
    func monotonicNanoseconds() -> UInt64 { now.withLock { $0 } }
    func sleep(milliseconds: Int) async throws(CancellationError) {}
}

extension SecretError {
    static func fake(_ code: Code) -> SecretError { SecretError(code, "fake \(code)") }
}
