/// An expression over metrics, as far as the sandbox computes them: numbers, ids, `+ - * /`,
/// parentheses and `FILL(id, number)`.
///
/// A period in which an operand has no value, or which divides by zero, has no value (CloudWatch
/// user guide, "Using metric math").
struct MetricMath {
    private indirect enum Node {
        case number(Double)
        case series(String)
        case fill(String, Double)
        case binary(Character, Node, Node)
    }

    private let root: Node

    /// `nil` for what is not such an expression, `ANOMALY_DETECTION_BAND` among it.
    init?(_ text: String) {
        var reader = Reader(rest: text.filter { !$0.isWhitespace }[...])
        guard let node = reader.sum(), reader.rest.isEmpty else { return nil }
        root = node
    }

    /// The values by the start of their periods.
    ///
    /// - Parameter lookUp: the values of an id; `nil` for one that is not there.
    func values(_ lookUp: (String) -> [Int: Double]?) -> [Int: Double] {
        var series: [String: [Int: Double]] = [:]
        for id in Self.ids(of: root) { series[id] = lookUp(id) }
        var values: [Int: Double] = [:]
        for time in Set(series.values.flatMap(\.keys)) {
            values[time] = Self.value(of: root, at: time, in: series)
        }
        return values
    }

    private static func ids(of node: Node) -> [String] {
        switch node {
        case .number: []
        case .series(let id), .fill(let id, _): [id]
        case .binary(_, let left, let right): ids(of: left) + ids(of: right)
        }
    }

    private static func value(
        of node: Node, at time: Int, in series: [String: [Int: Double]]
    ) -> Double? {
        switch node {
        case .number(let number): return number
        case .series(let id): return series[id]?[time]
        case .fill(let id, let number): return series[id]?[time] ?? number
        case .binary(let sign, let left, let right):
            guard let left = value(of: left, at: time, in: series),
                let right = value(of: right, at: time, in: series)
            else { return nil }
            let result: Double
            switch sign {
            case "+": result = left + right
            case "-": result = left - right
            case "*": result = left * right
            default: result = left / right
            }
            return result.isFinite ? result : nil
        }
    }

    private struct Reader {
        var rest: Substring
        private var depth = 0

        init(rest: Substring) { self.rest = rest }

        mutating func sum() -> Node? { chain("+-") { $0.product() } }

        private mutating func product() -> Node? { chain("*/") { $0.term() } }

        private mutating func chain(
            _ signs: String, _ operand: (inout Reader) -> Node?
        ) -> Node? {
            guard var node = operand(&self) else { return nil }
            while let sign = rest.first, signs.contains(sign) {
                rest.removeFirst()
                guard let right = operand(&self) else { return nil }
                node = .binary(sign, node, right)
            }
            return node
        }

        private mutating func term() -> Node? {
            // The model's 2,048 characters could nest as deep.
            depth += 1
            defer { depth -= 1 }
            guard depth < 64, let first = rest.first else { return nil }
            if first == "-" {
                rest.removeFirst()
                return term().map { .binary("-", .number(0), $0) }
            }
            if first == "(" {
                rest.removeFirst()
                guard let node = sum(), take(")") else { return nil }
                return node
            }
            let word = word()
            if first.isNumber || first == "." { return Double(word).map { .number($0) } }
            if word == "FILL" {
                guard take("(") else { return nil }
                let id = self.word()
                guard take(",") else { return nil }
                let isNegative = take("-")
                guard let number = Double(self.word()), take(")") else { return nil }
                return .fill(id, isNegative ? -number : number)
            }
            guard first.isLowercase, rest.first != "(" else { return nil }
            return .series(word)
        }

        private mutating func word() -> String {
            let word = rest.prefix {
                $0.isASCII && ($0.isLetter || $0.isNumber) || "_.".contains($0)
            }
            rest = rest.dropFirst(word.count)
            return String(word)
        }

        private mutating func take(_ character: Character) -> Bool {
            guard rest.first == character else { return false }
            rest.removeFirst()
            return true
        }
    }
}
