#if MUTATIONS
    internal import GaaraStore
#endif

/// One address and one reason, with the calls that it takes, in order; nearly always one.
package struct Step: Hashable, Sendable {
    package let address: Address
    package let verb: Verb
    package let calls: [Call]
    /// For people only: apply never reads them.
    package let changes: [Change]
    /// Why, where the changes do not say it: lower case, no full stop.
    package let reason: String?
    /// What `--yes` does not cover: the step then also needs `--confirm ADDRESS`, the typed name
    /// at a terminal, or the approved fingerprint (design 5.10).
    package let consequence: String?
    /// Where the plan declares it; `nil` for what the plan no longer declares.
    package let place: Place?

    package init(
        _ verb: Verb, _ address: Address, _ calls: [Call], changes: [Change] = [],
        reason: String? = nil, consequence: String? = nil, place: Place? = nil
    ) {
        self.address = address
        self.verb = verb
        self.calls = calls
        self.changes = changes
        self.reason = reason
        self.consequence = consequence
        self.place = place
    }

    /// When the step runs: what exists is restored first, then the kinds in the order in which
    /// they build on each other; what goes, goes last and in the opposite order (design 5.6).
    package var phase: Int {
        #if MUTATIONS
            if Mutation.detachLast.isOn, verb == .delete, case .attachment = address { return 12 }
        #endif
        return switch (verb, address) {
        case (.restore, .key): 0
        case (.restore, _): 1
        case (.delete, .attachment): 10
        case (.delete, .policy), (.delete, .role), (.delete, .replica): 11
        case (.delete, .rotation): 4
        case (.delete, .secret): 12
        case (.delete, .key): 13
        case (_, .key): 2
        case (_, .secret): 3
        case (_, .rotation): 4
        case (_, .replica): 4
        case (_, .policy), (_, .role): 5
        case (_, .attachment): 6
        }
    }
}

/// What a step does, as its symbol shows it.
package enum Verb: String, Hashable, Sendable, CaseIterable {
    case create, change, delete, adopt, restore, rotate
    /// Somebody else wrote the value: shown, and corrected only with `--overwrite`.
    case outside

    package var symbol: String {
        switch self {
        case .create: "+"
        case .change: "~"
        case .delete: "-"
        case .adopt: "="
        case .restore: "♻"
        case .rotate: "↻"
        case .outside: "!"
        }
    }
}

/// One attribute that differs.
package struct Change: Hashable, Sendable {
    /// The attribute's name in the plan, such as `description` or `tags.team`.
    package let path: String
    package let before: Shown
    package let after: Shown
    /// What it means for permissions, where one policy takes the place of another.
    package let permissions: PolicyDifference?

    package init(
        _ path: String, _ before: Shown, _ after: Shown, permissions: PolicyDifference? = nil
    ) {
        self.path = path
        self.before = before
        self.after = after
        self.permissions = permissions
    }

    /// What people may see of an attribute.
    package enum Shown: Hashable, Sendable {
        case absent
        case text(String)
        case number(Int)
        /// A policy document, shown statement by statement.
        case document(String)
        /// There is a value, and it is never shown.
        case sensitive
        /// Only apply can tell.
        case later(String)
    }
}
