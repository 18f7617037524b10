internal import HTTP

/// Where a service's calls go, and the region that their signature names.
package struct Endpoint: Hashable, Sendable {
    package let address: Address
    package let signingRegion: String
    /// Whether somebody configured it, instead of AWS's rules.
    package let isCustom: Bool

    /// The endpoint by AWS's rules, or `custom` with the signing region that the rules give.
    package init(_ service: ServiceID, region: String, custom: Address? = nil) {
        let partition = Partition(ofRegion: region)
        var host = "\(service.prefix).\(region).\(partition.suffix)"
        var signingRegion = region
        switch service {
        case .iam: (host, signingRegion) = (partition.iamHost, partition.iamRegion)
        case .sts where region == "aws-global":
            (host, signingRegion) = ("sts.amazonaws.com", "us-east-1")
        case .kms, .secretsManager, .sts, .cloudWatch, .tagging, .lambda, .sso, .ssoOIDC: break
        }
        address = custom ?? Address(host: host)
        self.signingRegion = signingRegion
        isCustom = custom != nil
    }

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

        var scheme: HTTPRequest.Scheme { isSecure ? .https : .http }
    }
}

extension Endpoint.Address {
    /// Why a text is not the address of an endpoint, as a clause that follows the setting's name.
    enum Fault: Error {
        case notAURL
        case hasPath
        case plainToElsewhere

        var clause: String {
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
    init(url: String) throws(Fault) {
        let lower = url.lowercased()
        let isSecure = lower.hasPrefix("https://")
        guard isSecure || lower.hasPrefix("http://") else { throw .notAURL }
        var rest = lower.dropFirst(isSecure ? 8 : 7)
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        guard !rest.contains(where: { "@?#\\".contains($0) }) else { throw .notAURL }
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
            let isAddress =
                host.contains(":") && host.utf8.allSatisfy { isHostByte($0, orColon: true) }
            guard isAddress else { throw .notAURL }
        } else {
            if let colon = authority.firstIndex(of: ":") {
                host = authority[..<colon]
                digits = authority[authority.index(after: colon)...]
            }
            guard host.utf8.allSatisfy({ isHostByte($0, orColon: false) }) else { throw .notAURL }
        }
        guard (1...253).contains(host.utf8.count) else { throw .notAURL }
        guard let digits else { return (String(host), nil) }
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits),
            (1...65_535).contains(port)
        else { throw .notAURL }
        return (String(host), port)
    }

    private static func isHostByte(_ byte: UInt8, orColon: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        case UInt8(ascii: ":"): orColon
        default: false
        }
    }

    /// Whether `host` names this machine whatever a resolver says: RFC 6761 section 6.3 for
    /// `localhost`, RFC 1122 section 3.2.1.3 for 127.0.0.0/8.
    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
