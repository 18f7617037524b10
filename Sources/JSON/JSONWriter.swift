extension JSON {
    /// The one text of this value: members in the order of RFC 8785 section 3.2.3, no white space,
    /// the fewest escapes.
    ///
    /// Unlike RFC 8785 a number stays as it was written, so that none is rounded: `1` and `1.0`
    /// have different texts, as they are different here.
    package var canonical: String {
        var writer = JSONWriter(sortsMembers: true)
        writer.write(self)
        return writer.text
    }

    /// The text without white space, members in their own order.
    package var compact: String {
        String(decoding: compactBytes, as: UTF8.self)
    }

    /// `compact` as UTF-8.
    package var compactBytes: [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return writer.bytes
    }

    /// The text for people: one member or element a line, `indent` spaces a level, members in their
    /// own order.
    ///
    /// No final newline. It may be shown at a terminal: what would colour, reorder or hide is an
    /// escape, which reads as the same text.
    package func text(indent: Int = 2) -> String {
        var writer = JSONWriter(indent: max(indent, 0))
        writer.write(self)
        let text = writer.text
        guard text.unicodeScalars.contains(where: Self.isUnsafe) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            guard Self.isUnsafe(scalar) else {
                result.unicodeScalars.append(scalar)
                continue
            }
            let digits = String(scalar.value, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        return result
    }

    /// DEL, C1, line separators and the bidirectional controls (Unicode UAX #9).
    ///
    /// All of them stand inside strings only, and below U+10000.
    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// Adds `utf8`, which must be valid UTF-8, as a JSON string with its quotation marks.
    ///
    /// For a secret on its way into a request: no String is made of it. Reserve the capacity of
    /// `bytes` beforehand where copies that growing leaves behind matter.
    package static func appendQuoted(_ utf8: some Sequence<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x08: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "b")]
            case 0x09: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
            case 0x0a: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case 0x0c: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "f")]
            case 0x0d: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
            case 0..<0x20:
                bytes += [UInt8(ascii: "\\"), UInt8(ascii: "u"), UInt8(ascii: "0")]
                bytes += [
                    UInt8(ascii: "0"), UInt8(ascii: "0") + (byte >> 4), hexDigit(byte & 0x0f),
                ]
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}

/// Writes values one after the other into bytes, in one of the three forms.
private struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private let sortsMembers: Bool
    /// Spaces a level; `nil` writes no white space.
    private let indent: Int?
    private var level = 0

    init(sortsMembers: Bool = false, indent: Int? = nil) {
        self.sortsMembers = sortsMembers
        self.indent = indent
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func write(_ value: JSON) {
        switch value {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .number(let text): bytes += text.utf8
        case .string(let text): JSON.appendQuoted(text.utf8, to: &bytes)
        case .array(let elements): write(elements)
        case .object(let object): write(object)
        }
    }

    private mutating func write(_ elements: [JSON]) {
        bytes.append(UInt8(ascii: "["))
        level += 1
        for (position, element) in elements.enumerated() {
            separate(position)
            write(element)
        }
        close("]", isEmpty: elements.isEmpty)
    }

    private mutating func write(_ object: JSONObject) {
        var members = object.members
        if sortsMembers {
            members.sort { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
        }
        bytes.append(UInt8(ascii: "{"))
        level += 1
        for (position, member) in members.enumerated() {
            separate(position)
            JSON.appendQuoted(member.key.utf8, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            if indent != nil { bytes.append(UInt8(ascii: " ")) }
            write(member.value)
        }
        close("}", isEmpty: members.isEmpty)
    }

    private mutating func separate(_ position: Int) {
        if position > 0 { bytes.append(UInt8(ascii: ",")) }
        breakLine()
    }

    private mutating func close(_ bracket: Unicode.Scalar, isEmpty: Bool) {
        level -= 1
        if !isEmpty { breakLine() }
        bytes.append(UInt8(ascii: bracket))
    }

    private mutating func breakLine() {
        guard let indent else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes += repeatElement(UInt8(ascii: " "), count: indent * level)
    }
}
