import Glibc

extension FileDescriptor {
    /// The two ends of a new pipe, both closed in children that are started by an exec.
    static func pipe() throws(POSIXError) -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        guard unsafe Glibc.pipe(&ends) == 0 else { throw POSIXError(lastError: "make a pipe") }
        // pipe2 is not in Swift's view of glibc. The gap between the two calls does not matter to
        // our own children, which get no descriptor but the standard ones (SpawnRequest).
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}
