internal import Digest
internal import JSON

/// Writes a value of the standard library's `Encodable` as JSON, member after member.
///
/// Bytes become base64, and a set of texts is sorted. What it writes `StateDecoder` reads; the order
/// of the members of a dictionary is any.
enum StateEncoder {
    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let writer = StateWriter()
        try writer.write(value, path: [])
        return writer.bytes
    }
}

/// The text so far, and which objects and arrays of it are open.
///
/// A class, since the containers of `Encoder` are values that share it. One thread uses it.
private final class StateWriter {
    private(set) var bytes: [UInt8] = []
    /// Of each open object or array, its closing bracket.
    private var open: [UInt8] = []
    private var isFirst = true

    func write<Value: Encodable>(_ value: Value, path: [any CodingKey]) throws {
        let depth = open.count
        let start = bytes.count
        // Not by the cast alone: an empty array is one of every type.
        if Value.self == [UInt8].self, let content = value as? [UInt8] {
            write(text: Base64.encode(content))
        } else if Value.self == Set<String>.self, let texts = value as? Set<String> {
            try texts.sorted().encode(to: ValueEncoder(writer: self, codingPath: path))
        } else {
            try value.encode(to: ValueEncoder(writer: self, codingPath: path))
        }
        close(to: depth)
        if bytes.count == start { write(word: "null") }
    }

    /// The level of the object or array that this opens.
    func begin(_ opening: Unicode.Scalar, _ closing: Unicode.Scalar) -> Int {
        bytes.append(UInt8(ascii: opening))
        open.append(UInt8(ascii: closing))
        isFirst = true
        return open.count
    }

    /// Closes what is open inside the level, and sets apart what comes next.
    func next(at level: Int) {
        close(to: level)
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
    }

    func next(_ key: any CodingKey, at level: Int) {
        next(at: level)
        JSON.appendQuoted(key.stringValue.utf8, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
    }

    func write(text: String) { JSON.appendQuoted(text.utf8, to: &bytes) }

    func write(word: String) { bytes += word.utf8 }

    private func close(to level: Int) {
        while open.count > level {
            bytes.append(open.removeLast())
            isFirst = false
        }
    }
}

private struct ValueEncoder: Encoder {
    let writer: StateWriter
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(
            KeyedWriter(writer: writer, level: writer.begin("{", "}"), codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        UnkeyedWriter(writer: writer, level: writer.begin("[", "]"), codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        SingleWriter(writer: writer, codingPath: codingPath)
    }
}

private struct KeyedWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writer: StateWriter
    let level: Int
    let codingPath: [any CodingKey]

    private func begin(_ key: any CodingKey) -> ValueEncoder {
        writer.next(key, at: level)
        return ValueEncoder(writer: writer, codingPath: codingPath + [key])
    }

    func encodeNil(forKey key: Key) { begin(key).writer.write(word: "null") }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        writer.next(key, at: level)
        try writer.write(value, path: codingPath + [key])
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> { begin(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        begin(key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { begin(SuperKey()) }

    func superEncoder(forKey key: Key) -> any Encoder { begin(key) }
}

private struct UnkeyedWriter: UnkeyedEncodingContainer {
    let writer: StateWriter
    let level: Int
    let codingPath: [any CodingKey]
    private(set) var count = 0

    init(writer: StateWriter, level: Int, codingPath: [any CodingKey]) {
        self.writer = writer
        self.level = level
        self.codingPath = codingPath
    }

    private mutating func begin() -> ValueEncoder {
        writer.next(at: level)
        count += 1
        return ValueEncoder(writer: writer, codingPath: codingPath)
    }

    mutating func encodeNil() { begin().writer.write(word: "null") }

    mutating func encode(_ value: some Encodable) throws {
        try begin().writer.write(value, path: codingPath)
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> { begin().container(keyedBy: type) }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        begin().unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { begin() }
}

private struct SingleWriter: SingleValueEncodingContainer {
    let writer: StateWriter
    let codingPath: [any CodingKey]

    func encodeNil() { writer.write(word: "null") }
    func encode(_ value: Bool) { writer.write(word: value ? "true" : "false") }
    func encode(_ value: String) { writer.write(text: value) }
    func encode(_ value: Int) { writer.write(word: String(value)) }
    func encode(_ value: Int8) { writer.write(word: String(value)) }
    func encode(_ value: Int16) { writer.write(word: String(value)) }
    func encode(_ value: Int32) { writer.write(word: String(value)) }
    func encode(_ value: Int64) { writer.write(word: String(value)) }
    func encode(_ value: UInt) { writer.write(word: String(value)) }
    func encode(_ value: UInt8) { writer.write(word: String(value)) }
    func encode(_ value: UInt16) { writer.write(word: String(value)) }
    func encode(_ value: UInt32) { writer.write(word: String(value)) }
    func encode(_ value: UInt64) { writer.write(word: String(value)) }
    func encode(_ value: Float) throws { try encode(Double(value)) }

    /// The shortest text that reads back as the same double.
    func encode(_ value: Double) throws {
        guard value.isFinite else {
            throw EncodingError.invalidValue(
                value, .init(codingPath: codingPath, debugDescription: "not a number of JSON"))
        }
        writer.write(word: "\(value)")
    }

    func encode(_ value: some Encodable) throws { try writer.write(value, path: codingPath) }
}

private struct SuperKey: CodingKey {
    var stringValue: String { "super" }
    var intValue: Int? { nil }

    init() {}
    init?(stringValue: String) { return nil }
    init?(intValue: Int) { return nil }
}
