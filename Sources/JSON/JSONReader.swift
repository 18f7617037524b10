extension JSON {
    /// The value that `bytes` spell, by RFC 8259 and no more: UTF-8 without a byte order mark, one
    /// value, no name twice in an object, no half surrogate pairs.
    package init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) {
        guard bytes.count <= limits.bytes else { throw JSONError(.tooLarge, in: bytes, at: 0) }
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) {
            throw JSONError(.byteOrderMark, in: bytes, at: 0)
        }
        var reader = JSONReader(bytes, limits: limits)
        self = try reader.document()
    }

    /// The value that `text` spells; as `init(parsing:limits:)` of bytes.
    package init(parsing text: String, limits: JSONLimits = .standard) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }
}

/// One pass over a JSON text: arrays, objects and what stands between them.
///
/// Strings and numbers are read by its extensions.
struct JSONReader {
    let bytes: [UInt8]
    let limits: JSONLimits
    /// The next byte to read.
    var offset = 0

    init(_ bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func document() throws(JSONError) -> JSON {
        skipWhiteSpace()
        let value = try value(depth: 0)
        skipWhiteSpace()
        guard offset == bytes.count else { throw fault(.trailingBytes) }
        return value
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSON {
        guard let first = peek() else { throw fault(.unexpectedEnd) }
        switch first {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: throw unexpected()
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSON {
        guard depth <= limits.depth else { throw fault(.tooDeep) }
        offset += 1
        skipWhiteSpace()
        if skip("]") { return .array([]) }

        var elements: [JSON] = []
        while true {
            elements.append(try value(depth: depth))
            skipWhiteSpace()
            if skip("]") { return .array(elements) }
            try expect(",")
            skipWhiteSpace()
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSON {
        guard depth <= limits.depth else { throw fault(.tooDeep) }
        offset += 1
        skipWhiteSpace()
        var object = JSONObject()
        if skip("}") { return .object(object) }

        while true {
            guard peek() == UInt8(ascii: "\"") else { throw unexpected() }
            let start = offset
            let key = try string()
            skipWhiteSpace()
            try expect(":")
            skipWhiteSpace()
            let value = try value(depth: depth)
            guard object.add(key, value) else { throw fault(.duplicateKey, at: start) }
            skipWhiteSpace()
            if skip("}") { return .object(object) }
            try expect(",")
            skipWhiteSpace()
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        for character in word.description.utf8 {
            guard peek() == character else { throw unexpected() }
            offset += 1
        }
        return value
    }

    private mutating func skipWhiteSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 {
            offset += 1
        }
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(JSONError) {
        guard skip(character) else { throw unexpected() }
    }

    func peek() -> UInt8? {
        offset < bytes.count ? bytes[offset] : nil
    }

    func unexpected() -> JSONError {
        offset < bytes.count ? fault(.unexpectedByte) : fault(.unexpectedEnd)
    }

    func fault(_ code: JSONError.Code, at position: Int? = nil) -> JSONError {
        JSONError(code, in: bytes, at: position ?? offset)
    }
}
