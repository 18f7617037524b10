internal import CLibCrypto

/// The SHA-256 hash of FIPS 180-4.
package enum SHA256 {
    /// The 32 bytes of the hash of `bytes`.
    package static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var running = RunningSHA256()
        running.absorb(bytes)
        return running.finish()
    }
}

/// A SHA-256 that takes its input in pieces.
///
/// Total: the three calls work on this structure alone and have no way to fail (SHA256_Init(3):
/// "return 1 for success, 0 otherwise", and OpenSSL's implementation has no path to 0).
struct RunningSHA256 {
    static let blockSize = 64
    static let hashSize = 32

    private var context = SHA256_CTX()

    init() {
        _ = unsafe SHA256_Init(&context)
    }

    mutating func absorb(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { buffer in
            _ = unsafe SHA256_Update(&context, buffer.baseAddress, buffer.count)
        }
    }

    /// The hash; afterwards the value is used up.
    mutating func finish() -> [UInt8] {
        var hash = [UInt8](repeating: 0, count: Self.hashSize)
        unsafe hash.withUnsafeMutableBufferPointer { buffer in
            // SHA256_Final also wipes the context.
            _ = unsafe SHA256_Final(buffer.baseAddress, &context)
        }
        return hash
    }
}
