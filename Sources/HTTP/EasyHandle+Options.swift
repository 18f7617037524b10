internal import CCurl
import Glibc

extension EasyHandle {
    /// Sets every option of a transfer, from libcurl's defaults; false when one is refused.
    func configure(
        for transfer: Transfer, identifier: Mailbox.Identifier, trust: TrustStore
    ) -> Bool {
        reset()
        return setAddress(transfer.request) && setMethod(transfer)
            && setLimits(transfer.request.limits) && setTrust(trust)
            && setConnection(fresh: transfer.request.freshConnection)
            && setCallbacks(transfer, identifier)
    }

    private func setAddress(_ request: WireRequest) -> Bool {
        set(CURLOPT_URL, request.url) && set(CURLOPT_REQUEST_TARGET, request.target)
            && set(CURLOPT_PROTOCOLS_STR, request.scheme.rawValue)
            // A redirect would carry the signed headers to whoever the answer names.
            && set(CURLOPT_FOLLOWLOCATION, 0)
            && (!request.bypassesProxy || set(CURLOPT_NOPROXY, "*"))
    }

    private func setMethod(_ transfer: Transfer) -> Bool {
        let request = transfer.request
        switch (request.method, request.body.isEmpty) {
        case ("GET", true): return set(CURLOPT_HTTPGET, 1)
        case ("HEAD", true): return set(CURLOPT_NOBODY, 1)
        case (let method, let isEmpty):
            if isEmpty && method != "POST" && method != "PUT" && method != "PATCH" {
                return set(CURLOPT_CUSTOMREQUEST, method)
            }
            // POSTFIELDS, not COPYPOSTFIELDS: a copy of libcurl's own would not be wiped.
            let isPosting =
                unsafe set(CURLOPT_POST, 1)
                && gaara_easy_set_offset(
                    pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
                    == CURLE_OK
                && gaara_easy_set_pointer(pointer, CURLOPT_POSTFIELDS, transfer.body) == CURLE_OK
            return isPosting && (method == "POST" || set(CURLOPT_CUSTOMREQUEST, method))
        }
    }

    private func setLimits(_ limits: HTTPRequest.Limits) -> Bool {
        // Zero would mean 300 seconds and for ever.
        set(CURLOPT_CONNECTTIMEOUT_MS, max(limits.connectMilliseconds, 1))
            && set(CURLOPT_TIMEOUT_MS, max(limits.totalMilliseconds, 1))
            // A peer that sends nothing for 20 seconds sends nothing more.
            && set(CURLOPT_LOW_SPEED_LIMIT, 1) && set(CURLOPT_LOW_SPEED_TIME, 20)
    }

    private func setTrust(_ trust: TrustStore) -> Bool {
        guard set(CURLOPT_SSL_VERIFYPEER, 1), set(CURLOPT_SSL_VERIFYHOST, 2),
            set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        else { return false }
        switch trust {
        case .file(let file): return set(CURLOPT_CAINFO, file) && set(CURLOPT_CAPATH, nil)
        case .folder(let folder): return set(CURLOPT_CAINFO, nil) && set(CURLOPT_CAPATH, folder)
        case .builtIn: return true
        }
    }

    private func setConnection(fresh: Bool) -> Bool {
        // 2TLS is the default until 8.12 and no longer from 8.13 on.
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
            // Else libcurl uses SIGALRM for slow name servers, in a process with threads.
            && set(CURLOPT_NOSIGNAL, 1)
            // Cancelling while a name is looked up must not wait for the name server.
            && set(CURLOPT_QUICK_EXIT, 1)
            && set(CURLOPT_TCP_KEEPALIVE, 1)
            // Seconds. libcurl's 118 meets more connections that the peer has given up, and each
            // of those is a request sent twice.
            && set(CURLOPT_MAXAGE_CONN, 50)
            && set(CURLOPT_FRESH_CONNECT, fresh ? 1 : 0) && set(CURLOPT_FORBID_REUSE, fresh ? 1 : 0)
    }

    private func setCallbacks(_ transfer: Transfer, _ identifier: Mailbox.Identifier) -> Bool {
        let context = unsafe Unmanaged.passUnretained(transfer).toOpaque()
        return unsafe gaara_easy_set_identifier(pointer, identifier) == CURLE_OK
            && gaara_easy_set_pointer(pointer, CURLOPT_ERRORBUFFER, transfer.errorText) == CURLE_OK
            && gaara_easy_set_receiver(pointer, CURLOPT_WRITEFUNCTION, Self.onBody) == CURLE_OK
            && gaara_easy_set_pointer(pointer, CURLOPT_WRITEDATA, context) == CURLE_OK
            && gaara_easy_set_receiver(pointer, CURLOPT_HEADERFUNCTION, Self.onHeader) == CURLE_OK
            && gaara_easy_set_pointer(pointer, CURLOPT_HEADERDATA, context) == CURLE_OK
            && gaara_easy_set_before_request(pointer, Self.onConnected) == CURLE_OK
            && gaara_easy_set_pointer(pointer, CURLOPT_PREREQDATA, context) == CURLE_OK
            && gaara_easy_set_opensocket(pointer, Self.onSocket) == CURLE_OK
            && gaara_easy_set_pointer(pointer, CURLOPT_OPENSOCKETDATA, context) == CURLE_OK
    }

    // A count other than the one given ends the transfer with CURLE_WRITE_ERROR.
    private static let onBody: curl_write_callback = { data, size, count, context in
        unsafe receive(data, size * count, context) { unsafe $0.receiveBody($1) }
    }

    private static let onHeader: curl_write_callback = { data, size, count, context in
        unsafe receive(data, size * count, context) { unsafe $0.receiveHeader($1) }
    }

    private static func receive(
        _ data: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
        _ take: (Transfer, UnsafeRawBufferPointer) -> Bool
    ) -> Int {
        guard let context = unsafe context else { return 0 }
        let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        let bytes = unsafe UnsafeRawBufferPointer(start: data, count: count)
        return unsafe take(transfer, bytes) ? count : 0
    }

    // Runs for a connection that is used again as well, which may have been opened without a rule.
    private static let onConnected: curl_prereq_callback = { context, peer, _, _, _ in
        guard let context = unsafe context else { return CURL_PREREQFUNC_ABORT }
        let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        let address = unsafe peer.flatMap { unsafe IPAddress(String(cString: $0)) }
        guard transfer.admits(address) else { return CURL_PREREQFUNC_ABORT }
        transfer.noteIssued()
        return CURL_PREREQFUNC_OK
    }

    private static let onSocket: curl_opensocket_callback = { context, _, target in
        guard let context = unsafe context, let target = unsafe target else {
            return CURL_SOCKET_BAD
        }
        let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        guard unsafe transfer.admits(IPAddress(target)) else { return CURL_SOCKET_BAD }
        // libcurl opens sockets without SOCK_CLOEXEC before 8.19.0: a child would inherit them.
        let kind = unsafe target.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
        return unsafe socket(target.pointee.family, kind, target.pointee.protocol)
    }
}
