internal import CCurl

extension HTTPError {
    /// What a failure of libcurl means to whoever wants to try again.
    ///
    /// Whether anything was sent does not follow from the code: libcurl sends a request again by
    /// itself when a kept connection dies before its answer begins (`Curl_retry_request`), and if
    /// the new connection then fails, its code is that of a failed connection. So `wasIssued`,
    /// noted when a connection was ready for the request, decides between `notSent` and
    /// `ambiguous`.
    init(code: CURLcode, text: String, request: WireRequest, wasIssued: Bool) {
        let meaning: Code
        switch code {
        case CURLE_URL_MALFORMAT:
            meaning = .invalidRequest
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CRL_BADFILE, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
            CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER:
            meaning = wasIssued ? .ambiguous : .untrusted
        case CURLE_SSL_CONNECT_ERROR where !wasIssued && Self.isRefusal(text):
            meaning = .untrusted
        case CURLE_UNSUPPORTED_PROTOCOL:
            // Also the code for an answer that is not HTTP/1 or later.
            meaning = wasIssued ? .unusableAnswer : .invalidRequest
        case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_FILESIZE_EXCEEDED:
            meaning = .unusableAnswer
        default:
            meaning = wasIssued ? .ambiguous : .notSent
        }
        let limit =
            wasIssued ? request.limits.totalMilliseconds : request.limits.connectMilliseconds
        let reason =
            switch code {
            case CURLE_OPERATION_TIMEDOUT where wasIssued: "no complete answer within \(limit) ms"
            case CURLE_OPERATION_TIMEDOUT: "no connection within \(limit) ms"
            case CURLE_COULDNT_CONNECT: "nothing accepts connections at \(request.url)"
            case CURLE_COULDNT_RESOLVE_HOST: "the name cannot be resolved"
            case CURLE_PARTIAL_FILE: "the answer was cut short"
            case CURLE_GOT_NOTHING: "the connection was closed without an answer"
            default: Self.oneLine(text.isEmpty ? Self.name(of: code) : text)
            }
        self.init(
            meaning, "\(request.host): \(reason)", isTimeout: code == CURLE_OPERATION_TIMEDOUT)
    }

    /// Whether a handshake failed since the two sides cannot agree on version, cipher or
    /// certificate, and not since the connection broke or a server is not itself for a moment:
    /// OpenSSL names its reason, `error:0A00042E:SSL routines::tlsv1 alert protocol version`.
    private static func isRefusal(_ text: String) -> Bool {
        text.contains("SSL routines")
            && ["protocol", "certificate", "handshake failure", "shared cipher"].contains {
                text.contains($0)
            }
    }

    private static func name(of code: CURLcode) -> String {
        guard let text = unsafe curl_easy_strerror(code) else { return "error \(code.rawValue)" }
        return unsafe String(cString: text)
    }

    /// libcurl's text may quote the peer: printable, short, and begun in lower case like ours.
    private static func oneLine(_ text: String) -> String {
        let printable = String(
            String.UnicodeScalarView(
                text.unicodeScalars.prefix(200).map { (" "..."~").contains($0) ? $0 : "?" }))
        let isAcronym = printable.dropFirst().first?.isUppercase ?? false
        return isAcronym ? printable : printable.prefix(1).lowercased() + printable.dropFirst()
    }
}
