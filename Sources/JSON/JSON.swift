/// A JSON value as RFC 8259 has it, with the two strictnesses that policies need: a duplicate key
/// is an error, and a number keeps its text.
///
/// An object keeps the order of its members for printing; two objects are equal when their
/// members are, in any order. Strings are equal when their bytes are: unlike Swift's `==`, which
/// takes `é` for `e` with an accent.
package enum JSON: Sendable {
    case null
    case bool(Bool)
    /// The digits as they were written, so that nothing is rounded on the way through. Text made
    /// by hand must follow RFC 8259's grammar: the writers copy it.
    case number(String)
    case string(String)
    case array([JSON])
    case object(JSONObject)

    package init(_ int: Int) {
        self = .number(String(int))
    }
}

extension JSON: Hashable {
    package static func == (a: JSON, b: JSON) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.number(let a), .number(let b)): a.hasSameBytes(as: b)
        case (.string(let a), .string(let b)): a.hasSameBytes(as: b)
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)): a == b
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .number(let text), .string(let text): hasher.combine(text)
        case .array(let elements): hasher.combine(elements)
        case .object(let object): hasher.combine(object)
        }
    }
}

extension String {
    /// Equality as RFC 8259 section 8.3 has it, code unit by code unit.
    func hasSameBytes(as other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }
}
