internal import CLibCrypto

/// Bytes that nobody can foretell, from OpenSSL's generator, which the kernel seeds.
package enum RandomBytes {
    /// `count` random bytes; none when `count` is not above zero.
    ///
    /// Throws `DigestError.noRandomness` when the generator cannot be seeded: then nothing that
    /// needs a secret may be made.
    package static func make(count: Int) throws(DigestError) -> [UInt8] {
        guard count > 0 else { return [] }
        // RAND_bytes counts in C's int.
        guard let length = CInt(exactly: count) else { throw .tooManyBytes(count) }
        var bytes = [UInt8](repeating: 0, count: count)
        let result = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            unsafe RAND_bytes(buffer.baseAddress, length)
        }
        // RAND_bytes(3): 1 on success, 0 on failure, -1 where the method has no generator.
        guard result == 1 else { throw .noRandomness }
        return bytes
    }
}
