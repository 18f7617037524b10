/// Looks that do not depend on each other are made at the same time: what a plan waits for is
/// round trips, not calls.
extension Observer {
    /// Runs `observe` over `items`, at most `width` at a time, and gives the results in their order.
    func each<Item: Sendable, Output: Sendable>(
        _ items: [Item], width: Int = 8,
        _ observe: @escaping @Sendable (Item) async throws(EngineError) -> Output
    ) async throws(EngineError) -> [Output] {
        do {
            return try await withThrowingTaskGroup(of: (Int, Output).self) { group in
                var outputs: [Output?] = items.map { _ in nil }
                var next = 0
                func start() {
                    guard next < items.count else { return }
                    let (index, item) = (next, items[next])
                    next += 1
                    group.addTask { (index, try await observe(item)) }
                }
                for _ in 0..<width { start() }
                while let (index, output) = try await group.next() {
                    outputs[index] = output
                    start()
                }
                return outputs.compactMap { $0 }
            }
        } catch {
            throw Self.engineError(error)
        }
    }

    /// Runs three looks at the same time.
    func together<A: Sendable, B: Sendable, C: Sendable>(
        _ a: @Sendable () async throws(EngineError) -> A,
        _ b: @Sendable () async throws(EngineError) -> B,
        _ c: @Sendable () async throws(EngineError) -> C
    ) async throws(EngineError) -> (A, B, C) {
        async let first = a()
        async let second = b()
        async let third = c()
        do {
            return try await (first, second, third)
        } catch {
            throw Self.engineError(error)
        }
    }

    /// Task groups and `async let` forget which errors their bodies throw.
    private static func engineError(_ error: any Error) -> EngineError {
        error as? EngineError ?? EngineError(.call, "observing was cancelled")
    }
}
