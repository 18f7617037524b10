/// Text with `*` for any characters and `?` for one, as policies write it.
struct AccessPattern: Hashable, Sendable {
    private let pattern: [UInt8]

    init(_ pattern: String) { self.pattern = Array(pattern.utf8) }

    /// Whether the whole text fits; a `?` is one byte, since names and ARNs are ASCII.
    func matches(_ text: String) -> Bool {
        let text = Array(text.utf8)
        var (at, position) = (0, 0)
        var star: (at: Int, position: Int)?
        while position < text.count {
            if at < pattern.count, pattern[at] == UInt8(ascii: "*") {
                star = (at, position)
                at += 1
            } else if at < pattern.count,
                pattern[at] == UInt8(ascii: "?") || pattern[at] == text[position]
            {
                at += 1
                position += 1
            } else if let last = star {
                (at, position) = (last.at + 1, last.position + 1)
                star = (last.at, position)
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == UInt8(ascii: "*") }
    }

    /// Whether an ARN fits: each of its six parts by itself, so that no `*` reaches over a colon,
    /// save in the last (IAM User Guide, "Resource", and "ARN condition operators").
    static func matches(arn: String, _ pattern: String) -> Bool {
        if pattern == "*" { return true }
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        let patterns = pattern.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, patterns.count == 6 else { return false }
        return zip(patterns, parts).allSatisfy { AccessPattern(String($0)).matches(String($1)) }
    }

    /// Actions fit in any case (IAM User Guide, "Action").
    static func matches(action: String, _ pattern: String) -> Bool {
        AccessPattern(pattern.lowercased()).matches(action.lowercased())
    }
}
