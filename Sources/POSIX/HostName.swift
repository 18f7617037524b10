import Glibc

/// Names of machines.
package enum HostName {
    /// The numeric addresses that the system's resolver has for `host`, in its order; none when it
    /// has none.
    ///
    /// An address stands for itself; one of IPv6 has no brackets, and its scope after a `%`. Blocks
    /// the calling thread, which may take as long as the resolver's own time limits.
    package static func addresses(of host: String) -> [String] {
        guard !host.isEmpty, !host.utf8.contains(0) else { return [] }
        var hints = unsafe addrinfo()
        unsafe hints.ai_family = AF_UNSPEC
        // One entry for each address, not one for each kind of socket.
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { unsafe freeaddrinfo(list) }
        var addresses: [String] = []
        var entry = unsafe list
        while let info = unsafe entry {
            if let text = unsafe text(of: info.pointee), !addresses.contains(text) {
                addresses.append(text)
            }
            unsafe entry = info.pointee.ai_next
        }
        return addresses
    }

    private static func text(of info: addrinfo) -> String? {
        var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let code = unsafe getnameinfo(
            info.ai_addr, info.ai_addrlen, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST)
        guard code == 0 else { return nil }
        return String(
            decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
