import Glibc

/// An open descriptor that closes itself.
struct FileDescriptor: ~Copyable {
    let number: Int32

    init(owning number: Int32) { self.number = number }

    deinit { close(number) }

    /// Gives the number away; the caller closes it.
    consuming func released() -> Int32 {
        let number = number
        discard self
        return number
    }

    /// Opens `name`, relative to the open folder `folder`, with `O_CLOEXEC`.
    static func open(
        _ name: String, in folder: Int32 = AT_FDCWD, _ flags: Int32, mode: mode_t = 0,
        for operation: String, path: String
    ) throws(POSIXError) -> FileDescriptor {
        // Swift would hand over what stands before the NUL, which names another file.
        guard !name.utf8.contains(0) else { throw POSIXError(operation, path, .containsNUL) }
        while true {
            let number = unsafe openat(folder, name, flags | O_CLOEXEC, mode)
            if number >= 0 { return FileDescriptor(owning: number) }
            if errno != EINTR { throw POSIXError(lastError: operation, path) }
        }
    }

    borrowing func status(for operation: String, path: String) throws(POSIXError) -> stat {
        var status = stat()
        guard unsafe fstat(number, &status) == 0 else {
            throw POSIXError(lastError: operation, path)
        }
        return status
    }

    /// All bytes up to the end; an error when there are more than `maximumBytes`.
    borrowing func readAll(
        maximumBytes: Int, expecting size: Int = 0, for operation: String = "read", path: String
    ) throws(POSIXError) -> [UInt8] {
        // One byte more than expected, so that the end is seen without growing: growth would leave
        // an unwiped copy of what may be a secret in freed memory.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(size, maximumBytes) + 1)
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        defer { ProtectedBytes.wipe(&chunk) }
        while true {
            let wanted = min(chunk.count, maximumBytes - bytes.count + 1)
            let count = unsafe chunk.withUnsafeMutableBytes { memory in
                unsafe read(number, memory.baseAddress, wanted)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw POSIXError(lastError: operation, path)
            }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= maximumBytes else {
                ProtectedBytes.wipe(&bytes)
                throw POSIXError(operation, path, .largerThan(maximumBytes))
            }
        }
    }
}
