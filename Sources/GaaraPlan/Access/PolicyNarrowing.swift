internal import JSON

extension PolicyDocument {
    /// Whether putting this document in place of `text` may take a right away from somebody.
    ///
    /// Sound and not complete: `false` only where every grant of `text` is provably kept and
    /// nothing is newly denied.
    package func mayNarrow(_ text: String) -> Bool {
        guard let json = try? JSON(parsing: text), let live = PolicyMeaning(json),
            let declared = PolicyMeaning(self.json)
        else { return true }
        return !declared.keeps(live)
    }

    /// Whether two texts mean the same, as `isEquivalent(to:)` has it.
    package static func areEquivalent(_ one: String, _ other: String) -> Bool {
        guard let one = try? JSON(parsing: one), let other = try? JSON(parsing: other),
            let meaning = PolicyMeaning(one)
        else { return false }
        return meaning == PolicyMeaning(other)
    }
}
