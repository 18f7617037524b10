/// "Did you mean": the nearest of the words that would have been right.
enum Suggestion {
    /// The word that `text` was meant to be; `nil` where none is near.
    ///
    /// A word that differs in case or in `_` for `-` only is taken at once; else the one with the
    /// fewest edits, at most a third of its length.
    static func nearest<Words: Sequence<String>>(to text: String, among words: Words) -> String? {
        let folded = fold(text)
        guard folded.count <= 64 else { return nil }
        var best: (word: String, distance: Int)?
        for word in words {
            let other = fold(word)
            if other == folded { return word }
            guard abs(other.count - folded.count) <= 4 else { continue }
            let distance = edits(folded, other)
            guard distance <= max(1, max(folded.count, other.count) / 3) else { continue }
            if distance < best?.distance ?? .max { best = (word, distance) }
        }
        return best?.word
    }

    private static func fold(_ text: String) -> [Character] {
        text.lowercased().map { $0 == "_" ? "-" : $0 }
    }

    /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    private static func edits(_ a: [Character], _ b: [Character]) -> Int {
        var before: [Int] = []
        var previous = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var cost = min(previous[j + 1], row[j]) + 1
                cost = min(cost, previous[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    cost = min(cost, before[j - 1] + 1)
                }
                row.append(cost)
            }
            before = previous
            previous = row
        }
        return previous[b.count]
    }
}
