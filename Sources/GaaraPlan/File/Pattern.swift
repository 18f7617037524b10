/// The form of a text, as data: the reader matches it and the JSON Schema prints it as a regular
/// expression, so the two cannot disagree.
package indirect enum Pattern: Sendable {
    case literal(String)
    /// So many characters of a class, which is written as in a regular expression: `a-z0-9-`.
    case characters(String, ClosedRange<Int>)
    case sequence([Pattern])
    case oneOf([Pattern])
    case repeated(Pattern, ClosedRange<Int>)

    /// Whether the whole of `text` has this form.
    func matches(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        return match(scalars, 0) { $0 == scalars.count }
    }

    private func match(_ text: [Unicode.Scalar], _ start: Int, _ rest: (Int) -> Bool) -> Bool {
        switch self {
        case .literal(let literal):
            let wanted = Array(literal.unicodeScalars)
            guard text.count - start >= wanted.count else { return false }
            guard text[start..<(start + wanted.count)].elementsEqual(wanted) else { return false }
            return rest(start + wanted.count)
        case .characters(let allowed, let count):
            let ranges = Pattern.ranges(allowed)
            var end = start
            while end < text.count, end - start < count.upperBound,
                ranges.contains(where: { $0.contains(text[end]) })
            { end += 1 }
            while end - start >= count.lowerBound {
                if rest(end) { return true }
                end -= 1
            }
            return false
        case .sequence(let parts):
            guard let first = parts.first else { return rest(start) }
            let others = Pattern.sequence(Array(parts.dropFirst()))
            return first.match(text, start) { others.match(text, $0, rest) }
        case .oneOf(let patterns):
            return patterns.contains { $0.match(text, start, rest) }
        case .repeated(let pattern, let count):
            if count.upperBound > 0 {
                let fewer = max(0, count.lowerBound - 1)...(count.upperBound - 1)
                let more = Pattern.repeated(pattern, fewer)
                let found = pattern.match(text, start) { $0 > start && more.match(text, $0, rest) }
                if found { return true }
            }
            return count.lowerBound == 0 && rest(start)
        }
    }

    /// The members of a class: `a-z` is a range, a hyphen at either end is itself.
    private static func ranges(_ allowed: String) -> [ClosedRange<Unicode.Scalar>] {
        let scalars = Array(allowed.unicodeScalars)
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        var index = 0
        while index < scalars.count {
            if index + 2 < scalars.count, scalars[index + 1] == "-",
                scalars[index] <= scalars[index + 2]
            {
                ranges.append(scalars[index]...scalars[index + 2])
                index += 3
            } else {
                ranges.append(scalars[index]...scalars[index])
                index += 1
            }
        }
        return ranges
    }
}

extension Pattern {
    /// The same form as an ECMA 262 regular expression with its anchors, as JSON Schema wants it.
    var regularExpression: String { "^\(expression)$" }

    private var expression: String {
        switch self {
        case .literal(let text):
            return text.map { #"\^$.*+?()[]{}|/"#.contains($0) ? #"\\#($0)"# : String($0) }.joined()
        case .characters(let allowed, let count):
            let body = allowed.map { #"\]^["#.contains($0) ? #"\\#($0)"# : String($0) }.joined()
            return "[\(body)]\(Pattern.quantifier(count))"
        case .sequence(let parts):
            return parts.map(\.expression).joined()
        case .oneOf(let patterns):
            return "(\(patterns.map(\.expression).joined(separator: "|")))"
        case .repeated(let pattern, let count):
            return "(\(pattern.expression))\(Pattern.quantifier(count))"
        }
    }

    private static func quantifier(_ count: ClosedRange<Int>) -> String {
        switch (count.lowerBound, count.upperBound) {
        case (1, 1): ""
        case (0, 1): "?"
        case (0, .max): "*"
        case (1, .max): "+"
        case (let low, .max): "{\(low),}"
        case (let low, let high) where low == high: "{\(low)}"
        case (let low, let high): "{\(low),\(high)}"
        }
    }

    /// The decimal integers of a range, without leading zeros: `7...30` is `([7-9]|[12][0-9]|30)`.
    static func integers(_ range: ClosedRange<Int>) -> Pattern {
        var parts: [Pattern] = []
        var low = range.lowerBound
        while low <= range.upperBound {
            // The longest run from `low` whose last digits go from all zeros to all nines.
            var step = 1
            while low % (step * 10) == 0, low >= step * 10, low + step * 10 - 1 <= range.upperBound
            {
                step *= 10
            }
            let lead = low / step
            let top = min(lead / 10 * 10 + 9, (range.upperBound + 1) / step - 1)
            var run: [Pattern] = lead >= 10 ? [.literal(String(lead / 10))] : []
            run.append(
                .characters(lead == top ? "\(lead % 10)" : "\(lead % 10)-\(top % 10)", 1...1))
            let zeros = String(step).count - 1
            if zeros > 0 { run.append(.characters("0-9", zeros...zeros)) }
            parts.append(.sequence(run))
            low = (top + 1) * step
        }
        return .oneOf(parts)
    }
}
