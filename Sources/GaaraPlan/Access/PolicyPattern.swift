/// A text of a policy in which `*` stands for any text and `?` for any character.
struct PolicyPattern {
    let text: String

    init(_ text: String) { self.text = text }

    /// Whether this matches all that the pattern `other` matches; sound, not complete.
    ///
    /// A text with a variable is covered by itself and by `*` alone: nobody knows what it becomes.
    func covers(_ other: String) -> Bool {
        if text == other || text == "*" { return true }
        guard !text.contains("${"), !other.contains("${") else { return false }
        let mine = Array(text.utf8)
        let theirs = Array(other.utf8)
        // Row by row: reach[j] says whether what was read of mine covers theirs up to j.
        var reach = [true] + Array(repeating: false, count: theirs.count)
        for byte in mine {
            var next = Array(repeating: false, count: theirs.count + 1)
            if byte == UInt8(ascii: "*") {
                var isReached = false
                for j in reach.indices {
                    isReached = isReached || reach[j]
                    next[j] = isReached
                }
            } else {
                for (j, their) in theirs.enumerated() where reach[j] {
                    next[j + 1] =
                        byte == UInt8(ascii: "?")
                        ? their != UInt8(ascii: "*") && their < 0x80
                        : their == byte && byte != UInt8(ascii: "*")
                }
            }
            reach = next
        }
        return reach[theirs.count]
    }

    /// As `covers`, for ARNs in ArnLike, each of whose six parts is matched by itself (IAM User
    /// Guide, "Amazon Resource Name (ARN) condition operators").
    func coversARN(_ other: String) -> Bool {
        if text == other { return true }
        func parts(_ arn: String) -> [String] {
            arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
                .map(String.init)
        }
        let (mine, theirs) = (parts(text), parts(other))
        return mine.count == 6 && theirs.count == 6
            && zip(mine, theirs).allSatisfy { PolicyPattern($0).covers($1) }
    }
}
