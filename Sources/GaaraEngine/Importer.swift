internal import AWS
package import GaaraPlan

/// Reads an application that is there and says it as a plan.
package struct Importer: Sendable {
    let session: Session
    let now: @Sendable () -> Int64

    package init(_ session: Session, now: @escaping @Sendable () -> Int64) {
        self.session = session
        self.now = now
    }

    package func plan() async throws(EngineError) -> ImportedPlan {
        let snapshot = try await Observer(session, isFresh: true, now: now)
            .snapshot(of: ImportedPlan.bare(session.identity))
        return ImportedPlan(session.identity, from: snapshot)
    }

    /// What applying an imported plan would do: nothing, where a plan can say all that is there.
    package func differences(of plan: Plan) async throws -> Changeset {
        try await Comparison.make(of: plan, in: session, valuesFrom: nil, now: now)
            .changesetWithoutValues(scope: Scope())
    }
}
