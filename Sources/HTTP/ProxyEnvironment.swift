/// Which proxy libcurl takes from the environment, so that a person can be told.
///
/// It decides nothing: libcurl reads the variables itself (libcurl-env(3); `detect_proxy` in
/// lib/url.c and lib/noproxy.c of 7.88.1, against which the tests' answers were compared). Users and
/// passwords in them are not kept.
package struct ProxyEnvironment: Hashable, Sendable {
    package struct Proxy: Hashable, Sendable {
        /// `http://host:port`, as the variable has it, without user and password.
        package let address: String
        package let variable: String
    }

    private let https: Proxy?
    private let http: Proxy?
    /// The names in `NO_PROXY`, lower case; `nil` when it is `*`, which is every host.
    private let exceptions: [Substring]?

    package init(_ environment: [String: String]) {
        func proxy(_ variable: String, _ text: String?) -> Proxy? {
            guard let text, !text.isEmpty else { return nil }
            return Proxy(address: Self.withoutUser(text), variable: variable)
        }
        // Lower case first. HTTP_PROXY is not read: a request of CGI could set it (httpoxy).
        let all =
            proxy("all_proxy", environment["all_proxy"])
            ?? proxy("ALL_PROXY", environment["ALL_PROXY"])
        https =
            proxy("https_proxy", environment["https_proxy"])
            ?? proxy("HTTPS_PROXY", environment["HTTPS_PROXY"]) ?? all
        http = proxy("http_proxy", environment["http_proxy"]) ?? all
        let lower = environment["no_proxy"] ?? ""
        let names = lower.isEmpty ? environment["NO_PROXY"] ?? "" : lower
        exceptions =
            names == "*" ? nil : names.lowercased().split { $0 == "," || $0 == " " || $0 == "\t" }
    }

    /// The proxy for requests to `host`, a name or an address without brackets; `nil` where the
    /// connection is direct.
    package func proxy(of host: String, _ scheme: HTTPRequest.Scheme) -> Proxy? {
        guard let proxy = scheme == .https ? https : http,
            let request = try? WireRequest(HTTPRequest(method: "GET", scheme: scheme, host: host)),
            !request.bypassesProxy, !isException(host.lowercased())
        else { return nil }
        return proxy
    }

    private func isException(_ host: String) -> Bool {
        guard let exceptions else { return true }
        let address = Self.address(host[...])
        let host = host[...].trimmingOneDot
        return exceptions.contains { entry in
            if let address { return Self.isException(address, by: entry) }
            let name = (entry.hasPrefix(".") ? entry.dropFirst() : entry).trimmingOneDot
            return !name.isEmpty && (host == name || host.hasSuffix("." + name))
        }
    }

    /// Whether an IPv4 address is `entry` or in its block, `10.0.0.0/8`; libcurl takes `/0` for none.
    private static func isException(_ address: UInt32, by entry: Substring) -> Bool {
        let halves = entry.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let block = halves.first.flatMap({ Self.address($0) }) else { return false }
        guard halves.count == 2 else { return block == address }
        guard let bits = UInt32(halves[1]), bits <= 32 else { return false }
        return bits == 0 ? block == address : (block ^ address) >> (32 - bits) == 0
    }

    private static func address(_ text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard parts.count == 4 else { return nil }
        var address: UInt32 = 0
        for part in parts {
            guard let part else { return nil }
            address = address << 8 | UInt32(part)
        }
        return address
    }

    /// The text without what stands before its last `@`, behind the scheme.
    private static func withoutUser(_ text: String) -> String {
        guard let at = text.lastIndex(of: "@") else { return text }
        let rest = text[text.index(after: at)...]
        guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://"), colon < at
        else { return String(rest) }
        return text[..<colon] + "://" + rest
    }
}

extension Substring {
    /// A name with and without its final dot is the same (RFC 1034 section 3.1).
    fileprivate var trimmingOneDot: Substring { hasSuffix(".") ? dropLast() : self }
}
