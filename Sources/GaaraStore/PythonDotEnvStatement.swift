internal import POSIX

/// The syntax of one statement of python-dotenv 1.2.4 (its module parser).
///
/// Every error is a statement that it would drop with a warning.
struct PythonDotEnvStatement {
    let key: Key
    /// `nil` for a key without `=`.
    let value: Value?

    struct Key {
        let name: String
        let place: DotEnv.Place
        let start: Int
        let end: Int
        let isExported: Bool
    }

    /// A value with its escapes replaced, before interpolation.
    struct Value {
        let bytes: ProtectedBytes
        let place: DotEnv.Place
        let range: Range<Int>
        let quoting: DotEnv.Quoting
    }
}

extension DotEnvText {
    /// Reads up to the end of the next statement, not the line break behind it.
    ///
    /// - Returns: `nil` for a comment and at the end of the text.
    mutating func readStatement() throws(DotEnv.Remark) -> PythonDotEnvStatement? {
        skipSpaceAndLines()
        guard !isAtEnd, let key = try readKey() else { return nil }
        skipSpace()
        guard byte == UInt8(ascii: "=") else {
            try finishStatement(
                orElse: "not-an-assignment", "a text that assigns nothing",
                hint: "write NAME=value, or begin the line with #")
            return PythonDotEnvStatement(key: key, value: nil)
        }
        let value = try readValue()
        try finishStatement(
            orElse: "text-after-value", "text follows the quote that ends the value",
            hint: "escape quotes inside the value with a backslash, or remove the text")
        return PythonDotEnvStatement(key: key, value: value)
    }

    /// The key here, or `nil` at a comment.
    private mutating func readKey() throws(DotEnv.Remark) -> PythonDotEnvStatement.Key? {
        let start = offset
        let isExported = skipExport()
        let place = place
        let name: Range<Int>
        switch byte {
        case UInt8(ascii: "#"):
            return nil
        case UInt8(ascii: "'"):
            let first = offset + 1
            guard let end = bytes[first...].firstIndex(of: UInt8(ascii: "'")), end > first
            else {
                throw DotEnv.Remark(
                    code: "unterminated-key",
                    message: "the quoted name that begins here has no end",
                    hint: "write the name without quotes", place: place)
            }
            name = first..<end
            move(to: end + 1)
        default:
            let end = endOfBareKey()
            guard end > offset else {
                throw DotEnv.Remark(
                    code: "no-key", message: "a value without a name", hint: "write NAME=value",
                    place: place)
            }
            name = offset..<end
            move(to: end)
        }
        let decoded = String(decoding: unifyingLineBreaks(bytes[name]), as: UTF8.self)
        return PythonDotEnvStatement.Key(
            name: decoded, place: place, start: start, end: offset, isExported: isExported)
    }

    /// Skips `export` where space of the same line follows, whatever comes then.
    private mutating func skipExport() -> Bool {
        let word = Array("export".utf8)
        let end = offset + word.count
        guard bytes[offset...].starts(with: word), space(at: end) > 0 else {
            return false
        }
        move(to: endOfSpace(from: end))
        return true
    }

    private func endOfBareKey() -> Int {
        var end = offset
        while let byte = self[end], byte != UInt8(ascii: "="), byte != UInt8(ascii: "#"),
            space(at: end) == 0, lineBreak(at: end) == 0
        {
            end += 1
        }
        return end
    }

    /// Reads `=` and the value.
    private mutating func readValue() throws(DotEnv.Remark) -> PythonDotEnvStatement.Value {
        let equals = offset
        move(to: equals + 1)
        skipSpace()
        let hasSpace = offset > equals + 1
        switch byte {
        case UInt8(ascii: "'"):
            return try readQuoted(.single, UInt8(ascii: "'"))
        case UInt8(ascii: "\""):
            return try readQuoted(.double, UInt8(ascii: "\""))
        case UInt8(ascii: "#") where hasSpace:
            // `NAME= # comment` is empty, `NAME=#text` is not (python-dotenv 1.2.4, parse_binding).
            return PythonDotEnvStatement.Value(
                bytes: ProtectedBytes([]), place: place, range: offset..<offset, quoting: .none)
        default:
            return readBare()
        }
    }

    private mutating func readBare() -> PythonDotEnvStatement.Value {
        let start = offset
        let place = place
        let line = start..<endOfLine(from: start)
        var end = start
        var index = start
        while index < line.upperBound {
            let space = endOfSpace(from: index)
            if space > index, self[space] == UInt8(ascii: "#"), space < line.upperBound { break }
            guard space < line.upperBound else { break }
            index = space + 1
            end = index
        }
        move(to: line.upperBound)
        return PythonDotEnvStatement.Value(
            bytes: ProtectedBytes(Array(bytes[start..<end])), place: place, range: start..<end,
            quoting: .none)
    }

    private mutating func readQuoted(
        _ quoting: DotEnv.Quoting, _ quote: UInt8
    ) throws(DotEnv.Remark) -> PythonDotEnvStatement.Value {
        let start = offset
        let place = place
        var end = start + 1
        // A backslash takes the next character with it; its further bytes are no quotes.
        while let byte = self[end], byte != quote { end += byte == UInt8(ascii: "\\") ? 2 : 1 }
        guard self[end] == quote else {
            throw DotEnv.Remark(
                code: "unterminated-quote", message: "the quote that opens here is never closed",
                hint: "close it, or escape it where it is part of the value", place: place)
        }
        let inside = unifyingLineBreaks(bytes[start + 1..<end])
        move(to: end + 1)
        return PythonDotEnvStatement.Value(
            bytes: ProtectedBytes(quoting.unescaping(inside)), place: place, range: start..<end + 1,
            quoting: quoting)
    }

    /// Reads the comment that may follow, and throws when anything else does.
    private mutating func finishStatement(
        orElse code: String, _ message: String, hint: String
    ) throws(DotEnv.Remark) {
        skipSpace()
        guard isAtEnd || byte == UInt8(ascii: "#") || lineBreak(at: offset) > 0
        else { throw DotEnv.Remark(code: code, message: message, hint: hint, place: place) }
        move(to: endOfLine(from: offset))
    }

    /// Python opens the file with universal newlines, so a line break inside quotes is LF.
    private func unifyingLineBreaks(_ slice: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(slice.count)
        for index in slice.indices {
            guard bytes[index] == UInt8(ascii: "\r") else {
                result.append(bytes[index])
                continue
            }
            if lineBreak(at: index) == 1 { result.append(UInt8(ascii: "\n")) }
        }
        return result
    }
}
