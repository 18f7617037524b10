/// A command line as a POSIX shell cuts it into words (IEEE Std 1003.1-2024, section 2.2): quotes
/// and backslashes count, nothing is expanded, no shell runs.
package enum ShellWords {
    /// Why a line is no list of words.
    package enum Fault: Error, Hashable, Sendable {
        case unterminatedQuote
        case trailingBackslash
        /// A word that is an operator in a shell and would be a mere argument here.
        case shellOperator(String)

        package var reason: String {
            switch self {
            case .unterminatedQuote: "a quote is not closed"
            case .trailingBackslash: "it ends with a backslash"
            case .shellOperator(let word):
                "it runs without a shell, where \(word) means nothing: put the line into a script"
            }
        }
    }

    /// The words of `line`; none for a blank one.
    package static func split(_ line: String) throws(Fault) -> [String] {
        var words: [String] = []
        var word: String.UnicodeScalarView?
        var isQuoted = false
        var rest = line.unicodeScalars[...]

        func finish() throws(Fault) {
            guard let finished = word.map(String.init) else { return }
            if !isQuoted, operators.contains(finished) { throw .shellOperator(finished) }
            words.append(finished)
            (word, isQuoted) = (nil, false)
        }

        while let scalar = rest.popFirst() {
            switch scalar {
            case " ", "\t", "\n": try finish()
            case "'", "\"":
                word = (word ?? .init()) + (try quoted(by: scalar, &rest))
                isQuoted = true
            case "\\":
                guard let next = rest.popFirst() else { throw .trailingBackslash }
                word = (word ?? .init()) + [next]
                isQuoted = true
            default: word = (word ?? .init()) + [scalar]
            }
        }
        try finish()
        return words
    }

    private static let operators: Set<String> = [
        "|", "||", "&", "&&", ";", "<", ">", ">>", "<<", "2>", "2>&1", "(", ")",
    ]

    /// What stands up to the closing quote.
    private static func quoted(
        by quote: Unicode.Scalar, _ rest: inout Substring.UnicodeScalarView
    ) throws(Fault) -> String.UnicodeScalarView {
        var text = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            if scalar == quote { return text }
            guard scalar == "\\", quote == "\"" else {
                text.append(scalar)
                continue
            }
            guard let next = rest.popFirst() else { throw .unterminatedQuote }
            // Between double quotes a backslash escapes these alone (section 2.2.3).
            if !["$", "`", "\"", "\\"].contains(next) { text.append(scalar) }
            text.append(next)
        }
        throw .unterminatedQuote
    }
}
