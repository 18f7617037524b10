internal import Digest
package import JSON
package import POSIX

/// The body of a JSON 1.1 request, written member by member.
///
/// It is bytes from the start, so that a secret value goes into it without becoming a `String`.
/// A member whose value is `nil` is left out.
package struct JSONRequest: Sendable {
    private var text: [UInt8] = [UInt8(ascii: "{")]

    package init() {}

    /// Ends the object and gives the body; nothing may be set any more.
    package mutating func finish() -> [UInt8] {
        text.append(UInt8(ascii: "}"))
        defer { text = [] }
        return text
    }

    package mutating func set(_ name: String, _ value: JSON?) {
        guard let value else { return }
        begin(name)
        text += value.compactBytes
    }

    package mutating func set(_ name: String, _ value: String?) {
        set(name, value.map(JSON.string))
    }

    package mutating func set(_ name: String, _ value: Bool?) {
        set(name, value.map(JSON.bool))
    }

    package mutating func set(_ name: String, _ value: Int?) {
        set(name, value.map { JSON.number(String($0)) })
    }

    package mutating func set(_ name: String, _ values: [String]?) {
        set(name, values.map { JSON.array($0.map(JSON.string)) })
    }

    /// A list of tags; none at all is left out, which no service takes for a change.
    package mutating func set(_ name: String, _ tags: [Tag], keyName: String, valueName: String) {
        guard !tags.isEmpty else { return }
        let list = tags.map {
            JSON.object(JSONObject([(keyName, .string($0.key)), (valueName, .string($0.value))]))
        }
        set(name, .array(list))
    }

    /// A secret text, which must be UTF-8; set it last, so that no later member makes the body grow
    /// and leaves a copy behind.
    package mutating func set(_ name: String, secretText: ProtectedBytes) {
        // Room for every byte escaped in two, so that growing leaves no copies behind.
        text.reserveCapacity(text.count + 2 * secretText.count + 512)
        begin(name)
        secretText.withBytes { JSON.appendQuoted($0, to: &text) }
    }

    /// Secret bytes, as base64; set them last, as a secret text.
    package mutating func set(_ name: String, secretBlob: ProtectedBytes) {
        text.reserveCapacity(text.count + 2 * secretBlob.count + 512)
        begin(name)
        secretBlob.withBytes { JSON.appendQuoted(Base64.encode($0).utf8, to: &text) }
    }

    private mutating func begin(_ name: String) {
        if text.count > 1 { text.append(UInt8(ascii: ",")) }
        JSON.appendQuoted(name.utf8, to: &text)
        text.append(UInt8(ascii: ":"))
    }
}
