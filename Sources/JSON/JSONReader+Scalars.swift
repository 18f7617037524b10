extension JSONReader {
    /// A number by the grammar of RFC 8259 section 6, as it is written.
    mutating func number() throws(JSONError) -> String {
        let start = offset
        if peek() == UInt8(ascii: "-") { offset += 1 }
        if peek() == UInt8(ascii: "0") {
            offset += 1
            if let byte = peek(), Self.isDigit(byte) { throw fault(.invalidNumber, at: start) }
        } else {
            try digits(of: start)
        }
        if peek() == UInt8(ascii: ".") {
            offset += 1
            try digits(of: start)
        }
        if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
            offset += 1
            if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { offset += 1 }
            try digits(of: start)
        }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private mutating func digits(of start: Int) throws(JSONError) {
        guard let first = peek() else { throw fault(.unexpectedEnd) }
        guard Self.isDigit(first) else { throw fault(.invalidNumber, at: start) }
        while let byte = peek(), Self.isDigit(byte) { offset += 1 }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    /// The string that begins with the quotation mark at `offset`.
    mutating func string() throws(JSONError) -> String {
        offset += 1
        let start = offset
        try skipPlain()
        if peek() == UInt8(ascii: "\"") {
            let text = try text(bytes[start..<offset])
            offset += 1
            return text
        }

        var unescaped = Array(bytes[start..<offset])
        try checkUTF8(from: start, to: offset)
        while peek() == UInt8(ascii: "\\") {
            try escape(into: &unescaped)
            let plain = offset
            try skipPlain()
            try checkUTF8(from: plain, to: offset)
            unescaped += bytes[plain..<offset]
        }
        offset += 1
        return String(decoding: unescaped, as: UTF8.self)
    }

    /// Goes on to the quotation mark or the backslash that ends a run of plain characters.
    private mutating func skipPlain() throws(JSONError) {
        while let byte = peek() {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return }
            guard byte >= 0x20 else { throw fault(.controlCharacter) }
            offset += 1
        }
        throw fault(.unexpectedEnd)
    }

    private func text(_ run: ArraySlice<UInt8>) throws(JSONError) -> String {
        guard let text = String(validating: run, as: UTF8.self) else {
            try checkUTF8(from: run.startIndex, to: run.endIndex)
            throw fault(.invalidUTF8, at: run.startIndex)
        }
        return text
    }

    /// Refuses what is not UTF-8, at the place of the first wrong character.
    private func checkUTF8(from start: Int, to end: Int) throws(JSONError) {
        guard bytes[start..<end].contains(where: { $0 >= 0x80 }) else { return }
        var iterator = bytes[start..<end].makeIterator()
        var decoder = UTF8()
        var position = start
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): position += UTF8.width(scalar)
            case .emptyInput: return
            case .error: throw fault(.invalidUTF8, at: position)
            }
        }
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        let start = offset
        offset += 1
        guard let letter = peek() else { throw fault(.unexpectedEnd) }
        offset += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0c)
        case UInt8(ascii: "n"): text.append(0x0a)
        case UInt8(ascii: "r"): text.append(0x0d)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text += try codePoint(from: start).utf8
        default: throw fault(.invalidEscape, at: start)
        }
    }

    /// The scalar of a `\u` escape, or of the pair of them that UTF-16 needs above U+FFFF.
    private mutating func codePoint(from start: Int) throws(JSONError) -> String {
        let first = try codeUnit(from: start)
        if let scalar = Unicode.Scalar(first) { return String(scalar) }
        guard UTF16.isLeadSurrogate(first), peek() == UInt8(ascii: "\\"),
            offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "u")
        else { throw fault(.loneSurrogate, at: start) }
        let next = offset
        offset += 2
        let second = try codeUnit(from: next)
        guard UTF16.isTrailSurrogate(second) else { throw fault(.loneSurrogate, at: start) }
        return String(decoding: [first, second], as: UTF16.self)
    }

    private mutating func codeUnit(from start: Int) throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek() else { throw fault(.unexpectedEnd) }
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw fault(.invalidEscape, at: start)
            }
            unit = unit << 4 | UInt16(digit)
            offset += 1
        }
        return unit
    }
}
