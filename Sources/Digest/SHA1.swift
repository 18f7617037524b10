internal import CLibCrypto

/// The SHA-1 hash of FIPS 180-4: for the names of files that AWS's tools chose, and nothing that
/// must withstand anybody.
package enum SHA1 {
    /// The 20 bytes of the hash of `bytes`.
    ///
    /// Total, as SHA-256 is: the three calls work on the structure alone (SHA1_Init(3)).
    package static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var context = SHA_CTX()
        _ = unsafe SHA1_Init(&context)
        unsafe bytes.withUnsafeBytes { buffer in
            _ = unsafe SHA1_Update(&context, buffer.baseAddress, buffer.count)
        }
        var hash = [UInt8](repeating: 0, count: 20)
        unsafe hash.withUnsafeMutableBufferPointer { buffer in
            _ = unsafe SHA1_Final(buffer.baseAddress, &context)
        }
        return hash
    }
}
