@testable import AWS
import HTTP
import POSIX

/// Answers with an error status, in each of the forms; the first byte chooses.
enum ErrorBodyTarget: FuzzTarget {
    static let name = "error-body"

    private static let forms: [ServiceID.Form] = [
        .json(targetPrefix: "X"), .query(version: "1"), .rest,
        .queryCompatibleJSON(targetPrefix: "X"),
    ]

    static func check(_ input: [UInt8]) {
        guard let choice = input.first else { return }
        let form = forms[Int(choice) % forms.count]
        let body = Array(input.dropFirst())
        checkEnds(ErrorBody(HTTPResponse(status: 400, body: body), form: form))
        checkHeaders(body, form)
    }

    private static func checkEnds(_ error: ErrorBody) {
        if let code = error.code {
            require(!code.isEmpty, "a code is not empty")
            require(!code.contains("#") && !code.contains(":"), "a code is without its namespace")
            Plant.see(code)
        }
        guard let message = error.message, let secret = piece(of: message) else { return }
        let withheld = error.withoutMessage(ifItRepeats: [ProtectedBytes(secret)])
        require(withheld.message != message, "a message that repeats a secret is withheld")
        require(withheld.code == error.code, "the code stays")
    }

    /// Bytes of what is shown of a message, as if they were a secret's.
    private static func piece(of message: String) -> [UInt8]? {
        let bytes = Array(message.utf8.prefix(1024))
        // Swift's == takes one text for another that only looks the same, so: ASCII.
        guard !bytes.isEmpty, bytes.allSatisfy({ $0 < 0x80 }),
            message != "the message is withheld, since it repeats a secret value"
        else { return nil }
        return Array(bytes[(bytes.count / 3)...].prefix(40))
    }

    /// The headers that name a code and a request count before the body does.
    private static func checkHeaders(_ body: [UInt8], _ form: ServiceID.Form) {
        let text = String(decoding: body.prefix(64), as: UTF8.self)
        let headers = [
            HTTPHeader("x-amzn-requestid", "request"), HTTPHeader("X-Amzn-ErrorType", text),
            HTTPHeader("x-amzn-query-error", "\(text);Sender"),
        ]
        for count in 1...headers.count {
            let answer = HTTPResponse(
                status: 500, headers: Array(headers.prefix(count)), body: body)
            let error = ErrorBody(answer, form: form)
            require(error.requestID == "request", "the header's request id counts")
            if let code = error.code { require(!code.isEmpty, "a code is not empty") }
        }
    }
}
