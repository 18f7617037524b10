import Synchronization
import Testing

@testable import AWS

@Suite("RefreshingCredentials")
struct RefreshingCredentialsTests {
    /// Gives credentials when the test says so, and counts who asks.
    private final class Gate: CredentialProvider {
        private let state = Mutex(State())
        private let result: Credentials

        private struct State {
            var count = 0
            var begun = 0
            var isOpen = false
            var waiting: [CheckedContinuation<Void, Never>] = []
        }

        init(_ result: Credentials) { self.result = result }

        var count: Int { state.withLock { $0.count } }

        /// How many tasks said that they are about to ask.
        var begun: Int { state.withLock { $0.begun } }
        func begin() { state.withLock { $0.begun += 1 } }

        func open() {
            let waiting = state.withLock { state in
                state.isOpen = true
                defer { state.waiting = [] }
                return state.waiting
            }
            for continuation in waiting { continuation.resume() }
        }

        func credentials() async throws(CredentialError) -> Credentials {
            await withCheckedContinuation { continuation in
                let isOpen = state.withLock { state in
                    state.count += 1
                    if !state.isOpen { state.waiting.append(continuation) }
                    return state.isOpen
                }
                if isOpen { continuation.resume() }
            }
            return result
        }
    }

    /// Until the provider was asked.
    private func wait(for gate: Gate) async {
        while gate.count == 0 { await Task.yield() }
    }

    @Test("a thousand tasks at once are one fetch", .timeLimit(.minutes(1)))
    func thousand() async throws {
        let time = ManualTime()
        let gate = Gate(.test("A", endsIn: 3600, time))
        let kept = RefreshingCredentials(gate, time: time, random: { 0 })
        let sources = await withTaskGroup(of: String.self) { group in
            for _ in 0..<1000 {
                group.addTask {
                    gate.begin()
                    return (try? await kept.credentials())?.source ?? "none"
                }
            }
            group.addTask {
                while gate.begun < 1000 { await Task.yield() }
                gate.open()
                return "A"
            }
            return await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(sources == ["A"])
        #expect(gate.count == 1)
    }

    @Test("who is cancelled takes the fetch away from nobody", .timeLimit(.minutes(1)))
    func cancelled() async throws {
        let time = ManualTime()
        let gate = Gate(.test("A", endsIn: 3600, time))
        let kept = RefreshingCredentials(gate, time: time, random: { 0 })
        let first = Task { try await kept.credentials() }
        await wait(for: gate)
        let second = Task { try await kept.credentials() }
        first.cancel()
        gate.open()
        #expect(try await second.value.source == "A")
        #expect(gate.count == 1)
    }

    @Test("who is cancelled while waiting leaves at once", .timeLimit(.minutes(1)))
    func leaves() async throws {
        let time = ManualTime()
        let gate = Gate(.test("A", endsIn: 3600, time))
        let kept = RefreshingCredentials(gate, time: time, random: { 0 })
        let waiting = Task { await kept.outcome() }
        await wait(for: gate)
        waiting.cancel()
        // The gate is still closed.
        #expect(await waiting.value == .failure(.cancelled))
        let other = Task { await kept.outcome() }
        other.cancel()
        #expect(await other.value == .failure(.cancelled))
        gate.open()
        #expect(try await kept.credentials().source == "A")
        #expect(gate.count == 1)
    }

    @Test("while one fetches early, the others go on with the old", .timeLimit(.minutes(1)))
    func advisory() async throws {
        let time = ManualTime()
        let gate = Gate(.test("new", endsIn: 7200, time))
        let script = ScriptedProvider([.success(.test("old", endsIn: 3600, time))])
        let kept = RefreshingCredentials(Relay(script, then: gate), time: time, random: { 0 })
        #expect(try await kept.credentials().source == "old")
        time.advance(seconds: 2700)
        let one = Task { try await kept.credentials().source }
        await wait(for: gate)
        #expect(try await kept.credentials().source == "old")
        gate.open()
        #expect(try await one.value == "new")
        #expect(try await kept.credentials().source == "new")
        #expect(gate.count == 1)
    }

    @Test("in the last ten minutes everybody waits for the new", .timeLimit(.minutes(1)))
    func mandatory() async throws {
        let time = ManualTime()
        let gate = Gate(.test("new", endsIn: 7200, time))
        let script = ScriptedProvider([.success(.test("old", endsIn: 3600, time))])
        let kept = RefreshingCredentials(Relay(script, then: gate), time: time, random: { 0 })
        _ = try await kept.credentials()
        time.advance(seconds: 3000)
        let tasks = (0..<10).map { _ in Task { try await kept.credentials().source } }
        await wait(for: gate)
        gate.open()
        for task in tasks { #expect(try await task.value == "new") }
        #expect(gate.count == 1)
    }

    @Test("what never ends is fetched once")
    func once() async throws {
        let time = ManualTime()
        let script = ScriptedProvider([.success(.test("A", endsIn: nil, time))])
        let kept = RefreshingCredentials(script, time: time, random: { 0 })
        for _ in 0..<3 {
            _ = try await kept.credentials()
            time.advance(seconds: 1_000_000)
        }
        #expect(script.count == 1)
    }

    /// One provider the first time, another ever after.
    private final class Relay: CredentialProvider {
        private let first: any CredentialProvider
        private let later: any CredentialProvider
        private let isFirst = Mutex(true)

        init(_ first: any CredentialProvider, then later: any CredentialProvider) {
            self.first = first
            self.later = later
        }

        func credentials() async throws(CredentialError) -> Credentials {
            let isFirst = isFirst.withLock { first in
                defer { first = false }
                return first
            }
            return try await isFirst ? first.credentials() : later.credentials()
        }
    }
}
