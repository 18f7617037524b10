/// Why libcrypto could not give what was asked of it.
package enum DigestError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The random generator has no seed.
    case noRandomness
    /// More random bytes than one call can give.
    case tooManyBytes(Int)

    package var description: String {
        switch self {
        case .noRandomness:
            "cannot draw random bytes: the system's random generator is not available"
        case .tooManyBytes(let count):
            "cannot draw \(count) random bytes at once: ask for at most 2147483647"
        }
    }
}
