/// An encoder for one single value, which remembers what it is given as text.
final class RecordingEncoder: Encoder, SingleValueEncodingContainer {
    private(set) var written: [String] = []
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }
    func encode<T: Encodable>(_ value: T) { written.append("\(value)") }
    func encodeNil() { written.append("nil") }

    // A value that asks for one of these encodes more than itself, and the test run ends here.
    func container<Key>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> { fatalError() }
    func unkeyedContainer() -> any UnkeyedEncodingContainer { fatalError() }
}
