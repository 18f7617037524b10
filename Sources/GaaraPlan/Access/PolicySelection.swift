internal import JSON

/// What one element of a statement selects: each of a list, or everything but a list.
struct PolicySelection {
    enum Choice: Hashable {
        case one(String)
        case allBut(Set<String>)

        /// For people.
        var words: String {
            switch self {
            case .one(let name): name
            case .allBut(let names): "all but \(names.sorted().joined(separator: ", "))"
            }
        }
    }

    /// The alternatives; a single `nil` where the statement has no such element.
    let choices: Set<Choice?>

    var isAbsent: Bool { choices == [nil] }

    /// Reads `name` or `Not` with `name`; `nil` when both are there or one cannot be read.
    init?(_ name: String, of statement: JSONObject, read: (JSON) -> [String]?) {
        switch (statement[name], statement["Not\(name)"]) {
        case (nil, nil):
            choices = [nil]
        case (let list?, nil):
            guard let names = read(list) else { return nil }
            choices = Set(names.map(Choice.one))
        case (nil, let list?):
            guard let names = read(list) else { return nil }
            choices = [.allBut(Set(names))]
        case (.some, .some):
            return nil
        }
    }
}

/// One condition, in the spelling that all equal conditions share.
struct PolicyTest: Hashable {
    let test: String
    let key: String
    let values: Set<String>

    /// Whether this holds wherever `other` holds: the same test of the same key with values that
    /// cover its own.
    ///
    /// Of a negated test more values let less through.
    func holds(wherever other: PolicyTest) -> Bool {
        guard test == other.test, key == other.key else { return false }
        guard !test.contains("Not") else { return values.isSubset(of: other.values) }
        if test.contains("ArnLike") {
            return other.values.allSatisfy { value in
                values.contains { PolicyPattern($0).coversARN(value) }
            }
        }
        guard test.contains("StringLike") else { return values.isSuperset(of: other.values) }
        return other.values.allSatisfy { value in
            values.contains { PolicyPattern($0).covers(value) }
        }
    }

    /// The conditions of a statement, none for an absent or an empty element; `nil` for what
    /// cannot be read, such as a key that stands twice in different case.
    static func all(of json: JSON?) -> Set<PolicyTest>? {
        guard let json else { return [] }
        guard let tests = json.object else { return nil }
        var conditions: Set<PolicyTest> = []
        for (test, keys) in tests.members {
            guard let keys = keys.object else { return nil }
            var seen: Set<String> = []
            for (key, value) in keys.members {
                let key = key.asciiLowercased
                guard seen.insert(key).inserted, let values = value.policyScalars else {
                    return nil
                }
                conditions.insert(
                    PolicyTest(test: synonym(of: test), key: key, values: Set(values)))
            }
        }
        return conditions
    }

    /// ArnEquals and ArnLike "behave identically" (IAM User Guide, ARN condition operators).
    private static func synonym(of test: String) -> String {
        test.replacing("ArnEquals", with: "ArnLike").replacing("ArnNotEquals", with: "ArnNotLike")
    }
}

extension JSON {
    /// A string or a list of strings.
    var policyStrings: [String]? {
        let strings = (array ?? [self]).map(\.string)
        return strings.contains(nil) ? nil : strings.compactMap(\.self)
    }

    /// As `policyStrings`, of a condition's values, where `true` is `"true"` and `7` is `"7"`.
    fileprivate var policyScalars: [String]? {
        let scalars = (array ?? [self]).map { value -> String? in
            switch value {
            case .string(let text), .number(let text): text
            case .bool(let truth): truth ? "true" : "false"
            case .null, .array, .object: nil
            }
        }
        return scalars.contains(nil) ? nil : scalars.compactMap(\.self)
    }
}

extension String {
    /// Lower case of A to Z alone: what "not case-sensitive" means in IAM.
    var asciiLowercased: String {
        String(
            decoding: utf8.map { (0x41...0x5a).contains($0) ? $0 + 0x20 : $0 }, as: UTF8.self)
    }
}
