internal import SigV4

/// Times as the query services write them: `2026-01-01T00:00:00Z`.
enum ISO8601 {
    static func text(secondsSince1970 seconds: Int) -> String {
        // 20260101T000000Z with its punctuation.
        var text = Array(SigningDate(secondsSince1970: seconds).basic)
        for position in [13, 11] { text.insert(":", at: position) }
        for position in [6, 4] { text.insert("-", at: position) }
        return String(text)
    }
}
