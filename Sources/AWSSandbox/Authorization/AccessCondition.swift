/// One condition: an operator, a key of the request, and the values that it is held against.
struct AccessCondition: Hashable, Sendable {
    private enum Quantifier: Hashable { case none, forAllValues, forAnyValue }

    private let quantifier: Quantifier
    private let comparison: AccessComparison?
    private let isNegated: Bool
    private let isIfExists: Bool
    private let isNull: Bool
    let key: String
    private let values: [String]

    /// - Parameter name: the operator as written, such as `ForAnyValue:StringLikeIfExists`.
    init(_ name: String, _ key: String, _ values: [String]) {
        self.key = key
        self.values = values
        var name = name[...]
        let prefixes: [(String, Quantifier)] = [
            ("ForAllValues:", .forAllValues), ("ForAnyValue:", .forAnyValue),
        ]
        let prefix = prefixes.first { name.hasPrefix($0.0) }
        quantifier = prefix?.1 ?? .none
        name = name.dropFirst(prefix?.0.count ?? 0)
        isIfExists = name.hasSuffix("IfExists")
        if isIfExists { name = name.dropLast("IfExists".count) }
        isNull = name == "Null"
        let negated = AccessComparison.negated[String(name)]
        isNegated = negated != nil
        comparison = AccessComparison(rawValue: negated ?? String(name))
    }

    /// Of the condition operators' page of the IAM User Guide: a key that the request lacks fails a
    /// plain operator and passes a negated one.
    func holds(in request: AccessRequest, hasVariables: Bool) -> Bool {
        let found = request[key]
        if isNull { return values.contains { ($0.lowercased() == "true") == (found == nil) } }
        guard let comparison else { return false }
        guard let found else {
            return isIfExists || quantifier == .forAllValues
                || isNegated && quantifier == .none
        }
        let expected =
            hasVariables && comparison.hasVariables
            ? values.compactMap(request.expanding) : values
        func fits(_ value: String) -> Bool {
            expected.contains { comparison.holds(value, $0) } != isNegated
        }
        return switch quantifier {
        case .forAllValues: found.allSatisfy(fits)
        case .forAnyValue: found.contains(where: fits)
        // Of several values a negated operator takes none that it names.
        case .none: isNegated ? found.allSatisfy(fits) : found.contains(where: fits)
        }
    }
}
