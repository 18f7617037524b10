internal import CLibCrypto

/// The keyed hash HMAC-SHA-256 of RFC 2104.
///
/// Written over SHA-256 rather than with OpenSSL's `HMAC()`, which looks up a provider, allocates,
/// and returns NULL when either goes wrong: an answer that a caller might compare.
package enum HMACSHA256 {
    /// The 32 bytes of the code of `message` under `key`, which may have any length.
    package static func code(key: [UInt8], message: [UInt8]) -> [UInt8] {
        var block = key.count > RunningSHA256.blockSize ? SHA256.hash(key) : key
        block += repeatElement(0, count: RunningSHA256.blockSize - block.count)
        var inner = block.map { $0 ^ 0x36 }
        var outer = block.map { $0 ^ 0x5c }
        defer {
            wipe(&block)
            wipe(&inner)
            wipe(&outer)
        }

        var hash = RunningSHA256()
        hash.absorb(inner)
        hash.absorb(message)
        let innerHash = hash.finish()

        hash = RunningSHA256()
        hash.absorb(outer)
        hash.absorb(innerHash)
        return hash.finish()
    }

    private static func wipe(_ bytes: inout [UInt8]) {
        unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe OPENSSL_cleanse(buffer.baseAddress, buffer.count)
        }
    }
}
