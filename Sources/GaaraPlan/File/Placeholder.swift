/// Texts that were meant to be replaced, or never to stand in a plan.
enum Placeholder {
    private static let words: Set<String> = [
        "changeme", "change-me", "change_me", "replaceme", "replace-me", "replace_me", "todo",
        "fixme", "tbd", "xxx", "xxxx", "...", "\u{2026}",
    ]

    /// Whether `text` is a placeholder, such as `...` or `<key-id>`; with `anywhere`, whether it
    /// holds one.
    static func isFound(in text: String, anywhere: Bool) -> Bool {
        if words.contains(text.lowercased()) { return true }
        if text.first == "<", text.last == ">" { return true }
        guard anywhere else { return false }
        guard let open = text.firstIndex(of: "<") else {
            return text.utf8.count > 3 && holds("...", in: text) || text.contains("\u{2026}")
        }
        return text[open...].contains(">")
    }

    /// Whether `text` has the form of a credential: an AWS access key id, a private key, a
    /// password in a URL, a token of GitHub, Slack or Stripe.
    static func looksSecret(_ text: String) -> Bool {
        if holds("-----BEGIN ", in: text) { return true }
        if let scheme = range(of: "://", in: text) {
            let authority = text[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" }
            if let at = authority.lastIndex(of: "@"), let colon = authority.firstIndex(of: ":") {
                return colon < at && authority.index(after: colon) < at
            }
        }
        let word = { (character: Character) in
            character.isASCII && (character.isLetter || character.isNumber || character == "_")
        }
        return text.split(whereSeparator: { !word($0) }).contains { token in
            if token.count == 20, token.hasPrefix("AKIA") || token.hasPrefix("ASIA") {
                return token.allSatisfy { $0.isUppercase || $0.isNumber }
            }
            let prefixes = ["ghp_", "gho_", "ghs_", "github_pat_", "sk_live_", "xoxb_", "xoxp_"]
            return token.count >= 24 && prefixes.contains { token.hasPrefix($0) }
        }
    }

    private static func holds(_ part: String, in text: String) -> Bool {
        range(of: part, in: text) != nil
    }

    private static func range(of part: String, in text: String) -> Range<String.Index>? {
        var start = text.startIndex
        while start < text.endIndex {
            if text[start...].hasPrefix(part) {
                return start..<text.index(start, offsetBy: part.count)
            }
            start = text.index(after: start)
        }
        return nil
    }
}
