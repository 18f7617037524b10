internal import Digest
package import HTTP
internal import JSON
internal import POSIX

/// What a service says in an answer with an error status, in any of its forms.
///
/// The code is looked for where Smithy's specifications of the protocols have it:
/// `x-amzn-query-error` before `;` (of a service that is asked for its query protocol's codes),
/// `X-Amzn-ErrorType`, `__type`, `code`; then what stands before the first `:` and after the last
/// `#`. The message is `message` or, in Secrets Manager, `Message`.
/// A body that cannot be read gives no code and no message; it is never quoted.
package struct ErrorBody: Hashable, Sendable {
    /// `nil` when the answer names none, as a proxy's page does.
    package let code: String?
    package let message: String?
    package let requestID: String?
    /// Whose fault the query protocol says it is: `Sender` or `Receiver`.
    package let fault: String?

    package init(_ response: HTTPResponse, form: ServiceID.Form) {
        switch form {
        case .json, .queryCompatibleJSON, .rest:
            let body = try? JSON(parsing: response.body)
            var code: String?
            if case .queryCompatibleJSON = form {
                code = response.header("x-amzn-query-error").map { String($0.prefix { $0 != ";" }) }
            }
            let names = [
                code, response.header("x-amzn-ErrorType"), body?["__type"]?.string,
                body?["code"]?.string,
            ]
            self.code = names.lazy.compactMap { $0.flatMap(Self.bare) }.first
            message = body?["message"]?.string ?? body?["Message"]?.string
            requestID = Self.requestIDHeader(response)
            fault = nil
        case .query:
            let root = try? XMLElement(parsing: response.body)
            // ErrorResponse/Error, or Response/Errors/Error as EC2 and old front ends have it.
            let error =
                root?.childIfPresent("Error")
                ?? root?.childIfPresent("Errors")?.childIfPresent("Error")
            code = error?.stringIfPresent("Code").flatMap(Self.bare)
            message = error?.stringIfPresent("Message")
            requestID = Self.requestIDHeader(response) ?? Self.requestID(in: root)
            fault = error?.stringIfPresent("Type")
        }
    }

    private static func bare(_ code: String) -> String? {
        let name = String(code.prefix { $0 != ":" }.reversed().prefix { $0 != "#" }.reversed())
        return name.isEmpty ? nil : name
    }

    /// The request id that stands in an answer: in a header, or in the XML of the query protocol.
    static func requestID(of response: HTTPResponse, form: ServiceID.Form) -> String? {
        if let id = requestIDHeader(response) { return id }
        guard case .query = form else { return nil }
        return requestID(in: try? XMLElement(parsing: response.body))
    }

    private static func requestID(in root: XMLElement?) -> String? {
        root?.stringIfPresent("RequestId") ?? root?.stringIfPresent("RequestID")
            ?? root?.childIfPresent("ResponseMetadata")?.stringIfPresent("RequestId")
    }

    private static func requestIDHeader(_ response: HTTPResponse) -> String? {
        response.header("x-amzn-RequestId") ?? response.header("x-amz-request-id")
    }

    /// Without its message when that repeats one of `values`, or 16 bytes in a row of one, as it
    /// stands or in base64.
    ///
    /// A validation error can quote the member that it refuses, cut short or with some characters
    /// escaped; a signature error quotes the canonical request, session token included (IAM user
    /// guide, "Troubleshoot Signature Version 4 signing for AWS API requests").
    func withoutMessage(ifItRepeats values: [ProtectedBytes]) -> ErrorBody {
        guard let message else { return self }
        let text = Array(message.utf8)
        let repeats = values.contains { value in
            value.withBytes { bytes in
                Self.shareRun(text, bytes) || Self.shareRun(text, Array(Base64.encode(bytes).utf8))
            }
        }
        guard repeats else { return self }
        return ErrorBody(
            code: code, message: "the message is withheld, since it repeats a secret value",
            requestID: requestID, fault: fault)
    }

    /// Whether both have 16 bytes in a row in common, or all of a shorter secret.
    private static func shareRun(_ text: [UInt8], _ secret: [UInt8]) -> Bool {
        let length = min(16, secret.count)
        guard length > 0, text.count >= length else { return false }
        // No more of a message is ever shown (`AWSError.message`).
        let shown = text.prefix(1024 + length)
        let runs = Set((0...shown.count - length).map { shown[$0..<$0 + length] })
        return (0...secret.count - length).contains { runs.contains(secret[$0..<$0 + length]) }
    }

    private init(code: String?, message: String?, requestID: String?, fault: String?) {
        self.code = code
        self.message = message
        self.requestID = requestID
        self.fault = fault
    }
}
