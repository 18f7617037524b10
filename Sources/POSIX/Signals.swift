import Glibc

/// The signals that ask this process to stop, as values.
package enum Signals {
    package static let interrupt: Int32 = SIGINT
    package static let terminate: Int32 = SIGTERM

    /// From now on a write to a closed pipe or socket is an error (`EPIPE`), not the end.
    package static func ignoreBrokenPipes() {
        _ = signal(SIGPIPE, SIG_IGN)
    }

    /// Every SIGINT and SIGTERM from now on, instead of the end of the process.
    ///
    /// To be called once, by the command: a second stream would share the signals with the first.
    package static func terminations() -> AsyncStream<Int32> {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        guard let pipe = Self.pipe, Self.attention != nil else {
            continuation.finish()
            return stream
        }
        Thread.start {
            var number: UInt8 = 0
            while true {
                let count = unsafe read(pipe.reading, &number, 1)
                if count == 1 {
                    continuation.yield(Int32(number))
                } else if count == 0 || errno != EINTR {
                    return continuation.finish()
                }
            }
        }
        _ = signal(SIGINT, Self.handler)
        _ = signal(SIGTERM, Self.handler)
        return stream
    }

    // What a handler may do is little (signal-safety(7)): it leaves the number in a pipe, and a
    // thread takes it out, and whoever waits at a terminal sees the other. The pipes exist before
    // the handler is installed, and stay.
    private static let handler: @convention(c) (Int32) -> Void = { number in
        let before = errno
        var byte = UInt8(truncatingIfNeeded: number)
        if let pipe = Signals.pipe { unsafe _ = write(pipe.writing, &byte, 1) }
        if let pipe = Signals.attention { unsafe _ = write(pipe.writing, &byte, 1) }
        errno = before
    }

    private static let pipe: (reading: Int32, writing: Int32)? = {
        guard let (reading, writing) = try? FileDescriptor.pipe() else { return nil }
        // A full pipe must not stop the handler.
        _ = fcntl(writing, F_SETFL, O_NONBLOCK)
        return (reading, writing)
    }()
}
