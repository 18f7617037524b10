package import GaaraPlan

/// What was done: the last of the four nouns.
///
/// It holds addresses, outcomes and request ids, never a value.
package struct Receipt: Hashable, Sendable {
    /// In the order of the changeset.
    package var entries: [Entry]
    /// The signal that ended the run early, if one did.
    package var stoppedBy: Int32?

    package struct Entry: Hashable, Sendable {
        package let step: Step
        package var outcome: Outcome

        package init(_ step: Step, _ outcome: Outcome) {
            self.step = step
            self.outcome = outcome
        }
    }

    package enum Outcome: Hashable, Sendable {
        /// All calls were answered; the ids that AWS gave them.
        case done(requestIDs: [String])
        /// A call failed; those before it in the step were done.
        case failed(EngineError)
        /// It builds on a step that was not done, a signal came first, or the person said no.
        case notTried

        package var isFailure: Bool {
            switch self {
            case .failed: true
            case .done, .notTried: false
            }
        }

        package var isDone: Bool {
            switch self {
            case .done: true
            case .failed, .notTried: false
            }
        }
    }

    package init(entries: [Entry], stoppedBy: Int32? = nil) {
        self.entries = entries
        self.stoppedBy = stoppedBy
    }

    package var done: [Step] {
        entries.filter(\.outcome.isDone).map(\.step)
    }

    package var failures: [(step: Step, error: EngineError)] {
        entries.compactMap { entry in
            guard case .failed(let error) = entry.outcome else { return nil }
            return (entry.step, error)
        }
    }

    package var notTried: [Step] {
        entries.filter { $0.outcome == .notTried }.map(\.step)
    }

    package var isComplete: Bool { done.count == entries.count }
}
