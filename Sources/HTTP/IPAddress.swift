internal import CCurl
import Glibc

/// A numeric address, of either family, as the system connects to it.
package struct IPAddress: Hashable, Sendable {
    /// 4 or 16, in network order.
    private let bytes: [UInt8]

    /// Reads `127.0.0.1` or `::1`; `nil` for brackets, zones, ports, short forms such as `127.1`,
    /// and names.
    package init?(_ text: String) {
        guard !text.utf8.contains(0) else { return nil }
        let isSix = text.utf8.contains(UInt8(ascii: ":"))
        var bytes = [UInt8](repeating: 0, count: isSix ? 16 : 4)
        let isRead = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe inet_pton(isSix ? AF_INET6 : AF_INET, text, buffer.baseAddress) == 1
        }
        guard isRead else { return nil }
        self.init(bytes)
    }

    /// Where libcurl is about to connect to; `nil` for a family other than the two.
    init?(_ target: UnsafeMutablePointer<curl_sockaddr>) {
        // Offsets of sin_addr and sin6_addr in ip(7) and ipv6(7). What follows `addr` is libcurl's
        // own room for the longer one.
        let field: (offset: Int, count: Int)
        switch unsafe target.pointee.family {
        case AF_INET: field = (4, 4)
        case AF_INET6: field = (8, 16)
        default: return nil
        }
        guard let start = MemoryLayout<curl_sockaddr>.offset(of: \.addr),
            unsafe Int(target.pointee.addrlen) >= field.offset + field.count
        else { return nil }
        let raw = unsafe UnsafeRawBufferPointer(
            start: UnsafeRawPointer(target) + start + field.offset, count: field.count)
        unsafe self.init(Array(raw))
    }

    private init(_ bytes: [UInt8]) {
        // ::ffff:10.0.0.1 is a way to write 10.0.0.1 (RFC 4291 section 2.5.5.2).
        let mapping = [UInt8](repeating: 0, count: 10) + [0xff, 0xff]
        self.bytes = bytes.count == 16 && bytes.starts(with: mapping) ? Array(bytes[12...]) : bytes
    }

    /// Whether it is this machine itself: 127.0.0.0/8 (RFC 1122 section 3.2.1.3) or ::1.
    package var isLoopback: Bool {
        bytes.count == 4
            ? bytes[0] == 127
            : bytes == [UInt8](repeating: 0, count: 15) + [1]
    }
}

extension IPAddress: CustomStringConvertible {
    package var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        let isWritten = unsafe bytes.withUnsafeBytes { buffer in
            unsafe inet_ntop(family, buffer.baseAddress, &text, socklen_t(INET6_ADDRSTRLEN)) != nil
        }
        guard isWritten else { return "an address" }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
