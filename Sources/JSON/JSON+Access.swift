extension JSON {
    /// The text, or `nil` when this is no string.
    package var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The truth value, or `nil` when this is neither `true` nor `false`.
    package var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The number when it is whole and fits, `1e3` and `2.0` included; never rounded, else `nil`.
    package var int: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text) ?? Self.wholeNumber(text)
    }

    /// The nearest double, or `nil` when this is no number or beyond a double's range.
    package var double: Double? {
        guard case .number(let text) = self, let value = Double(text), value.isFinite else {
            return nil
        }
        return value
    }

    /// The elements, or `nil` when this is no array.
    package var array: [JSON]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The members, or `nil` when this is no object.
    package var object: JSONObject? {
        guard case .object(let object) = self else { return nil }
        return object
    }

    package var isNull: Bool { self == .null }

    /// The member of that name, or `nil` when this is no object or has none.
    package subscript(key: String) -> JSON? { object?[key] }

    /// The element at that position, or `nil` when this is no array or has none there.
    package subscript(index: Int) -> JSON? {
        guard let elements = array, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// Reads `-12.50e1` as decimal digits and a power of ten, so that no bit is lost.
    private static func wholeNumber(_ text: String) -> Int? {
        let parts = text.split(
            maxSplits: 1, omittingEmptySubsequences: false,
            whereSeparator: { $0 == "e" || $0 == "E" })
        guard let mantissa = parts.first, let exponent = parts.count == 2 ? Int(parts[1]) : 0 else {
            return nil
        }
        let halves = mantissa.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = halves.count == 2 ? String(halves[1]) : ""
        var digits = (halves.first.map(String.init) ?? "") + fraction
        guard digits.contains(where: { $0 != "0" && $0 != "-" }) else { return 0 }

        let (power, overflow) = exponent.subtractingReportingOverflow(fraction.utf8.count)
        // 10 to the 19th is beyond Int already.
        guard !overflow, power <= 19 else { return nil }
        var missing = power
        while missing < 0 {
            guard digits.last == "0" else { return nil }
            digits.removeLast()
            missing += 1
        }
        return Int(digits + String(repeating: "0", count: missing))
    }
}
