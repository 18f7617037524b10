internal import CCurl
import Glibc

/// One request under way: the memory that libcurl reads and writes meanwhile, and what came in.
///
/// Made, used and freed on the transfer thread only. The callbacks get it as an unretained pointer,
/// which is good as long as the loop holds it, that is until the handle has left the multi handle.
@safe final class Transfer {
    let easy: EasyHandle
    let request: WireRequest
    private let answer: @Sendable (Result<HTTPResponse, HTTPError>) -> Void
    /// The body is not handed over as a Swift array, whose memory may move; wiped when done.
    let body: UnsafeMutableRawPointer
    let errorText: UnsafeMutablePointer<CChar>
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var resolveList: UnsafeMutablePointer<curl_slist>?

    private var receivedHeaders: [HTTPHeader] = []
    private var receivedHeaderBytes = 0
    private var receivedBody: [UInt8] = []
    /// Whether the empty line that ends a head came; libcurl does not mind when it does not.
    private var isHeadComplete = false
    /// Whether a connection stood and libcurl went on to send, once at least.
    private var wasIssued = false
    private var refusal: HTTPError?
    /// The last address that the request's rule refused.
    private var refusedAddress: String?

    /// Bytes of headers in one answer; AWS's own are under 2 KiB.
    private static let maximumHeaderBytes = 64 << 10

    /// `nil` when libcurl refuses an option.
    init?(_ order: Mailbox.Order, on easy: EasyHandle, trust: TrustStore) {
        self.easy = easy
        request = order.request
        answer = order.answer
        let count = request.body.count
        unsafe body = .allocate(byteCount: max(count, 1), alignment: 1)
        unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        unsafe request.body.withUnsafeBytes { source in
            guard let start = source.baseAddress else { return }
            unsafe body.copyMemory(from: start, byteCount: count)
        }
        for line in request.headerLines {
            guard let longer = unsafe curl_slist_append(headerList, line) else { return nil }
            unsafe headerList = longer
        }
        if let resolution = request.resolution {
            unsafe resolveList = curl_slist_append(nil, resolution)
        }
        guard easy.configure(for: self, identifier: order.identifier, trust: trust),
            unsafe gaara_easy_set_headers(easy.pointer, headerList) == CURLE_OK,
            unsafe gaara_easy_set_resolve(easy.pointer, resolveList) == CURLE_OK
        else { return nil }
    }

    deinit {
        // First libcurl's pointers into what goes now.
        easy.reset()
        unsafe explicit_bzero(body, request.body.count)
        unsafe body.deallocate()
        unsafe errorText.deallocate()
        // Among the headers are the signature and the session token.
        var node = unsafe headerList
        while let current = unsafe node {
            if let text = unsafe current.pointee.data {
                unsafe explicit_bzero(text, strlen(text))
            }
            unsafe node = current.pointee.next
        }
        unsafe curl_slist_free_all(headerList)
        unsafe curl_slist_free_all(resolveList)
    }

    /// Hands the result to the caller.
    func finish(_ result: Result<HTTPResponse, HTTPError>) {
        easy.reset()
        answer(result)
    }

    /// What libcurl's verdict means, once the transfer is over.
    func result(_ code: CURLcode) -> Result<HTTPResponse, HTTPError> {
        if let refusal { return .failure(refusal) }
        if code != CURLE_OK, !wasIssued, let refusedAddress {
            return .failure(
                HTTPError(
                    .invalidRequest,
                    "\(request.host) leads to \(refusedAddress), which is not"
                        + " \(request.allowedAddresses); nothing was sent"))
        }
        guard code == CURLE_OK else {
            let text = unsafe String(cString: errorText)
            return .failure(
                HTTPError(code: code, text: text, request: request, wasIssued: wasIssued))
        }
        guard isHeadComplete else {
            return .failure(HTTPError(.ambiguous, "\(request.host): the answer was cut short"))
        }
        return .success(
            HTTPResponse(status: easy.status, headers: receivedHeaders, body: receivedBody))
    }

    func noteIssued() { wasIssued = true }

    /// Whether the request may go there; `nil` is an address of an unknown kind.
    func admits(_ address: IPAddress?) -> Bool {
        guard request.allowedAddresses != .any else { return true }
        if let address, request.allowedAddresses.contains(address) { return true }
        refusedAddress = address?.description ?? "an address of an unknown kind"
        return false
    }

    /// Takes a piece of the body; false ends the transfer.
    func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard receivedBody.count + bytes.count <= request.limits.maximumBody else {
            refusal = HTTPError(
                .unusableAnswer,
                "\(request.host): the answer is larger than \(request.limits.maximumBody) bytes")
            return false
        }
        unsafe receivedBody.append(contentsOf: bytes)
        return true
    }

    /// Takes one line of the head, its end included; false ends the transfer.
    func receiveHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
        receivedHeaderBytes += bytes.count
        guard receivedHeaderBytes <= Self.maximumHeaderBytes else {
            refusal = HTTPError(
                .unusableAnswer,
                "\(request.host): the answer's headers are larger than "
                    + "\(Self.maximumHeaderBytes) bytes")
            return false
        }
        // Trailers come after the body and mean nothing here.
        guard receivedBody.isEmpty else { return true }
        let line = unsafe String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            // Another head begins, as after "100 Continue": only the last one counts.
            receivedHeaders = []
            isHeadComplete = false
        } else if line == "\r\n" || line == "\n" {
            isHeadComplete = true
        } else if let colon = line.firstIndex(of: ":") {
            let isBlank: (Character) -> Bool = { " \t\r\n".contains($0) || $0 == "\r\n" }
            var value = line[line.index(after: colon)...].drop(while: isBlank)
            while let last = value.last, isBlank(last) { value.removeLast() }
            receivedHeaders.append(HTTPHeader(String(line[..<colon]), String(value)))
        }
        return true
    }
}
