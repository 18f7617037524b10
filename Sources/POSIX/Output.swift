import Glibc

/// Complete writes to an open descriptor.
package enum Output {
    package static let standardOutput: Int32 = STDOUT_FILENO
    package static let standardError: Int32 = STDERR_FILENO

    /// Writes all bytes, however many calls that takes.
    ///
    /// A reader that went away is the error `EPIPE`, provided that `Signals.ignoreBrokenPipes` was
    /// called; without it the process ends by SIGPIPE.
    package static func write(_ text: String, to descriptor: Int32) throws(POSIXError) {
        try write(Array(text.utf8), to: descriptor)
    }

    /// As above; `path` is what an error calls the destination.
    package static func write(
        _ bytes: [UInt8], to descriptor: Int32, path: String? = nil
    ) throws(POSIXError) {
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { memory in
                unsafe Glibc.write(
                    descriptor, memory.baseAddress?.advanced(by: done), bytes.count - done)
            }
            if count >= 0 {
                done += count
            } else if errno == EAGAIN {
                var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&wait, 1, -1)
            } else if errno != EINTR {
                throw POSIXError(lastError: "write", path)
            }
        }
    }
}

extension POSIXError {
    /// Whether the reader of our output went away, as `head` does: a reason to stop, not a fault.
    package var isBrokenPipe: Bool { number == EPIPE }
}
