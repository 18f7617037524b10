internal import JSON

extension PolicyDocument {
    /// From whom it may take which actions to put this document in the place of `text`, in words;
    /// `nil` where nobody loses a right.
    ///
    /// Sound and not complete: `nil` only where every grant of `text` is provably kept and nothing
    /// is newly denied.
    package func narrowing(of text: String) -> String? {
        guard let json = try? JSON(parsing: text), let live = PolicyMeaning(json),
            let declared = PolicyMeaning(self.json)
        else { return "may take rights away: the present one cannot be compared" }
        guard !declared.keeps(live) else { return nil }
        let losses = declared.losses(from: live).sorted { $0.key < $1.key }
            .map { who, actions in "\(who): \(Self.listed(actions.sorted()))" }
        let whose = losses.isEmpty ? "" : " from \(losses.joined(separator: "; "))"
        return "may take rights away\(whose)"
    }

    /// The first three, and how many there are beside them.
    private static func listed(_ words: [String]) -> String {
        let more = words.count - 3
        return words.prefix(3).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }

    /// Whether two texts mean the same, as `isEquivalent(to:)` has it.
    package static func areEquivalent(_ one: String, _ other: String) -> Bool {
        guard let one = try? JSON(parsing: one), let other = try? JSON(parsing: other),
            let meaning = PolicyMeaning(one)
        else { return false }
        return meaning == PolicyMeaning(other)
    }
}
