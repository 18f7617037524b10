/// Why a text is not JSON, and where.
///
/// It never holds a part of the text, which may be a secret.
package struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Hashable, Sendable, CaseIterable {
        case unexpectedEnd = "unexpected-end"
        case unexpectedByte = "unexpected-byte"
        case invalidNumber = "invalid-number"
        case invalidEscape = "invalid-escape"
        case loneSurrogate = "lone-surrogate"
        case controlCharacter = "control-character"
        case invalidUTF8 = "invalid-utf8"
        case byteOrderMark = "byte-order-mark"
        case duplicateKey = "duplicate-key"
        case trailingBytes = "trailing-bytes"
        case tooDeep = "too-deep"
        case tooLarge = "too-large"
    }

    package let code: Code
    /// From 1.
    package let line: Int
    /// From 1, in characters as Unicode counts them (scalars).
    package let column: Int
    /// What is wrong, as a clause: lower case, no full stop.
    package let message: String

    package var description: String { "\(line):\(column): \(message)" }

    /// An error at `offset` bytes into `bytes`.
    init(_ code: Code, in bytes: [UInt8], at offset: Int) {
        var line = 1
        var column = 1
        for (position, byte) in bytes.prefix(offset).enumerated() {
            let isReturnBeforeFeed =
                byte == UInt8(ascii: "\r") && position + 1 < bytes.count
                && bytes[position + 1] == UInt8(ascii: "\n")
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") && !isReturnBeforeFeed {
                line += 1
                column = 1
            } else if byte & 0xc0 != 0x80 {
                column += 1
            }
        }
        self.code = code
        self.line = line
        self.column = column
        self.message = Self.message(for: code)
    }

    private static func message(for code: Code) -> String {
        switch code {
        case .unexpectedEnd: "the JSON text ends too early"
        case .unexpectedByte: "unexpected character in JSON"
        case .invalidNumber: "this is not a JSON number"
        case .invalidEscape: "this is not a JSON escape"
        case .loneSurrogate: "half of a surrogate pair in a JSON string"
        case .controlCharacter: "a control character in a JSON string must be escaped"
        case .invalidUTF8: "the JSON text is not UTF-8"
        case .byteOrderMark: "the JSON text begins with a byte order mark"
        case .duplicateKey: "this key stands twice in one JSON object"
        case .trailingBytes: "unexpected text after the JSON value"
        case .tooDeep: "the JSON text is nested too deeply"
        case .tooLarge: "the JSON text is too large"
        }
    }
}
