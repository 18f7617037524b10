/// The bytes of a `.env` text with a reading position, and what counts as space in them.
struct DotEnvText {
    let bytes: [UInt8]
    private(set) var offset: Int
    private var line = 1
    private var column = 1

    /// Begins after a byte order mark.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    var place: DotEnv.Place { DotEnv.Place(line: line, column: column) }
    var isAtEnd: Bool { offset == bytes.count }

    /// The byte here; `nil` at the end.
    var byte: UInt8? { self[offset] }

    subscript(index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

    /// Goes forward; the place follows.
    mutating func move(to end: Int) {
        while offset < end {
            let length = lineBreak(at: offset)
            if length > 0 {
                line += 1
                column = 1
                offset += length
                continue
            }
            // Continuation bytes (RFC 3629 section 3) belong to the character before them.
            if bytes[offset] & 0xC0 != 0x80 { column += 1 }
            offset += 1
        }
    }

    mutating func skipSpaceAndLines() {
        while case let length = max(lineBreak(at: offset), space(at: offset)), length > 0 {
            move(to: offset + length)
        }
    }

    mutating func skipSpace() { move(to: endOfSpace(from: offset)) }

    /// Goes behind the line break that ends this line.
    mutating func skipLine() {
        let end = endOfLine(from: offset)
        move(to: end + lineBreak(at: end))
    }

    func endOfLine(from start: Int) -> Int {
        bytes[start...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
            ?? bytes.count
    }

    func endOfSpace(from start: Int) -> Int {
        var end = start
        while case let length = space(at: end), length > 0 { end += length }
        return end
    }

    /// Bytes of the line break at `index`: LF, CRLF or CR, as Python's universal newlines; else 0.
    func lineBreak(at index: Int) -> Int {
        switch self[index] {
        case UInt8(ascii: "\n"): 1
        case UInt8(ascii: "\r"): self[index + 1] == UInt8(ascii: "\n") ? 2 : 1
        default: 0
        }
    }

    /// Bytes of the space at `index` that ends no line, else 0.
    ///
    /// These are the characters of Python's `\s` without CR and LF (re, str.isspace): beside the
    /// Unicode property White_Space the separators U+001C to U+001F.
    func space(at index: Int) -> Int {
        switch (self[index] ?? 0, self[index + 1] ?? 0, self[index + 2] ?? 0) {
        case (0x09, _, _), (0x0B...0x0C, _, _), (0x1C...0x20, _, _): 1
        case (0xC2, 0x85, _), (0xC2, 0xA0, _): 2
        case (0xE1, 0x9A, 0x80): 3
        case (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF): 3
        case (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80): 3
        default: 0
        }
    }

    /// Where the bytes stop being UTF-8 (RFC 3629 section 4); `nil` when they never do.
    func firstInvalidOffset() -> Int? {
        var index = 0
        while let first = self[index] {
            let second = self[index + 1] ?? 0
            let length: Int
            switch (first, second) {
            case (0x00...0x7F, _): length = 1
            case (0xC2...0xDF, _): length = 2
            case (0xE0, 0xA0...0xBF), (0xE1...0xEC, _), (0xED, 0x80...0x9F), (0xEE...0xEF, _):
                length = 3
            case (0xF0, 0x90...0xBF), (0xF1...0xF3, _), (0xF4, 0x80...0x8F): length = 4
            default: return index
            }
            for tail in index + 1..<index + length {
                guard let byte = self[tail], byte & 0xC0 == 0x80 else { return index }
            }
            index += length
        }
        return nil
    }
}
