import Glibc
import JSON
import POSIX
import Synchronization
import Testing

@Suite struct InterruptionTests {
    @Test(
        "a signal in the middle of an apply lets the calls in flight finish, and the next one converges",
        arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
    func signal(_ number: Int32, _ code: Int32) async throws {
        let uninterrupted = Mutex<JSON?>(nil)
        try await Scene.with { scene in
            try await scene.establish()
            let whole = try await scene.judge.state().comparable
            uninterrupted.withLock { $0 = whole }
        }
        try await Scene.with { scene in
            let gate = Gate()
            let proxy = try Proxy(to: scene.moto) { operation, _ in
                if operation == "CreateSecret" { await gate.arriveAndWait() }
                return nil
            }
            let apply = try Started(
                [scene.binary, "apply", "plan.yaml", "--env-file", "values.env", "--yes"],
                environment: scene.environment(at: proxy.url), folder: scene.work)
            await gate.arrival()
            apply.process.send(signal: number)
            // The signal is taken by another thread of the command, which tells nobody when: the
            // answers are held back a little longer. Too short a wait only lets more steps finish.
            _ = try await Program.outsidePool { Pause.milliseconds(300) }
            gate.open()
            let run = try await apply.end()

            #expect(run.ending == .exited(code))
            let counts = try #require(run.outputLines.first { $0.hasPrefix("Apply stopped: ") })
            let numbers = counts.split { !$0.isNumber }.compactMap { Int($0) }
            #expect(numbers.count == 3 && numbers[1] == 0 && numbers[2] >= 1, "\(counts)")
            #expect(numbers.reduce(0, +) == 10)
            #expect(
                run.errors(beginning: "+ ").filter { $0.contains(": done") }.count == numbers[0])
            // A call that was in flight is done, and told as done.
            let made = try await scene.judge.state().names("secrets")
            #expect(made.count >= 1)
            for name in made {
                let address = "secret/" + name.dropFirst("shop/staging/".count)
                #expect(run.errors.contains("+ \(address): done"))
            }

            let second = try await scene.apply()
            #expect(second.code == 0, "\(second.errors)")
            #expect(second.output.contains("Apply complete: \(10 - numbers[0]) created"))
            let account = try await scene.judge.state()
            #expect(account.comparable == uninterrupted.withLock { $0 })
        }
    }

    @Test("killed while a key is being made, the next apply uses that key and makes no other")
    func killed() async throws {
        try await Scene.with { scene in
            let gate = Gate()
            let proxy = try Proxy(to: scene.moto) { operation, _ in
                // Both keys exist by then, and neither has its name.
                if operation == "CreateAlias" { await gate.arriveAndWait() }
                return nil
            }
            let apply = try Started(
                [scene.binary, "apply", "plan.yaml", "--env-file", "values.env", "--yes"],
                environment: scene.environment(at: proxy.url), folder: scene.work)
            await gate.arrival(of: 2)
            apply.process.send(signal: SIGKILL)
            #expect(try await apply.end().ending == .signalled(SIGKILL))
            gate.open()
            #expect(proxy.operations.filter { $0 == "CreateKey" }.count == 2)

            let second = try await scene.apply()
            #expect(second.code == 0, "\(second.errors)")
            let account = try await scene.judge.state()
            #expect(
                account.names("keys") == ["alias/shop/staging", "alias/shop/staging/value-tokens"])
            #expect(try await scene.plan("--detailed-exitcode").code == 0)
        }
    }

    @Test("a journal ends, after a kill, with the call that was under way")
    func journal() async throws {
        try await Scene.with { scene in
            let gate = Gate()
            let proxy = try Proxy(to: scene.moto) { operation, _ in
                if operation == "CreateAlias" { await gate.arriveAndWait() }
                return nil
            }
            let apply = try Started(
                [
                    scene.binary, "apply", "plan.yaml", "--env-file", "values.env", "--yes",
                    "--journal", "journal",
                ],
                environment: scene.environment(at: proxy.url), folder: scene.work)
            await gate.arrival(of: 2)
            apply.process.send(signal: SIGKILL)
            #expect(try await apply.end().ending == .signalled(SIGKILL))
            gate.open()
            let lines = try Repository.text("\(scene.work)/journal").split(separator: "\n")
                .map { try JSON(parsing: String($0)) }
            func count(_ event: String, _ action: String) -> Int {
                lines.count {
                    $0["event"]?.string == event && $0["action"]?.string == action
                }
            }
            #expect(lines.last?["event"] == "call")
            #expect(count("call", "kms:CreateAlias") == 2)
            #expect(count("answer", "kms:CreateAlias") == 0)
            #expect(count("answer", "kms:CreateKey") == 2)
        }
    }
}

/// Where calls wait until the test lets them go on.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var arrived = 0
        var held: [CheckedContinuation<Void, Never>] = []
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    func arriveAndWait() async {
        let ready = state.withLock { state in
            state.arrived += 1
            let ready = state.watchers.filter { $0.count <= state.arrived }
            state.watchers.removeAll { $0.count <= state.arrived }
            return ready.map(\.continuation)
        }
        for watcher in ready { watcher.resume() }
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.held.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    /// Returns once so many calls have come.
    func arrival(of count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.arrived < count { state.watchers.append((count, continuation)) }
                return state.arrived >= count
            }
            if isThere { continuation.resume() }
        }
    }

    func open() {
        let held = state.withLock { state in
            state.isOpen = true
            defer { state.held = [] }
            return state.held
        }
        for continuation in held { continuation.resume() }
    }
}
