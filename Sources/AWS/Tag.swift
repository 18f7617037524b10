/// A label on a thing in AWS.
///
/// Keys of different case are different keys.
package struct Tag: Hashable, Sendable {
    package let key: String
    package let value: String

    package init(_ key: String, _ value: String) {
        self.key = key
        self.value = value
    }
}
