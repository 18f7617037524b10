import Glibc

/// The connections of a `LoopbackServer` and their turns.
struct LoopbackLoop<Talk: Conversation> {
    private let listening: Int32
    private let waking: Int32
    private let limits: LoopbackServer.Limits
    private var connections: [ServedConnection<Talk>] = []
    private var chunk = [UInt8](repeating: 0, count: 64 << 10)
    /// Nanoseconds in which we were busy, which are no client's delay.
    private var busy: UInt64 = 0
    /// When the last round had been received.
    private var received: UInt64 = 0
    /// When no descriptor was left; nothing is accepted for a moment.
    private var exhaustedUntil: UInt64 = 0
    /// Whether `stop` was called.
    private(set) var isStopped = false
    /// Whether nothing happened for a second.
    private(set) var isQuiet = false

    init(listening: Int32, waking: Int32, limits: LoopbackServer.Limits) {
        self.listening = listening
        self.waking = waking
        self.limits = limits
    }

    /// The monotonic clock without the time in which we were busy.
    private var now: UInt64 { SystemTime().monotonicNanoseconds() - busy }

    private static var second: UInt64 { 1_000_000_000 }

    /// Waits for something to happen and takes what arrived; whether anything did.
    mutating func receive(begin: () -> Talk) -> Bool {
        let started = now
        let accepts = connections.count < limits.connections && started >= exhaustedUntil
        var entries = [
            pollfd(fd: waking, events: Int16(POLLIN), revents: 0),
            pollfd(fd: accepts ? listening : -1, events: Int16(POLLIN), revents: 0),
        ]
        entries.reserveCapacity(connections.count + 2)
        for connection in connections {
            entries.append(pollfd(fd: connection.socket, events: connection.events, revents: 0))
        }
        let count = unsafe poll(&entries, nfds_t(entries.count), 1_000)
        isQuiet = count == 0
        let now = now
        received = SystemTime().monotonicNanoseconds()
        isStopped = entries[0].revents != 0

        var arrived = false
        for index in connections.indices {
            let events = Int32(entries[index + 2].revents)
            if events == 0 { continue }
            if connections[index].output.isEmpty {
                if connections[index].receive(into: &chunk, at: now) { arrived = true }
            } else if events & (POLLERR | POLLHUP | POLLNVAL) != 0 {
                connections[index].isBroken = true
            }
        }
        if entries[1].revents != 0 { accept(begin, at: now) }
        close(overdueAt: now)
        return arrived
    }

    /// Sends what can be sent now, and closes what is over.
    mutating func send() {
        busy += SystemTime().monotonicNanoseconds() - received
        received = SystemTime().monotonicNanoseconds()
        let now = now
        for index in connections.indices { connections[index].send(at: now) }
        close(overdueAt: now)
    }

    /// Lets answers leave for up to two seconds more.
    mutating func finish() {
        let end = SystemTime().monotonicNanoseconds() + 2 * Self.second
        send()
        while connections.contains(where: { !$0.output.isEmpty }),
            SystemTime().monotonicNanoseconds() < end
        {
            _ = poll(nil, 0, 5)
            send()
        }
    }

    mutating func closeAll() {
        for connection in connections { Glibc.close(connection.socket) }
        connections = []
    }

    private mutating func accept(_ begin: () -> Talk, at now: UInt64) {
        while connections.count < limits.connections {
            let socket = Glibc.accept(listening, nil, nil)
            if socket < 0 {
                if errno == EINTR || errno == ECONNABORTED { continue }
                // Without descriptors left the others wait until one is free.
                if errno == EMFILE || errno == ENFILE {
                    exhaustedUntil = now + Self.second / 20
                }
                return
            }
            _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
            _ = fcntl(socket, F_SETFL, O_NONBLOCK)
            // Answers are complete; Nagle's algorithm would only hold them back.
            var yes: Int32 = 1
            unsafe setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, 4)
            connections.append(ServedConnection(socket: socket, talk: begin(), at: now))
        }
    }

    private mutating func close(overdueAt now: UInt64) {
        connections.removeAll { connection in
            let isDone = connection.isBroken || connection.isOverdue(at: now, limits)
            if isDone { Glibc.close(connection.socket) }
            return isDone
        }
    }
}

/// One connection: its conversation, and what of it is still to be sent.
struct ServedConnection<Talk: Conversation> {
    let socket: Int32
    /// Whether nothing more can be said on it.
    var isBroken = false
    private(set) var output: [UInt8] = []
    private var sent = 0
    private var talk: Talk
    /// Since when it is as far as it is, in nanoseconds of the monotonic clock.
    private var since: UInt64
    /// Everything was sent and our side is closed.
    ///
    /// What the other side still sends is passed over: closing at once could destroy the answer on
    /// its way (RFC 9112 section 9.6).
    private var isLeaving = false

    init(socket: Int32, talk: Talk, at now: UInt64) {
        self.socket = socket
        self.talk = talk
        since = now
    }

    /// What to wait for: nothing more is read while an answer has not left.
    var events: Int16 { Int16(output.isEmpty ? POLLIN : POLLOUT) }

    /// Takes one piece; whether the conversation got any of it.
    mutating func receive(into chunk: inout [UInt8], at now: UInt64) -> Bool {
        let count = unsafe chunk.withUnsafeMutableBytes { memory in
            unsafe recv(socket, memory.baseAddress, memory.count, 0)
        }
        if count < 0 && (errno == EINTR || errno == EAGAIN) { return false }
        guard count > 0 else {
            isBroken = true
            return false
        }
        guard !isLeaving else { return false }
        let before = talk.progress
        talk.receive(chunk[..<count], sending: &output)
        if talk.progress != before || !output.isEmpty { since = now }
        return true
    }

    mutating func send(at now: UInt64) {
        while sent < output.count {
            let count = unsafe output.withUnsafeBytes { memory in
                unsafe Glibc.send(
                    socket, memory.baseAddress?.advanced(by: sent), memory.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            if count < 0 && errno == EINTR { continue }
            if count < 0 && errno == EAGAIN { return }
            guard count > 0 else {
                isBroken = true
                return
            }
            sent += count
        }
        if !output.isEmpty {
            output.removeAll(keepingCapacity: output.capacity <= 64 << 10)
            sent = 0
            since = now
        }
        if talk.progress == .over, !isLeaving {
            isLeaving = true
            since = now
            shutdown(socket, Int32(SHUT_WR))
        }
    }

    func isOverdue(at now: UInt64, _ limits: LoopbackServer.Limits) -> Bool {
        let seconds: Int
        if isLeaving {
            seconds = 2
        } else if !output.isEmpty {
            seconds = limits.messageSeconds
        } else if case .receiving = talk.progress {
            seconds = limits.messageSeconds
        } else {
            seconds = limits.idleSeconds
        }
        return now > since && now - since > UInt64(seconds) * 1_000_000_000
    }
}
