/// What can carry an HTTP request: libcurl in life, the sandbox in tests.
package protocol HTTPTransport: Sendable {
    /// The answer to `request`, whatever its status; a redirect is an answer and is not followed.
    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse
}

/// One header line.
///
/// Names compare without case (RFC 9110 section 5.1); values are sent as they are.
package struct HTTPHeader: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A request as it goes on the wire.
package struct HTTPRequest: Sendable {
    package enum Scheme: String, Sendable { case http, https }

    package var method: String
    package var scheme: Scheme
    /// A DNS name or an address; IPv6 without brackets.
    package var host: String
    /// `nil` is the scheme's own port.
    package var port: Int?
    /// Path and query, beginning with `/`.
    package var target: String
    /// All headers but those the transport owns (`Content-Length`, `Connection`).
    ///
    /// `Host` is sent as it stands here, since it is signed.
    package var headers: [HTTPHeader]
    package var body: [UInt8]
    package var limits: Limits
    /// A connection of its own, never reused: libcurl replays a request when a reused connection
    /// dies before the first answer byte, which a call without an idempotency token must not risk.
    package var freshConnection: Bool
    /// Where it may go; a connection to elsewhere is refused before anything is sent.
    package var allowedAddresses: AllowedAddresses

    package struct Limits: Hashable, Sendable {
        /// Milliseconds until the connection, TLS included, must stand.
        package var connectMilliseconds: Int
        /// Milliseconds for the whole exchange.
        package var totalMilliseconds: Int
        /// Bytes of body accepted before the transfer is cut.
        package var maximumBody: Int

        package init(
            connectMilliseconds: Int = 3_100, totalMilliseconds: Int = 30_000,
            maximumBody: Int = 1 << 20
        ) {
            self.connectMilliseconds = connectMilliseconds
            self.totalMilliseconds = totalMilliseconds
            self.maximumBody = maximumBody
        }
    }

    package init(
        method: String, scheme: Scheme, host: String, port: Int? = nil, target: String = "/",
        headers: [HTTPHeader] = [], body: [UInt8] = [], limits: Limits = Limits(),
        freshConnection: Bool = false, allowedAddresses: AllowedAddresses = .any
    ) {
        self.method = method
        self.scheme = scheme
        self.host = host
        self.port = port
        self.target = target
        self.headers = headers
        self.body = body
        self.limits = limits
        self.freshConnection = freshConnection
        self.allowedAddresses = allowedAddresses
    }
}

/// An answer, complete: a cut body is an `HTTPError`, never a short one of these.
package struct HTTPResponse: Sendable {
    package var status: Int
    package var headers: [HTTPHeader]
    package var body: [UInt8]

    package init(status: Int, headers: [HTTPHeader] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The value of the first header of that name, in any case.
    package func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}

/// Why there is no answer, by what it means for whoever wants to try again.
package struct HTTPError: Error, Hashable, Sendable {
    package enum Code: Hashable, Sendable {
        /// Nothing left this machine: name not resolved, connection refused or broken in the TLS
        /// handshake.
        case notSent
        /// The peer's certificate does not verify, or one side refuses the other's TLS. Nothing was
        /// sent; trying again cannot help.
        case untrusted
        /// The request may have been executed: reset, empty or cut answer, time-out.
        case ambiguous
        /// The answer was larger than `Limits.maximumBody`, or not HTTP.
        case unusableAnswer
        /// The request itself was refused before sending, for example CR or LF in a header.
        case invalidRequest
        /// The caller's task was cancelled. The request may have been executed.
        case cancelled
    }

    package let code: Code
    /// One line for a person, without address of memory, body, or header values.
    package let reason: String
    /// Whether time ran out: for the connection where nothing was sent, else for the answer.
    package let isTimeout: Bool

    package init(_ code: Code, _ reason: String, isTimeout: Bool = false) {
        self.code = code
        self.reason = reason
        self.isTimeout = isTimeout
    }
}
