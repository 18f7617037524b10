/// Reads XML piece by piece: elements, text, the five named entities, numeric ones, CDATA.
///
/// What AWS's query protocol sends and no more. A DOCTYPE is refused, so no entity can be defined
/// or fetched; depth, size and the number of elements are bounded. Attributes are checked and
/// skipped, and of a qualified name the local part counts.
package struct XMLReader {
    package enum Event: Hashable, Sendable {
        case start(String)
        /// Text between tags, entities replaced; one piece of it.
        case text(String)
        case end
        /// The root has ended, and nothing but white space and comments follows.
        case finished
    }

    package struct Fault: Error, Hashable, Sendable {
        package let reason: String

        init(_ reason: String) { self.reason = reason }
    }

    static let maximumDepth = 64
    static let maximumElements = 200_000

    private let bytes: [UInt8]
    private var position = 0
    private var open: [String] = []
    private var elements = 0
    /// An element written `<Name/>` has started and ends next.
    private var endsNext = false

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package mutating func next() throws(Fault) -> Event {
        if endsNext {
            endsNext = false
            open.removeLast()
            return .end
        }
        while position < bytes.count {
            if bytes[position] != UInt8(ascii: "<") {
                if let text = try text() { return .text(text) }
            } else if skip("<?") {
                try skipPast("?>")
            } else if skip("<!--") {
                try skipPast("-->")
            } else if skip("<![CDATA[") {
                guard !open.isEmpty else { throw Fault("text outside the root element") }
                let start = position
                try skipPast("]]>")
                return .text(try string(bytes[start..<(position - 3)]))
            } else if skip("<!") {
                throw Fault("a document type declaration is refused")
            } else if skip("</") {
                return try end()
            } else {
                position += 1
                return try start()
            }
        }
        guard open.isEmpty, elements > 0 else { throw Fault("it ends too early") }
        return .finished
    }

    private mutating func start() throws(Fault) -> Event {
        guard !(open.isEmpty && elements > 0) else { throw Fault("more than one root element") }
        let name = try name()
        open.append(name)
        elements += 1
        guard open.count <= Self.maximumDepth else { throw Fault("nested too deeply") }
        guard elements <= Self.maximumElements else { throw Fault("too many elements") }
        while true {
            let hadSpace = skipSpace()
            if skip("/>") {
                endsNext = true
                break
            }
            if skip(">") { break }
            guard hadSpace else { throw Fault("a tag is not well formed") }
            try skipAttribute()
        }
        return .start(local(name))
    }

    private mutating func end() throws(Fault) -> Event {
        let name = try name()
        _ = skipSpace()
        guard skip(">"), open.last == name else { throw Fault("an end tag does not match") }
        open.removeLast()
        return .end
    }

    private mutating func skipAttribute() throws(Fault) {
        _ = try name()
        _ = skipSpace()
        guard skip("=") else { throw Fault("an attribute has no value") }
        _ = skipSpace()
        let quote = position < bytes.count ? bytes[position] : 0
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            throw Fault("an attribute has no value")
        }
        position += 1
        while position < bytes.count, bytes[position] != quote, bytes[position] != UInt8(ascii: "<")
        {
            position += 1
        }
        guard position < bytes.count, bytes[position] == quote else {
            throw Fault("an attribute does not end")
        }
        position += 1
    }

    /// Text up to the next tag; `nil` for white space outside the root.
    private mutating func text() throws(Fault) -> String? {
        var text: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "<") {
            if bytes[position] == UInt8(ascii: "&") {
                text += try entity()
            } else {
                text.append(bytes[position])
                position += 1
            }
        }
        guard open.isEmpty else { return try string(text[...]) }
        guard text.allSatisfy(Self.isSpace) else { throw Fault("text outside the root element") }
        return nil
    }

    private mutating func entity() throws(Fault) -> [UInt8] {
        // The longest is &#x10FFFF; and zeros before it; more is refused.
        let window = bytes[position..<min(position + 16, bytes.count)]
        guard let semicolon = window.firstIndex(of: UInt8(ascii: ";")) else {
            throw Fault("an entity does not end")
        }
        let name = try string(bytes[(position + 1)..<semicolon])
        position = semicolon + 1
        switch name {
        case "lt": return [UInt8(ascii: "<")]
        case "gt": return [UInt8(ascii: ">")]
        case "amp": return [UInt8(ascii: "&")]
        case "quot": return [UInt8(ascii: "\"")]
        case "apos": return [UInt8(ascii: "'")]
        default: break
        }
        let isHex = name.hasPrefix("#x")
        let digits = name.dropFirst(isHex ? 2 : 1)
        guard name.hasPrefix("#"), digits.allSatisfy({ isHex ? $0.isHexDigit : $0.isWholeNumber }),
            let number = UInt32(digits, radix: isHex ? 16 : 10),
            let scalar = Unicode.Scalar(number),
            // XML 1.0 section 2.2, production Char.
            number >= 0x20 || [0x9, 0xa, 0xd].contains(number), number != 0xfffe, number != 0xffff
        else { throw Fault("an entity is unknown") }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func name() throws(Fault) -> String {
        let start = position
        while position < bytes.count, Self.isName(bytes[position]) { position += 1 }
        guard position > start, position - start <= 256 else { throw Fault("a name is missing") }
        return try string(bytes[start..<position])
    }

    private func local(_ name: String) -> String {
        name.split(separator: ":").last.map(String.init) ?? name
    }

    private func string(_ bytes: ArraySlice<UInt8>) throws(Fault) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Fault("it is not UTF-8")
        }
        return text
    }

    private mutating func skip(_ token: String) -> Bool {
        let token = Array(token.utf8)
        guard bytes[position...].starts(with: token) else { return false }
        position += token.count
        return true
    }

    private mutating func skipPast(_ token: String) throws(Fault) {
        let token = Array(token.utf8)
        while position < bytes.count {
            if bytes[position...].starts(with: token) {
                position += token.count
                return
            }
            position += 1
        }
        throw Fault("it ends too early")
    }

    private mutating func skipSpace() -> Bool {
        let start = position
        while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
        return position > start
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d
    }

    /// A superset of XML's names, over bytes: letters beyond ASCII are let through as they are.
    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: ":"), 0x80...:
            true
        default: false
        }
    }
}
