internal import JSON

/// What becomes of everybody's permissions when one policy takes the place of another, in words.
package struct PolicyDifference: Hashable, Sendable {
    package enum Verdict: String, Hashable, Sendable {
        /// Both let the same people do the same.
        case same
        /// Provably nobody loses a permission.
        case widened
        /// Provably nobody gains one.
        case narrowed
        /// Provably some are gained and some lost.
        case both = "widened and narrowed"
        /// Neither could be proved; the lines say where they differ.
        case unproven = "cannot prove"
    }

    package let verdict: Verdict
    /// `role gaara-store-app can also read redis-url`, sorted; what is lost stands first.
    package let lines: [String]

    /// - Parameter bearers: who has the policy, where it is one of an identity.
    /// - Parameter region: the plan's own: what stands elsewhere is told with its region.
    init(from old: String, to new: String, bearers: [String] = [], in region: String? = nil) {
        guard let before = Self.meaning(of: old), let after = Self.meaning(of: new) else {
            verdict = .unproven
            lines = ["the present policy cannot be understood"]
            return
        }
        let words = PermissionWords(
            bearers: bearers, spellings: Self.actions(of: [old, new]), region: region)
        let lost = Self.atoms(of: before, beyond: after)
        let gained = Self.atoms(of: after, beyond: before)
        let told = words.lines(lost: lost, gained: gained)
        lines = told.lines
        verdict =
            switch (after.keeps(before), before.keeps(after)) {
            case (true, true): .same
            case (true, false): .widened
            case (false, true): .narrowed
            case (false, false): told.isPlain ? .both : .unproven
            }
    }

    private static func meaning(of text: String) -> PolicyMeaning? {
        (try? JSON(parsing: text, limits: JSONLimits(bytes: 131_072))).flatMap(PolicyMeaning.init)
    }

    /// Of each caller, action and secret those that the other does not cover.
    private static func atoms(
        of one: PolicyMeaning, beyond other: PolicyMeaning
    ) -> [PermissionWords.Atom] {
        one.grants.subtracting(other.grants).flatMap { grant in
            grant.byCaller.flatMap { who, part in
                part.bySecret.filter { atom in !other.grants.contains { $0.covers(atom) } }
                    .map { PermissionWords.Atom(who: who, grant: $0) }
            }
        }
    }

    /// The actions as they are written, by their lower case.
    private static func actions(of texts: [String]) -> [String: String] {
        var spellings: [String: String] = [:]
        for text in texts {
            let statements = (try? JSON(parsing: text))?.object?["Statement"]
            for statement in statements.map({ $0.array ?? [$0] }) ?? [] {
                for action in statement.object?["Action"]?.policyStrings ?? [] {
                    spellings[action.asciiLowercased] = action
                }
            }
        }
        return spellings
    }
}

extension PolicyDocument {
    /// What this document in the place of `text` changes for those who have it.
    func difference(
        from text: String, bearers: [Principal], in region: String? = nil
    ) -> PolicyDifference {
        PolicyDifference(
            from: text, to: self.text, bearers: bearers.map { "\($0.kind) \($0.name)" },
            in: region)
    }
}
