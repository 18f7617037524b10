package import GaaraPlan

/// What became of one write: told before it is sent and when its answer is known, so that a journal
/// shows what was under way when a run was killed.
package struct CallEvent: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        /// It is about to be sent, or sent again.
        case begun
        case answered(requestID: String?)
        /// - Parameter isAmbiguous: whether it may have been executed all the same.
        case failed(code: String?, requestID: String?, isAmbiguous: Bool)
    }

    /// What the step that it belongs to is about.
    package let address: Address
    /// As policies write it: `kms:CreateKey`.
    package let action: String
    package let outcome: Outcome
}
