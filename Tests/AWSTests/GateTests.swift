import Synchronization
import Testing

@testable import AWS

@Suite("Gate")
struct GateTests {
    /// How many are inside, how many ever were at once, and how many came through.
    private final class Count: Sendable {
        private let state = Mutex((inside: 0, most: 0, passed: 0))

        var most: Int { state.withLock { $0.most } }
        var passed: Int { state.withLock { $0.passed } }

        func enter() {
            state.withLock {
                $0.inside += 1
                $0.most = max($0.most, $0.inside)
            }
        }

        func leave() {
            state.withLock {
                $0.inside -= 1
                $0.passed += 1
            }
        }
    }

    @Test("no more are inside than there are places, and everybody passes")
    func bounded() async throws {
        let gate = Gate(places: 4)
        let count = Count()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    try await gate.enter()
                    count.enter()
                    for _ in 0..<3 { await Task.yield() }
                    count.leave()
                    gate.leave()
                }
            }
            try await group.waitForAll()
        }
        #expect(count.most <= 4)
        #expect(count.passed == 200)
    }

    @Test("who is cancelled while waiting leaves the line without a place")
    func cancelled() async throws {
        let gate = Gate(places: 1)
        try await gate.enter()
        let waiting = Task { try await gate.enter() }
        let following = Task { try await gate.enter() }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        gate.leave()
        try await following.value
        gate.leave()
        try await gate.enter()
    }

    @Test("who is cancelled before asking gets no place")
    func cancelledBefore() async throws {
        let gate = Gate(places: 1)
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            try await gate.enter()
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await gate.enter()
    }
}
