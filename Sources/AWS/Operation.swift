/// What is known of an operation before it is called: whose it is, its name on the wire, and what
/// a second execution would do.
package struct Operation: Hashable, Sendable {
    package let service: ServiceID
    /// As AWS writes it: `DescribeKey`.
    package let name: String
    package let repetition: Repetition
    /// Whether requests carry our signature; without it no credentials are asked for.
    package let isSigned: Bool

    /// What happens when a call is executed twice, which is what a retry after a lost answer risks.
    package enum Repetition: Hashable, Sendable {
        /// Nothing: it only reads.
        case reads
        /// The second execution changes nothing and answers as the first; by its nature or by its
        /// `ClientRequestToken`.
        case idempotent
        /// The second execution changes nothing, and may answer with this error code, which then
        /// can mean that the first was executed.
        case answers(String)
        /// A second thing is made. Never sent again once it may have been executed, and sent on a
        /// connection of its own, since libcurl replays on reused ones.
        case never
    }

    package init(
        _ service: ServiceID, _ name: String, _ repetition: Repetition, isSigned: Bool = true
    ) {
        self.service = service
        self.name = name
        self.repetition = repetition
        self.isSigned = isSigned
    }

    /// The permission that it takes, as policies write it: `kms:DescribeKey`.
    package var action: String { "\(service.actionPrefix):\(name)" }

    /// Whether a second execution may answer with that error code.
    package func answersAgain(with code: String?) -> Bool {
        guard case .answers(let expected) = repetition else { return false }
        return code == expected
    }

    /// Whether it leaves the account as it was.
    package var isRead: Bool { repetition == .reads }

    /// Whether it may be sent again when nobody knows if it was executed.
    package var isIdempotent: Bool { repetition != .never }
}

extension Operation: CustomStringConvertible {
    package var description: String { "\(service.prefix) \(name)" }
}
