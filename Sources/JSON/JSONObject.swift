/// The members of a JSON object, in the order in which they were written.
///
/// Names are compared byte by byte (RFC 8259 section 8.3).
package struct JSONObject: Sendable {
    package private(set) var members: [(key: String, value: JSON)] = []
    /// Where each name stands, kept once there are too many members to look through one by one.
    private var positions: [Name: Int]?

    private static let indexedAbove = 16

    package init() {}

    /// `members` in their order; of two with one key the later replaces the earlier.
    package init(_ members: [(String, JSON)]) {
        for (key, value) in members { self[key] = value }
    }

    /// The member of that name; setting `nil` removes it, setting a new one appends it.
    package subscript(key: String) -> JSON? {
        get { position(of: key).map { members[$0].value } }
        set {
            switch (position(of: key), newValue) {
            case (let position?, let value?):
                members[position].value = value
            case (let position?, nil):
                members.remove(at: position)
                positions = nil
                indexIfLarge()
            case (nil, let value?):
                append(key, value)
            case (nil, nil):
                break
            }
        }
    }

    /// Adds a member at the end; `false`, changing nothing, when the name is taken.
    mutating func add(_ key: String, _ value: JSON) -> Bool {
        guard position(of: key) == nil else { return false }
        append(key, value)
        return true
    }

    private mutating func append(_ key: String, _ value: JSON) {
        positions?[Name(key)] = members.count
        members.append((key, value))
        indexIfLarge()
    }

    private mutating func indexIfLarge() {
        guard positions == nil, members.count > Self.indexedAbove else { return }
        var positions: [Name: Int] = [:]
        for (position, member) in members.enumerated() { positions[Name(member.key)] = position }
        self.positions = positions
    }

    private func position(of key: String) -> Int? {
        if let positions { return positions[Name(key)] }
        return members.firstIndex { $0.key.hasSameBytes(as: key) }
    }

    private struct Name: Hashable {
        let text: String

        init(_ text: String) { self.text = text }

        // Swift's hash of a string is coarser than its bytes, which is all that `==` needs.
        func hash(into hasher: inout Hasher) { hasher.combine(text) }

        static func == (a: Name, b: Name) -> Bool { a.text.hasSameBytes(as: b.text) }
    }
}

extension JSONObject: Hashable {
    package static func == (a: JSONObject, b: JSONObject) -> Bool {
        a.members.count == b.members.count && a.members.allSatisfy { b[$0.key] == $0.value }
    }

    package func hash(into hasher: inout Hasher) {
        // Added up, so that the order of the members does not count.
        var sum = 0
        for member in members {
            var one = Hasher()
            one.combine(member.key)
            one.combine(member.value)
            sum &+= one.finalize()
        }
        hasher.combine(sum)
    }
}
