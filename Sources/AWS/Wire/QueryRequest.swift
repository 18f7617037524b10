/// The body of a query-protocol request: a form, written member by member.
///
/// A member whose value is `nil` is left out; an empty list stands as `Name=`, which is how the
/// protocol tells it from an absent one.
package struct QueryRequest: Sendable {
    private var text: String

    package init(action: String, version: String) {
        text = "Action=\(PercentCoding.form(action))&Version=\(PercentCoding.form(version))"
    }

    /// The finished body.
    package var bytes: [UInt8] { Array(text.utf8) }

    package mutating func set(_ name: String, _ value: String?) {
        guard let value else { return }
        text += "&\(PercentCoding.form(name))=\(PercentCoding.form(value))"
    }

    package mutating func set(_ name: String, _ value: Bool?) {
        set(name, value.map { $0 ? "true" : "false" })
    }

    package mutating func set(_ name: String, _ value: Int?) {
        set(name, value.map(String.init))
    }

    package mutating func set(_ name: String, _ values: [String]?) {
        guard let values else { return }
        if values.isEmpty { set(name, "") }
        for (index, value) in values.enumerated() { set("\(name).member.\(index + 1)", value) }
    }

    /// A list of tags; none at all is left out, which no service takes for a change.
    package mutating func set(_ name: String, _ tags: [Tag]) {
        for (index, tag) in tags.enumerated() {
            set("\(name).member.\(index + 1).Key", tag.key)
            set("\(name).member.\(index + 1).Value", tag.value)
        }
    }
}
