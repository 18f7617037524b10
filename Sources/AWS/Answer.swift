/// What came back of a call, with the id by which AWS knows it.
package struct Answer<Output: Sendable>: Sendable {
    package let output: Output
    /// `nil` where the service gave none.
    package let requestID: String?
}
