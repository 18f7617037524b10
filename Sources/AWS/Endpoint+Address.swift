internal import HTTP

extension Endpoint {
    /// Scheme, host and port.
    package struct Address: Hashable, Sendable {
        package let isSecure: Bool
        /// A DNS name or an address; IPv6 without brackets.
        package let host: String
        /// `nil` is the scheme's own port.
        package let port: Int?

        init(isSecure: Bool = true, host: String, port: Int? = nil) {
            self.isSecure = isSecure
            self.host = host
            self.port = port
        }

        /// Host and port as the `Host` header has them: IPv6 in brackets, no port where it is the
        /// scheme's own.
        package var authority: String {
            let name = host.contains(":") ? "[\(host)]" : host
            guard let port, port != (isSecure ? 443 : 80) else { return name }
            return "\(name):\(port)"
        }

        /// `https://host:port`, as somebody would configure it.
        package var url: String { "\(scheme.rawValue)://\(authority)" }

        var scheme: HTTPRequest.Scheme { isSecure ? .https : .http }
    }
}

extension Endpoint.Address {
    /// Why a text is not the address of an endpoint, as a clause that follows the setting's name.
    package enum Fault: Error {
        case notAURL
        case hasPath
        case plainToElsewhere

        package var clause: String {
            switch self {
            case .notAURL: "is not a URL like https://host:port"
            case .hasPath: "must end after the host and port: a path is not supported"
            case .plainToElsewhere:
                "must begin with https://; plain http is allowed to this machine only, by"
                    + " localhost, 127.0.0.1 or [::1]"
            }
        }
    }

    /// Reads `https://host:port`; plain http to loopback only, since requests carry secrets.
    package init(url: String) throws(Fault) {
        // Any other byte belongs to a user's name, an escape, a zone or another alphabet, or is
        // read differently by different parsers: a host that is not what it looks like.
        guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .notAURL }
        let lower = url.lowercased()
        let isSecure = lower.hasPrefix("https://")
        guard isSecure || lower.hasPrefix("http://") else { throw .notAURL }
        var rest = lower.dropFirst(isSecure ? 8 : 7)
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        guard !rest.contains(where: { "@?#\\%".contains($0) }) else { throw .notAURL }
        guard !rest.contains("/") else { throw .hasPath }

        let (host, port) = try Self.split(rest)
        guard isSecure || Self.isLoopback(host) else { throw .plainToElsewhere }
        self.init(isSecure: isSecure, host: host, port: port)
    }

    private static func split(_ authority: Substring) throws(Fault) -> (String, Int?) {
        var host = authority
        var digits: Substring?
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { throw .notAURL }
            host = authority[authority.index(after: authority.startIndex)..<end]
            let after = authority[authority.index(after: end)...]
            guard after.isEmpty || after.hasPrefix(":") else { throw .notAURL }
            if !after.isEmpty { digits = after.dropFirst() }
            guard isIPv6(host) else { throw .notAURL }
        } else {
            if let colon = authority.firstIndex(of: ":") {
                host = authority[..<colon]
                digits = authority[authority.index(after: colon)...]
            }
            guard isName(host) else { throw .notAURL }
        }
        guard let digits else { return (String(host), nil) }
        guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy(isDigit),
            let port = Int(digits), (1...65_535).contains(port)
        else { throw .notAURL }
        return (String(host), port)
    }

    /// Whether it is a name by RFC 1123 section 2.1, with `_` beside, or a dotted-decimal address.
    ///
    /// The resolver reads a name whose last label is a number as an address, `127.1` and `0x7f.1`
    /// and `2130706433` (inet_aton(3)), so only the plain form is a host here.
    private static func isName(_ host: Substring) -> Bool {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard let last = labels.last, host.utf8.count <= 253 else { return false }
        if last.utf8.first.map(isDigit) == true { return isIPv4(labels) }
        return labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.utf8.allSatisfy { byte in
                    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                }
        }
    }

    /// Four numbers without leading zeros, which some read as octal.
    private static func isIPv4(_ labels: [Substring]) -> Bool {
        labels.count == 4
            && labels.allSatisfy { label in UInt8(label).map { String($0) == label } == true }
    }

    /// RFC 4291 section 2.2, without zones and without an IPv4 tail.
    private static func isIPv6(_ host: Substring) -> Bool {
        let halves = host.split(separator: "::", omittingEmptySubsequences: false)
        let groups = halves.filter { !$0.isEmpty }.flatMap {
            $0.split(separator: ":", omittingEmptySubsequences: false)
        }
        guard halves.count == 2 ? groups.count <= 7 : halves.count == 1 && groups.count == 8 else {
            return false
        }
        return groups.allSatisfy { group in
            (1...4).contains(group.utf8.count)
                && group.utf8.allSatisfy {
                    isDigit($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
                }
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// Whether `host` names this machine whatever a resolver says: RFC 6761 section 6.3 for
    /// `localhost`, RFC 1122 section 3.2.1.3 for 127.0.0.0/8.
    private static func isLoopback(_ host: String) -> Bool {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        return host == "localhost" || host == "::1" || isIPv4(labels) && labels.first == "127"
    }
}
