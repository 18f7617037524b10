/// How many steps of each verb: the line that ends every plan and every apply.
package struct Summary: Hashable, Sendable {
    package private(set) var counts: [Verb: Int] = [:]

    package init(_ steps: [Step]) {
        for step in steps { counts[step.verb, default: 0] += 1 }
    }

    /// `3 to create, 1 to change, 0 to delete`, and the other verbs where they are not zero.
    package var planned: String {
        join([
            (.create, "to create", true), (.change, "to change", true),
            (.delete, "to delete", true),
            (.restore, "to restore", false), (.adopt, "to adopt", false),
            (.rotate, "to rotate", false), (.outside, "changed outside", false),
        ])
    }

    /// `3 created, 1 changed, 0 deleted`, and the other verbs where they are not zero.
    package var done: String {
        join([
            (.create, "created", true), (.change, "changed", true), (.delete, "deleted", true),
            (.restore, "restored", false), (.adopt, "adopted", false),
            (.rotate, "rotated", false), (.outside, "overwritten", false),
        ])
    }

    private func join(_ words: [(verb: Verb, words: String, isAlways: Bool)]) -> String {
        words.filter { $0.isAlways || counts[$0.verb, default: 0] > 0 }
            .map { "\(counts[$0.verb, default: 0]) \($0.words)" }
            .joined(separator: ", ")
    }
}
