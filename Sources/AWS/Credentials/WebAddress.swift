internal import HTTP

/// A URL as a variable gives it, in the parts that a request needs.
struct WebAddress: Hashable {
    let scheme: HTTPRequest.Scheme
    /// A DNS name or an address; IPv6 without brackets.
    let host: String
    /// `nil` is the scheme's own port.
    let port: Int?
    /// Path and query, beginning with `/`.
    let target: String

    enum Fault: Error, Hashable {
        case notAURL
        case otherScheme
        case hasUser

        /// What follows the name of the variable.
        var clause: String {
            switch self {
            case .notAURL: "is not a URL like http://host:port/path"
            case .otherScheme: "must begin with https:// or http://"
            case .hasUser: "must not hold a user or a password before the host"
            }
        }
    }

    init(_ text: String) throws(Fault) {
        // What a resolver, a proxy and libcurl might each read differently is refused.
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x23 && $0 != 0x5C }),
            let end = text.firstRange(of: "://")
        else { throw .notAURL }
        guard let scheme = HTTPRequest.Scheme(rawValue: text[..<end.lowerBound].lowercased()) else {
            throw .otherScheme
        }
        let rest = text[end.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard !authority.contains("@") else { throw .hasUser }
        (host, port) = try Self.split(authority)
        let target = rest[authority.endIndex...]
        self.scheme = scheme
        self.target = target.hasPrefix("/") ? String(target) : "/" + target
    }

    /// `http://host:port`, for messages: a path may hold what gives access.
    var shown: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(scheme.rawValue)://\(name)\(port.map { ":\($0)" } ?? "")"
    }

    private static func split(_ authority: Substring) throws(Fault) -> (String, Int?) {
        let host: Substring
        let rest: Substring
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { throw .notAURL }
            host = authority[..<end].dropFirst()
            rest = authority[end...].dropFirst()
            guard host.contains(":"), IPAddress(String(host)) != nil else { throw .notAURL }
        } else {
            host = authority.prefix { $0 != ":" }
            rest = authority[host.endIndex...]
            guard (1...253).contains(host.utf8.count), host.utf8.allSatisfy(isNameByte) else {
                throw .notAURL
            }
        }
        guard !rest.isEmpty else { return (host.lowercased(), nil) }
        let digits = rest.dropFirst()
        guard rest.hasPrefix(":"), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(digits), (1...65_535).contains(port)
        else { throw .notAURL }
        return (host.lowercased(), port)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
