/// A part of the world that no state file holds: read back, it is as at the beginning.
@propertyWrapper
struct NotKept<Value: Sendable & Beginning>: Sendable, Codable {
    var wrappedValue: Value

    init(wrappedValue: Value) { self.wrappedValue = wrappedValue }

    init(from decoder: any Decoder) { wrappedValue = Value() }

    func encode(to encoder: any Encoder) {}
}

/// What there is when nothing has happened yet.
protocol Beginning {
    init()
}

extension Array: Beginning {}
extension Dictionary: Beginning {}

extension Faults: Beginning {
    init() { self = .none }
}

// Synthesised code calls these for a property with the wrapper, so that its name is not even
// written, and not missed.
extension KeyedEncodingContainer {
    mutating func encode<Value>(_ value: NotKept<Value>, forKey key: Key) throws {}
}

extension KeyedDecodingContainer {
    func decode<Value>(_ type: NotKept<Value>.Type, forKey key: Key) throws -> NotKept<Value> {
        NotKept(wrappedValue: Value())
    }
}
