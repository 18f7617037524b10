/// A request that was checked and spelled for libcurl, which checks nothing itself.
///
/// libcurl passes header bytes on as they are (libcurl-security(3)): a line break in a value would
/// begin a header, or a request, of somebody else's making.
struct WireRequest: Sendable {
    let method: String
    let scheme: HTTPRequest.Scheme
    let host: String
    private let port: Int?
    /// Without the target, which libcurl would normalise; that goes by CURLOPT_REQUEST_TARGET.
    let url: String
    let target: String
    /// Lines in the syntax of CURLOPT_HTTPHEADER.
    let headerLines: [String]
    let body: [UInt8]
    let limits: HTTPRequest.Limits
    let freshConnection: Bool
    let allowedAddresses: AllowedAddresses
    /// Whether no proxy may see it: loopback, the metadata services of a machine, and all that has
    /// a rule for its address.
    let bypassesProxy: Bool
    /// Addresses that the host's name is to have, whatever the system's resolver says; none in life.
    var pinnedAddresses: [String] = []

    init(_ request: HTTPRequest) throws(HTTPError) {
        guard !request.method.isEmpty, request.method.utf8.allSatisfy(Self.isToken) else {
            throw HTTPError(.invalidRequest, "the method is not a token")
        }
        guard Self.isHost(request.host) else {
            throw HTTPError(.invalidRequest, "the host is neither a DNS name nor an address")
        }
        if let port = request.port, !(1...65_535).contains(port) {
            throw HTTPError(.invalidRequest, "the port is not between 1 and 65535")
        }
        // A fragment would be cut off, and a space would end the request line.
        guard request.target.hasPrefix("/"),
            request.target.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x23 })
        else {
            throw HTTPError(
                .invalidRequest, "the target must begin with / and hold visible ASCII without #")
        }
        method = request.method
        scheme = request.scheme
        host = request.host
        port = request.port
        let authority = host.contains(":") ? "[\(host)]" : host
        url = "\(scheme.rawValue)://\(authority)\(request.port.map { ":\($0)" } ?? "")/"
        target = request.target
        headerLines = try Self.lines(request.headers, bodyCount: request.body.count)
        body = request.body
        limits = request.limits
        freshConnection = request.freshConnection
        allowedAddresses = request.allowedAddresses
        bypassesProxy = allowedAddresses != .any || Self.isLocal(host)
    }

    /// In the syntax of CURLOPT_RESOLVE; `nil` where the resolver is asked.
    var resolution: String? {
        guard !pinnedAddresses.isEmpty else { return nil }
        let port = port ?? (scheme == .https ? 443 : 80)
        let addresses = pinnedAddresses.map { $0.contains(":") ? "[\($0)]" : $0 }
        return "\(host):\(port):\(addresses.joined(separator: ","))"
    }

    private static func lines(
        _ headers: [HTTPHeader], bodyCount: Int
    ) throws(HTTPError) -> [String] {
        var lines: [String] = []
        var names: Set<String> = []
        for header in headers {
            let name = header.name.lowercased()
            guard !name.isEmpty, name.utf8.allSatisfy(isToken) else {
                throw HTTPError(.invalidRequest, "a header name is not a token")
            }
            guard !header.value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F })
            else {
                throw HTTPError(
                    .invalidRequest, "the value of header \(header.name) holds a control character")
            }
            switch name {
            case "content-length" where header.value == String(bodyCount): continue
            case "content-length", "connection", "transfer-encoding":
                throw HTTPError(.invalidRequest, "header \(header.name) is the transport's own")
            default: break
            }
            names.insert(name)
            // "Name:" would take the header out; a semicolon sends it empty (CURLOPT_HTTPHEADER).
            lines.append(
                header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
        }
        // What libcurl adds by itself was not signed, and Expect costs a round trip or a second.
        for added in ["Accept", "Content-Type", "Expect"] where !names.contains(added.lowercased())
        {
            lines.append("\(added):")
        }
        return lines
    }

    /// A tchar of RFC 9110 section 5.6.2.
    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    private static func isHost(_ host: String) -> Bool {
        guard !host.isEmpty, host.utf8.count <= 255 else { return false }
        let isAddress = host.utf8.contains(0x3A)
        return host.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x61...0x66, 0x41...0x46, 0x2E: true
            case 0x3A: isAddress
            case 0x67...0x7A, 0x47...0x5A, 0x2D, 0x5F: !isAddress
            default: false
            }
        }
    }

    private static func isLocal(_ host: String) -> Bool {
        if let address = IPAddress(host) { return AllowedAddresses.isLocal(address) }
        return host.lowercased() == "localhost"
    }
}
