internal import POSIX

/// Why a call, or the preparation of one, did not succeed.
///
/// It never holds a body, a credential, or a header's value. Texts that came from outside are
/// bounded, and control characters in them are escaped.
package struct AWSError: Error, Hashable, Sendable {
    package let kind: Kind
    /// The service's own code, `AlreadyExistsException`; `nil` where no service answered with one.
    package let code: String?
    /// One clause for a person; empty where the service gave none.
    ///
    /// At most 1 KiB.
    package let message: String
    /// `nil` for what goes wrong before there is a call: settings, credentials.
    package var operation: Operation?
    package let status: Int?
    package let requestID: String?
    /// Whether the call changes something and may have been executed: look before repeating it.
    package var isAmbiguous: Bool
    /// Host and port of the endpoint, where it is not AWS's own.
    package var host: String?

    /// What the error means for whoever has to act on it.
    package enum Kind: Hashable, Sendable {
        // The service answered.
        case accessDenied
        /// The service knows these credentials not, or no longer, or the signature is wrong.
        case rejectedCredentials
        case notFound
        case alreadyExists
        /// Another writer, or something that still hangs on it: `DeleteConflict`.
        case conflict
        /// The thing's state forbids it: pending deletion, disabled, a rotation in progress.
        case invalidState
        case invalidRequest
        /// A quota of things, not of requests: waiting does not help.
        case quotaExceeded
        case throttled
        /// The service could not, status 5xx.
        case unavailable

        // No usable answer.
        case notSent
        case ambiguous
        case untrusted
        case malformedAnswer
        case cancelled

        // Nothing to send yet.
        case credentials
        case region
        case configuration
    }

    package init(
        _ kind: Kind, code: String? = nil, _ message: String, operation: Operation? = nil,
        status: Int? = nil, requestID: String? = nil, isAmbiguous: Bool = false, host: String? = nil
    ) {
        self.kind = kind
        self.code = code.map { Self.readable($0, limit: 128) }
        self.message = Self.readable(message, limit: 1024)
        self.operation = operation
        self.status = status
        self.requestID = requestID.map { Self.readable($0, limit: 128) }
        self.isAmbiguous = isAmbiguous
        self.host = host
    }

    /// At most `limit` bytes of `text`, safe for a terminal and a log line.
    private static func readable(_ text: String, limit: Int) -> String {
        var bounded = String.UnicodeScalarView()
        var bytes = 0
        for scalar in Terminal.escaped(text).unicodeScalars {
            let size = UTF8.width(scalar)
            guard bytes + size <= limit - 3 else { return String(bounded) + "..." }
            bytes += size
            bounded.append(scalar)
        }
        return String(bounded)
    }
}

extension AWSError: CustomStringConvertible {
    /// One line: `kms CreateAlias: AlreadyExistsException: it exists (request id 7f1c)`.
    package var description: String {
        var parts: [String] = []
        if let operation { parts.append(operation.description) }
        if let code {
            parts.append(code)
        } else if let status, status != 200 {
            parts.append("status \(status)")
        }
        if !message.isEmpty { parts.append(message) }
        var places: [String] = []
        if let requestID { places.append("request id \(requestID)") }
        if let host { places.append("endpoint \(host)") }
        if isAmbiguous { places.append("the call may have been executed") }
        let place = places.isEmpty ? "" : " (" + places.joined(separator: ", ") + ")"
        return parts.joined(separator: ": ") + place
    }
}
