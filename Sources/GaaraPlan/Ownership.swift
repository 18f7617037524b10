/// Whose a live thing is, as its tags tell (design 5.1).
package enum Ownership: Hashable, Sendable {
    case ours
    /// No tag of ours: `--adopt` may take it over.
    case unclaimed
    /// Somebody else's; the words say whose.
    case foreign(String)

    package init(tags: [String: String], identity: Identity) {
        let marks = identity.tags
        let found = marks.keys.filter { tags[$0] != nil }
        if let stack = tags["aws:cloudformation:stack-name"] {
            self = .foreign("CloudFormation stack \(stack)")
        } else if found.allSatisfy({ tags[$0] == marks[$0] }), found.count == marks.count {
            self = .ours
        } else if found.isEmpty {
            self = .unclaimed
        } else {
            let whose = marks.keys.sorted().map { "\($0)=\(tags[$0] ?? "")" }
            self = .foreign(whose.joined(separator: " "))
        }
    }
}

/// The tags of one thing: what it should carry against what it carries.
///
/// Foreign tags stay; of ours only `gaara:protect` is ever taken off.
package struct TagDifference: Hashable, Sendable {
    /// To be put, because absent or different.
    package let missing: [String: String]
    /// To be taken off.
    package let surplus: [String]
    package let changes: [Change]

    package static let protection = "gaara:protect"
    package static let claim = "gaara:claim"

    package init(declared: [String: String], live: [String: String]) {
        missing = declared.filter { live[$0.key] != $0.value }
        surplus = live.keys.filter { $0 == Self.protection && declared[$0] == nil }
        let put = missing.sorted { $0.key < $1.key }.map { key, value in
            Change("tags.\(key)", live[key].map { .text($0) } ?? .absent, .text(value))
        }
        let removed = surplus.map { key in
            Change("tags.\(key)", live[key].map { .text($0) } ?? .absent, .absent)
        }
        changes = put + removed
    }
}

extension Plan {
    /// The tags of everything that takes tags: the plan's own and those that mark ownership.
    package var allTags: [String: String] {
        tags.merging(identity.tags) { _, mark in mark }
    }
}

/// The refusals that every kind shares.
enum Refusal {
    static func foreign(_ address: Address, owner: String, at place: Place) -> Findings {
        Findings(
            refusal: Diagnostic(
                .error, "foreign-owner",
                "\(address) exists and belongs to somebody else: \(owner)",
                hint: "give it another name in the plan", at: place))
    }

    static func unclaimed(_ address: Address, at place: Place) -> Findings {
        Findings(
            refusal: Diagnostic(
                .error, "not-ours", "\(address) exists and does not carry our tags",
                hint: "--adopt takes it over: that apply tags it and changes nothing else",
                at: place))
    }
}
