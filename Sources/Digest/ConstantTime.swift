internal import CLibCrypto

/// Whether `a` and `b` are the same bytes, in a time that depends on their length alone: for codes
/// and signatures that an adversary may send.
///
/// Different lengths are told at once.
package func constantTimeEquals(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    guard a.count == b.count else { return false }
    return unsafe a.withUnsafeBytes { first in
        unsafe b.withUnsafeBytes { second in
            unsafe CRYPTO_memcmp(first.baseAddress, second.baseAddress, first.count) == 0
        }
    }
}
