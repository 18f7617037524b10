import Glibc

/// Signals that would end the process, held back while a terminal is not as it was.
///
/// A signal that has a handler already, or is ignored, stays as it is; with the handler of
/// `Signals.terminations` it is seen here as well.
struct HeldSignals: ~Copyable {
    /// Readable once a signal came; -1, which poll(2) passes over, where there is no pipe.
    let descriptor: Int32
    private let held: [Int32]

    init() {
        guard let pipe = Signals.attention else {
            descriptor = -1
            held = []
            return
        }
        descriptor = pipe.reading
        // What came before belongs to no question.
        while Self.read(descriptor) != nil {}
        held = [SIGINT, SIGTERM, SIGHUP, SIGQUIT].filter { number in
            guard let other = signal(number, Signals.attend) else { return true }
            _ = signal(number, other)
            return false
        }
    }

    /// Lets the signals have their way again; one that was held back comes now.
    consuming func end() {
        let arrived = Self.read(descriptor)
        for number in held { _ = signal(number, SIG_DFL) }
        guard let arrived, held.contains(arrived) else { return }
        // To this thread, so that it has come before anything else is done (raise(3)); a thread of
        // ours blocks all signals.
        var unblocked = sigset_t()
        unsafe sigemptyset(&unblocked)
        unsafe sigaddset(&unblocked, arrived)
        unsafe pthread_sigmask(SIG_UNBLOCK, &unblocked, nil)
        raise(arrived)
    }

    private static func read(_ descriptor: Int32) -> Int32? {
        var number: UInt8 = 0
        return unsafe Glibc.read(descriptor, &number, 1) == 1 ? Int32(number) : nil
    }
}

extension Signals {
    // As with the handler of `terminations`: a number in a pipe is all that a handler may leave.
    static let attend: @convention(c) (Int32) -> Void = { number in
        let before = errno
        var byte = UInt8(truncatingIfNeeded: number)
        if let pipe = Signals.attention { unsafe _ = write(pipe.writing, &byte, 1) }
        errno = before
    }

    /// Tells whoever waits for a person's answer.
    static let attention: (reading: Int32, writing: Int32)? = {
        guard let (reading, writing) = try? FileDescriptor.pipe() else { return nil }
        _ = fcntl(writing, F_SETFL, O_NONBLOCK)
        _ = fcntl(reading, F_SETFL, O_NONBLOCK)
        return (reading, writing)
    }()
}
