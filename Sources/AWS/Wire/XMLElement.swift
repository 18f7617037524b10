/// An element of an XML answer with what is in it, read strictly.
package struct XMLElement: Hashable, Sendable {
    package let name: String
    /// The text directly in it, all pieces joined.
    package private(set) var text = ""
    package private(set) var children: [XMLElement] = []

    /// The root element of a document.
    package init(parsing bytes: [UInt8]) throws(XMLReader.Fault) {
        var reader = XMLReader(bytes)
        var open: [XMLElement] = []
        while true {
            switch try reader.next() {
            case .start(let name): open.append(XMLElement(name: name))
            case .text(let text): open[open.count - 1].text += text
            case .end:
                let element = open.removeLast()
                guard open.isEmpty else {
                    open[open.count - 1].children.append(element)
                    continue
                }
                // The reader reports what follows the root: nothing may.
                _ = try reader.next()
                self = element
                return
            case .finished: throw XMLReader.Fault("there is no root element")
            }
        }
    }

    private init(name: String) { self.name = name }

    /// The first child of that name.
    package func childIfPresent(_ name: String) -> XMLElement? {
        children.first { $0.name == name }
    }

    package func child(_ name: String) throws(MalformedAnswer) -> XMLElement {
        try require(childIfPresent(name), name)
    }

    /// The elements of a list, each `member` of the child read by `decode`.
    package func list<Element>(
        _ name: String, _ decode: (XMLElement) throws(MalformedAnswer) -> Element
    ) throws(MalformedAnswer) -> [Element] {
        try require(listIfPresent(name, decode), name)
    }

    package func listIfPresent<Element>(
        _ name: String, _ decode: (XMLElement) throws(MalformedAnswer) -> Element
    ) throws(MalformedAnswer) -> [Element]? {
        guard let list = childIfPresent(name) else { return nil }
        var elements: [Element] = []
        for member in list.children {
            guard member.name == "member" else {
                throw MalformedAnswer("\(self.name).\(name) holds something else than members")
            }
            elements.append(try decode(member))
        }
        return elements
    }

    package func string(_ name: String) throws(MalformedAnswer) -> String {
        try child(name).text
    }

    package func stringIfPresent(_ name: String) -> String? { childIfPresent(name)?.text }

    package func bool(_ name: String) throws(MalformedAnswer) -> Bool {
        switch try string(name) {
        case "true": return true
        case "false": return false
        default: throw MalformedAnswer("\(self.name).\(name) is not true or false")
        }
    }

    package func boolIfPresent(_ name: String) throws(MalformedAnswer) -> Bool? {
        childIfPresent(name) == nil ? nil : try bool(name)
    }

    package func intIfPresent(_ name: String) throws(MalformedAnswer) -> Int? {
        guard let text = stringIfPresent(name) else { return nil }
        guard let number = Int(text) else {
            throw MalformedAnswer("\(self.name).\(name) is not a whole number")
        }
        return number
    }

    /// Whole seconds since 1970, rounded down; the query protocol has ISO 8601.
    package func timeIfPresent(_ name: String) throws(MalformedAnswer) -> Int? {
        guard let text = stringIfPresent(name) else { return nil }
        guard let seconds = ISO8601.seconds(text) else {
            throw MalformedAnswer("\(self.name).\(name) is not an ISO 8601 time")
        }
        return seconds
    }

    private func require<Value>(_ value: Value?, _ name: String) throws(MalformedAnswer) -> Value {
        guard let value else { throw MalformedAnswer("\(self.name).\(name) is missing") }
        return value
    }
}
