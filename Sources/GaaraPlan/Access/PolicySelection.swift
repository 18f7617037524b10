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

extension PolicySelection {
    /// Whether `pattern` selects whatever `other` selects: a pattern in which `*` and `?` are
    /// wildcards, or the same.
    static func covers(_ pattern: Choice?, _ other: Choice?) -> Bool {
        if pattern == other { return true }
        guard case .one(let pattern)? = pattern, case .one(let other)? = other else { return false }
        return covers(Array(pattern.utf8), Array(other.utf8))
    }

    /// Every text of `other` is one of `pattern`, when `other`'s own wildcards are taken for
    /// characters that only wildcards of at least their reach can match.
    ///
    /// Sound, not complete: `a*` is covered by `*` and by `a*`, and not by `?*`. A variable such as
    /// `${aws:username}` is never covered but by `*`.
    private static func covers(_ pattern: [UInt8], _ other: [UInt8]) -> Bool {
        let (any, one) = (UInt8(ascii: "*"), UInt8(ascii: "?"))
        guard pattern.contains(any) || pattern.contains(one), !pattern.contains(UInt8(ascii: "$"))
        else { return false }
        // reached[j]: the pattern so far covers the first j characters of `other`.
        var reached = [true] + other.map { _ in false }
        for character in pattern {
            var next = reached.map { _ in false }
            if character == any {
                var isReached = false
                for index in reached.indices {
                    isReached = isReached || reached[index]
                    next[index] = isReached
                }
            } else {
                for index in other.indices where reached[index] {
                    let theirs = other[index]
                    next[index + 1] =
                        character == one
                        ? theirs != any && theirs != UInt8(ascii: "$")
                        : theirs == character
                }
            }
            reached = next
        }
        return reached[other.count]
    }
}

extension String {
    func droppingPrefix(_ prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}

/// One condition, in the spelling that all equal conditions share.
struct PolicyTest: Hashable {
    let test: String
    let key: String
    let values: Set<String>

    /// Whether this holds wherever `other` holds: the same test of the same key with at least its
    /// values.
    ///
    /// Of a negated test more values let less through.
    func holds(wherever other: PolicyTest) -> Bool {
        guard test == other.test, key == other.key else { return false }
        return test.contains("Not")
            ? values.isSubset(of: other.values) : values.isSuperset(of: other.values)
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
