#if MUTATIONS
    internal import POSIX

    /// A defect that is built in on purpose, to see that the simulation finds it.
    ///
    /// Only a build with `-D MUTATIONS` has them, and runs the one that GAARA_MUTATION names.
    package enum Mutation: String, Hashable, Sendable, CaseIterable {
        /// After a lost CreateKey no key is looked for by its claim.
        case noClaimSearch = "no-claim-search"
        /// A lost CreateKey is sent once more.
        case blindRetry = "blind-retry"
        /// Keys are made without the tag that finds them again.
        case noClaimTag = "no-claim-tag"
        /// A value goes straight into force instead of by compare-and-set.
        case plainPut = "plain-put"
        /// Deletions run although something failed.
        case deleteAfterFailure = "delete-after-failure"
        /// The loser of a race schedules the deletion of its key.
        case deleteLoser = "delete-loser"
        /// A policy is deleted before it is detached.
        case detachLast = "detach-last"
        /// The label of a staged value stays.
        case forgottenLabel = "forgotten-label"
        /// A value's version id is drawn instead of computed.
        case randomToken = "random-token"
        /// A value stands before the policy that guards it.
        case valueBeforePolicy = "value-before-policy"
        /// A key is deleted without a look at who needs it.
        case keyWithoutLook = "key-without-look"
        /// A protected secret is deleted.
        case deleteProtected = "delete-protected"

        package static let current: Mutation? =
            ProcessEnvironment.value("GAARA_MUTATION").flatMap(Mutation.init)

        package var isOn: Bool { Self.current == self }
    }
#endif
