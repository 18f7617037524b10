internal import JSON

/// A node after the schema: typed, with its variables filled in.
///
/// What was wrong is `faulty`, has been reported, and is not complained about again.
struct CheckedNode: Sendable {
    enum Content: Sendable {
        case faulty
        /// The word `none` in place of a duration.
        case none
        case bool(Bool)
        case integer(Int)
        case number(Double)
        case minutes(Int)
        case text(String)
        case list([CheckedNode])
        case members([Member])
    }

    struct Member: Sendable {
        let key: String
        let keyPlace: Place
        let value: CheckedNode
    }

    let content: Content
    let place: Place

    init(_ content: Content, at place: Place) {
        self.content = content
        self.place = place
    }

    // The accessors of a payload are not inlined: chained behind an optional they crash the optimiser
    // of Swift 6.3.1 (CopyPropagation, "outside of lifetime use").

    subscript(key: String) -> CheckedNode? { members.first { $0.key == key }?.value }

    /// The members of a mapping; none for anything else.
    var members: [Member] {
        guard case .members(let members) = content else { return [] }
        return members
    }

    /// The elements of a list; `nil` for anything else.
    @inline(never) var list: [CheckedNode]? {
        guard case .list(let list) = content else { return nil }
        return list
    }

    /// The texts of a list without the faulty ones; none for anything else.
    var texts: [String] { list?.compactMap(\.text) ?? [] }

    @inline(never) var text: String? {
        guard case .text(let text) = content else { return nil }
        return text
    }

    @inline(never) var bool: Bool? {
        guard case .bool(let bool) = content else { return nil }
        return bool
    }

    @inline(never) var integer: Int? {
        guard case .integer(let integer) = content else { return nil }
        return integer
    }

    @inline(never) var number: Double? {
        guard case .number(let number) = content else { return nil }
        return number
    }

    @inline(never) var minutes: Int? {
        guard case .minutes(let minutes) = content else { return nil }
        return minutes
    }

    @inline(never) var isNone: Bool {
        guard case .none = content else { return false }
        return true
    }

    @inline(never) var isFaulty: Bool {
        guard case .faulty = content else { return false }
        return true
    }

    /// Where the key stands, else where the mapping does.
    func place(of key: String) -> Place {
        members.first { $0.key == key }?.keyPlace ?? place
    }

    /// The content alone: what is the same however it was written, and in whichever file.
    var json: JSON {
        switch content {
        case .faulty: return .null
        case .none: return .string("none")
        case .bool(let bool): return .bool(bool)
        case .integer(let integer): return .number(String(integer))
        case .number(let number): return .string("\(number)")
        case .minutes(let minutes): return .string("\(minutes) minutes")
        case .text(let text): return .string(text)
        case .list(let list): return .array(list.map(\.json))
        case .members(let members):
            return .object(JSONObject(members.map { ($0.key, $0.value.json) }))
        }
    }
}
