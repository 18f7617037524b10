import Glibc
import JSON
import POSIX
import Synchronization
import Testing

/// The built command, killed at each call of a first apply: just before AWS gets it, and just after
/// AWS has executed it.
@Suite struct KillTests {
    private static let isLong = ProcessEnvironment.value("GAARA_TEST_LENGTH") == "long"

    @Test(
        "killed at any call, the next apply finishes, with one key of each kind and nothing lost",
        arguments: [false, true])
    func anywhere(isExecuted: Bool) async throws {
        let whole = Mutex<JSON?>(nil)
        try await Scene.with { scene in
            try await scene.establish()
            let state = try await scene.judge.state().comparable
            whole.withLock { $0 = state }
        }
        var number = 1
        var killed = 0
        while try await kill(
            at: number, isExecuted: isExecuted, whole: whole.withLock { $0 })
        {
            killed += 1
            number += 1
        }
        // Every write of a first apply, at least: two keys, their aliases and rotation, the secrets,
        // the policy and its attachment.
        #expect(killed >= 12)
    }

    /// - Returns: whether there was such a call.
    private func kill(at number: Int, isExecuted: Bool, whole: JSON?) async throws -> Bool {
        let reached = Mutex(false)
        try await Scene.with { scene in
            let trap = Trap(number: number, countsReads: Self.isLong)
            let proxy = try Proxy(to: scene.moto) { operation, request in
                guard trap.isSprung(by: operation) else { return nil }
                if isExecuted { _ = await Proxy.forward(request, to: scene.moto) }
                trap.kill()
                return .raw([.reset])
            }
            let apply = try Started(
                [scene.binary, "apply", "plan.yaml", "--env-file", "values.env", "--yes"],
                environment: scene.environment(at: proxy.url), folder: scene.work)
            trap.arm(apply.process)
            let ending = try await apply.end().ending
            guard trap.hasSprung else {
                #expect(ending == .exited(0))
                return
            }
            reached.withLock { $0 = true }
            let place = "call \(number), \(trap.operation)\(isExecuted ? ", executed" : "")"
            #expect(ending == .signalled(SIGKILL), "\(place)")
            try await proxy.settle()

            let second = try await scene.apply()
            #expect(second.code == 0, "\(place): \(second.errors)")
            #expect(try await scene.plan("--detailed-exitcode").code == 0, "\(place)")
            let account = try await scene.judge.state()
            #expect(
                account.names("keys") == ["alias/shop/staging", "alias/shop/staging/value-tokens"],
                "\(place)")
            #expect(account.comparable == whole, "\(place)")
        }
        return reached.withLock { $0 }
    }
}

/// Kills a program at the moment of one of its calls.
private final class Trap: Sendable {
    private struct State {
        var process: RunningProcess?
        var left: Int
        var operation = ""
        var hasSprung = false
    }

    private let state: Mutex<State>
    private let countsReads: Bool

    init(number: Int, countsReads: Bool) {
        state = Mutex(State(left: number))
        self.countsReads = countsReads
    }

    var hasSprung: Bool { state.withLock { $0.hasSprung } }
    var operation: String { state.withLock { $0.operation } }

    func arm(_ process: RunningProcess) { state.withLock { $0.process = process } }

    /// Whether this is the call; each later one finds the program dead.
    func isSprung(by operation: String) -> Bool {
        state.withLock { state in
            guard countsReads || !Proxy.isReading(operation) else { return false }
            state.left -= 1
            guard state.left == 0 else { return false }
            state.hasSprung = true
            state.operation = operation
            return true
        }
    }

    /// The program may make its first call before `arm` has its process.
    func kill() {
        for _ in 0..<5_000 {
            if let process = state.withLock({ $0.process }) {
                return process.send(signal: SIGKILL)
            }
            Pause.milliseconds(1)
        }
    }
}
