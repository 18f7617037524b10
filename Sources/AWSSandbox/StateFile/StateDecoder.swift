internal import Digest
internal import JSON

/// Reads what `StateEncoder` wrote, and nothing else: a member that is missing, unknown or of
/// another kind is an error with its place.
enum StateDecoder {
    static func decode<Value: Decodable>(
        _ type: Value.Type, from json: JSON
    ) throws(StateFault) -> Value {
        do {
            return try ValueDecoder(json: json, codingPath: []).value(as: type)
        } catch let fault as StateFault {
            throw fault
        } catch DecodingError.keyNotFound(let key, let context) {
            throw StateFault(context.codingPath + [key], "this member is missing")
        } catch DecodingError.typeMismatch(_, let context),
            DecodingError.valueNotFound(_, let context), DecodingError.dataCorrupted(let context)
        {
            throw StateFault(context.codingPath, "this is not what a sandbox writes here")
        } catch {
            throw StateFault([], "this is not what a sandbox writes")
        }
    }
}

/// What is wrong in a state file, and where: names of members, no values.
struct StateFault: Error, Hashable {
    /// `world.accounts.123456789012`; empty for the whole.
    let place: String
    /// As a clause.
    let reason: String

    init(_ place: String, _ reason: String) {
        self.place = place
        self.reason = reason
    }

    init(_ path: [any CodingKey], _ reason: String) {
        place = path.map(\.stringValue).joined(separator: ".")
        self.reason = reason
    }
}

private struct ValueDecoder: Decoder {
    let json: JSON
    let codingPath: [any CodingKey]
    /// The members that were asked for.
    let asked = Asked()
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// A class, since containers are values that share it.
    ///
    /// One thread uses it.
    final class Asked {
        var keys: Set<String> = []
        /// Whether somebody looked at the members at all.
        var isKeyed = false
        /// What was read by containers inside, which nobody else looks at again.
        var inner: [ValueDecoder] = []
    }

    func value<Value: Decodable>(as type: Value.Type) throws -> Value {
        if Value.self == [UInt8].self {
            guard let value = json.string.flatMap(Base64.decode) as? Value else {
                throw fault("base64")
            }
            return value
        }
        let value = try Value(from: self)
        try refuseUnknown()
        return value
    }

    private func refuseUnknown() throws {
        if asked.isKeyed, let object = json.object,
            let unknown = object.members.first(where: { !asked.keys.contains($0.key) })
        {
            throw StateFault(
                codingPath + [PlaceKey(stringValue: unknown.key)], "this member is unknown")
        }
        for inner in asked.inner { try inner.refuseUnknown() }
    }

    func child(_ json: JSON, _ key: any CodingKey) -> ValueDecoder {
        ValueDecoder(json: json, codingPath: codingPath + [key])
    }

    /// A child whose containers are read on behalf of this value.
    func part(_ json: JSON, _ key: any CodingKey) -> ValueDecoder {
        let part = child(json, key)
        asked.inner.append(part)
        return part
    }

    func fault(_ expected: String) -> StateFault {
        StateFault(codingPath, "\(expected) is expected here")
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard let object = json.object else { throw fault("an object") }
        asked.isKeyed = true
        return KeyedDecodingContainer(KeyedReader(decoder: self, object: object))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard let elements = json.array else { throw fault("an array") }
        return UnkeyedReader(decoder: self, elements: elements)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer {
        SingleReader(decoder: self)
    }
}

private struct KeyedReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: ValueDecoder
    let object: JSONObject
    var codingPath: [any CodingKey] { decoder.codingPath }
    var allKeys: [Key] { object.members.compactMap { Key(stringValue: $0.key) } }

    func contains(_ key: Key) -> Bool { object[key.stringValue] != nil }

    private func member(_ key: any CodingKey) throws -> JSON {
        guard let value = object[key.stringValue] else {
            throw StateFault(codingPath + [key], "this member is missing")
        }
        decoder.asked.keys.insert(key.stringValue)
        return value
    }

    private func part(_ key: any CodingKey) throws -> ValueDecoder {
        decoder.part(try member(key), key)
    }

    func decodeNil(forKey key: Key) throws -> Bool { try member(key).isNull }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try decoder.child(try member(key), key).value(as: type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { try part(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try part(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try part(PlaceKey(stringValue: "super")) }

    func superDecoder(forKey key: Key) throws -> any Decoder { try part(key) }
}

private struct UnkeyedReader: UnkeyedDecodingContainer {
    let decoder: ValueDecoder
    let elements: [JSON]
    private(set) var currentIndex = 0
    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    init(decoder: ValueDecoder, elements: [JSON]) {
        self.decoder = decoder
        self.elements = elements
    }

    private mutating func next() throws -> (element: JSON, key: PlaceKey) {
        let key = PlaceKey(index: currentIndex)
        guard !isAtEnd else { throw StateFault(codingPath + [key], "this element is missing") }
        defer { currentIndex += 1 }
        return (elements[currentIndex], key)
    }

    private mutating func part() throws -> ValueDecoder {
        let (element, key) = try next()
        return decoder.part(element, key)
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, elements[currentIndex].isNull else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let (element, key) = try next()
        return try decoder.child(element, key).value(as: type)
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> { try part().container(keyedBy: type) }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try part().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { try part() }
}

private struct SingleReader: SingleValueDecodingContainer {
    let decoder: ValueDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { decoder.json.isNull }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard let value = decoder.json.bool else { throw decoder.fault("true or false") }
        return value
    }

    func decode(_ type: String.Type) throws -> String {
        guard let value = decoder.json.string else { throw decoder.fault("a text") }
        return value
    }

    func decode(_ type: Double.Type) throws -> Double {
        guard let value = decoder.json.double else { throw decoder.fault("a number") }
        return value
    }

    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    func decode(_ type: Int.Type) throws -> Int { try whole() }
    func decode(_ type: Int8.Type) throws -> Int8 { try whole() }
    func decode(_ type: Int16.Type) throws -> Int16 { try whole() }
    func decode(_ type: Int32.Type) throws -> Int32 { try whole() }
    func decode(_ type: Int64.Type) throws -> Int64 { try whole() }
    func decode(_ type: UInt.Type) throws -> UInt { try whole() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try whole() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try whole() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try whole() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try whole() }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try decoder.value(as: type)
    }

    private func whole<Number: FixedWidthInteger>() throws -> Number {
        guard case .number(let text) = decoder.json, let value = Number(text) else {
            throw decoder.fault("a whole number")
        }
        return value
    }
}

/// A place that no type of ours names: an unknown member or an element.
private struct PlaceKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) { self.init(index: intValue) }

    init(index: Int) {
        stringValue = "[\(index)]"
        intValue = index
    }
}
