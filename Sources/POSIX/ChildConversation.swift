import Glibc

/// What passes between us and one running child: its input, its two outputs, its end.
struct ChildConversation {
    private let child: ChildProcess
    private let process: pid_t
    private let deadline: UInt64
    /// Our ends of the pipes; -1 once closed.
    private var input: Int32 = -1
    private var output: Int32 = -1
    private var errors: Int32 = -1
    private var written = 0
    private var collected: [UInt8] = []
    private var collectedErrors: [UInt8] = []
    private var ending: ChildProcess.Ending?

    init(_ child: ChildProcess) throws(POSIXError) {
        self.child = child
        deadline =
            SystemTime().monotonicNanoseconds() + UInt64(max(child.timeLimit, 0)) * 1_000_000
        var request = SpawnRequest(
            arguments: child.arguments, environment: child.environment, folder: child.folder,
            descriptors: [nil, nil, nil])
        var theirs: [Int32] = []
        defer { for end in theirs { Glibc.close(end) } }
        do throws(POSIXError) {
            if !child.input.isEmpty {
                let pipe = try FileDescriptor.pipe()
                input = pipe.writing
                theirs.append(pipe.reading)
                request.descriptors[0] = pipe.reading
                _ = fcntl(input, F_SETFL, O_NONBLOCK)
            }
            let pipe = try FileDescriptor.pipe()
            output = pipe.reading
            theirs.append(pipe.writing)
            request.descriptors[1] = pipe.writing
            switch child.errorOutput {
            case .discard: break
            case .inherit: request.descriptors[2] = STDERR_FILENO
            case .capture:
                let pipe = try FileDescriptor.pipe()
                errors = pipe.reading
                theirs.append(pipe.writing)
                request.descriptors[2] = pipe.writing
            }
            process = try request.start()
        } catch {
            for end in [input, output, errors] where end >= 0 { Glibc.close(end) }
            throw error
        }
        // Full size at once: growing would leave unwiped copies of what may be a secret.
        collected.reserveCapacity(min(child.maximumOutput, 1 << 20))
    }

    mutating func run() -> ChildProcess.Outcome {
        let mask = BrokenPipeMask()
        while ending == nil && (output >= 0 || errors >= 0 || input >= 0) { exchange() }
        mask.restore()
        for end in [input, output, errors] where end >= 0 { Glibc.close(end) }
        if ending != nil { kill(process, SIGKILL) }
        let actual = waitForEnd()
        if ending == .tooMuchOutput { ProtectedBytes.wipe(&collected) }
        return ChildProcess.Outcome(
            ending: ending ?? actual, output: collected, errorOutput: collectedErrors)
    }

    /// Milliseconds left, rounded up, at most what poll takes.
    private var remaining: Int32 {
        let now = SystemTime().monotonicNanoseconds()
        guard now < deadline else { return 0 }
        return Int32(clamping: (deadline - now) / 1_000_000 + 1)
    }

    private mutating func exchange() {
        // poll ignores negative descriptors.
        var waiting = [
            pollfd(fd: input, events: Int16(POLLOUT), revents: 0),
            pollfd(fd: output, events: Int16(POLLIN), revents: 0),
            pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
        ]
        let ready = unsafe poll(&waiting, nfds_t(waiting.count), remaining)
        if ready == 0 { ending = .timedOut }
        guard ready > 0 else { return }
        if waiting[0].revents != 0 { feed() }
        if waiting[1].revents != 0 {
            let isOpen = Self.drain(output, into: &collected, keeping: .max)
            if !isOpen { Self.finish(&output) }
            if collected.count > child.maximumOutput { ending = .tooMuchOutput }
        }
        if waiting[2].revents != 0, case .capture(let limit) = child.errorOutput {
            let isOpen = Self.drain(errors, into: &collectedErrors, keeping: limit)
            if !isOpen { Self.finish(&errors) }
        }
    }

    private mutating func feed() {
        let count = unsafe child.input.withUnsafeBytes { memory in
            unsafe write(
                input, memory.baseAddress?.advanced(by: written), memory.count - written)
        }
        if count > 0 { written += count }
        let isRefused = count < 0 && errno != EAGAIN && errno != EINTR
        if isRefused || written == child.input.count { Self.finish(&input) }
    }

    /// Takes what is there; false at the end.
    private static func drain(
        _ descriptor: Int32, into bytes: inout [UInt8], keeping limit: Int
    ) -> Bool {
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        defer { ProtectedBytes.wipe(&chunk) }
        let count = unsafe chunk.withUnsafeMutableBytes { memory in
            unsafe read(descriptor, memory.baseAddress, memory.count)
        }
        guard count > 0 else { return count < 0 && errno == EINTR }
        bytes.append(contentsOf: chunk[..<min(count, max(limit - bytes.count, 0))])
        return true
    }

    private static func finish(_ descriptor: inout Int32) {
        Glibc.close(descriptor)
        descriptor = -1
    }

    /// waitpid has no time limit, so a child that closed its outputs and goes on is looked at
    /// every few milliseconds until its time is over.
    private mutating func waitForEnd() -> ChildProcess.Ending {
        var status: Int32 = 0
        while true {
            let result = unsafe waitpid(process, &status, ending == nil ? WNOHANG : 0)
            if result == process { return ChildProcess.Ending(waitStatus: status) }
            if result < 0 && errno != EINTR { return .exited(-1) }
            guard ending == nil else { continue }
            if remaining == 0 {
                ending = .timedOut
                kill(process, SIGKILL)
            } else {
                _ = poll(nil, 0, 5)
            }
        }
    }
}

extension ChildProcess.Ending {
    /// From what waitpid stores: the low seven bits are the signal, the next byte the exit status.
    init(waitStatus: Int32) {
        let signal = waitStatus & 0x7F
        self = signal == 0 ? .exited((waitStatus >> 8) & 0xFF) : .signalled(signal)
    }
}

/// SIGPIPE held back on this thread, for a child that stops reading before we stop writing.
private struct BrokenPipeMask {
    private var before = sigset_t()

    init() {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        unsafe sigaddset(&set, SIGPIPE)
        unsafe pthread_sigmask(SIG_BLOCK, &set, &before)
    }

    /// Takes a SIGPIPE that is waiting, then lets later ones through as before.
    func restore() {
        var before = before
        guard unsafe sigismember(&before, SIGPIPE) == 0 else { return }
        var set = sigset_t()
        unsafe sigemptyset(&set)
        unsafe sigaddset(&set, SIGPIPE)
        var now = timespec()
        while unsafe sigtimedwait(&set, nil, &now) == SIGPIPE {}
        unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
    }
}
