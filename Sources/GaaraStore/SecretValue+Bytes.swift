internal import POSIX

extension SecretValue {
    /// Runs `body` over the bytes.
    ///
    /// What it copies is its own affair, and nothing wipes it.
    package func withBytes<R, E: Error>(_ body: ([UInt8]) throws(E) -> R) throws(E) -> R {
        try bytes.withBytes(body)
    }
}
