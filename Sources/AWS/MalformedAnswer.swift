/// Why an answer with status 200 cannot be read.
///
/// It names members, never their values.
package struct MalformedAnswer: Error, Hashable, Sendable {
    package let reason: String

    package init(_ reason: String) { self.reason = reason }
}
