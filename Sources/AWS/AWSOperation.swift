package import HTTP
package import POSIX

/// One operation of one service: the value is its input, `Output` what comes back.
///
/// Adding an operation is adding one small type that conforms to `JSONOperation`, `QueryOperation`
/// or `RESTOperation`, and naming it in `Operation.all`.
package protocol AWSOperation: Sendable {
    associatedtype Output: Sendable

    static var operation: Operation { get }

    /// Method and target; `POST /` where the operation is named elsewhere.
    var line: RequestLine { get }

    /// Headers of this operation alone, sent as they are and not signed.
    var headers: [HTTPHeader] { get }

    /// The request's body. The caller wipes it after sending.
    func body() -> [UInt8]

    /// Reads the body of an answer with status 200, strictly: what is required and missing, or of
    /// another type than it should be, is an error, never an empty success.
    static func output(from body: [UInt8]) throws(MalformedAnswer) -> Output

    /// Bytes that an answer has at most; a longer one is cut off and an error.
    static var maximumAnswer: Int { get }

    /// Values that stand in the request and must not come back in a message.
    var sensitiveValues: [ProtectedBytes] { get }
}

extension AWSOperation {
    package var line: RequestLine { RequestLine("POST", "/") }
    package var headers: [HTTPHeader] { [] }
    package static var maximumAnswer: Int { 1 << 20 }
    package var sensitiveValues: [ProtectedBytes] { [] }
}

/// The method and the target that a request begins with.
package struct RequestLine: Hashable, Sendable {
    package let method: String
    /// Path and query as they stand on the wire.
    package let target: String

    package init(_ method: String, _ target: String) {
        self.method = method
        self.target = target
    }
}

/// An operation whose answer is a page, with a marker of where the next one begins.
package protocol PagedOperation: AWSOperation where Output == Page<Item> {
    associatedtype Item: Sendable

    /// Where the page begins, from the page before; `nil` is the first page.
    var marker: String? { get set }
}

/// A part of a list.
package struct Page<Item: Sendable>: Sendable {
    /// May be empty although more follow: a filter may have left none of this page's.
    package let items: [Item]
    /// Where the next page begins; `nil` on the last.
    package let next: String?

    package init(items: [Item], next: String?) {
        self.items = items
        // An empty token is how some services say "no more".
        self.next = next == "" ? nil : next
    }
}
