package import GaaraPlan

/// Reads what AWS has of a plan's things: by lists where a list tells it, all kinds at the same
/// time.
///
/// It writes nothing and decides nothing.
package struct Observer: Sendable {
    let session: Session
    /// Describes every declared secret, however many there are, since a list may be five minutes
    /// stale (Secrets Manager API, ListSecrets).
    let isFresh: Bool
    /// Seconds since 1970.
    let now: @Sendable () -> Int64

    package init(_ session: Session, isFresh: Bool = false, now: @escaping @Sendable () -> Int64) {
        self.session = session
        self.isFresh = isFresh
        self.now = now
    }

    package func snapshot(of plan: Plan) async throws(EngineError) -> Snapshot {
        let observedAt = now()
        async let keys = keys(of: plan)
        async let secrets = secrets(of: plan)
        async let policies = policies(of: plan)
        do {
            let (keys, secrets, policies) = try await (keys, secrets, policies)
            return Snapshot(
                observedAt: observedAt, keys: keys, secrets: secrets.declared,
                policies: policies.declared, policyNamesTaken: policies.taken,
                missingPrincipals: policies.missingPrincipals,
                orphans: secrets.orphans + policies.orphans)
        } catch let error as EngineError {
            throw error
        } catch {
            throw EngineError(.call, "observing was cancelled")
        }
    }

    /// Runs `observe` over `items`, at most eight at a time, and gives the results in their order.
    func each<Item: Sendable, Output: Sendable>(
        _ items: [Item], _ observe: @escaping @Sendable (Item) async throws(EngineError) -> Output
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
                for _ in 0..<8 { start() }
                while let (index, output) = try await group.next() {
                    outputs[index] = output
                    start()
                }
                return outputs.compactMap { $0 }
            }
        } catch let error as EngineError {
            throw error
        } catch {
            throw EngineError(.call, "observing was cancelled")
        }
    }
}
