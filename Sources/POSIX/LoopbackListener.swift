import Glibc
import Synchronization

/// A small HTTP/1.1 server that only this machine can reach, for tests.
///
/// It is bound to 127.0.0.1 and to nothing else, serves each connection on a thread of its own,
/// and stops with its last reference.
package final class LoopbackListener: Sendable {
    /// What is done with a request; several may run at the same time.
    package typealias Handler = @Sendable (Request) async -> Answer

    /// What a listener puts up with.
    package struct Limits: Sendable {
        /// Bytes of request line and headers.
        package var head = 64 << 10
        /// Bytes of body; Secrets Manager's largest value is 64 KiB, a policy document smaller.
        package var body = 4 << 20
        /// Connections at the same time; one more is closed at once.
        package var connections = 512
        /// Seconds that a connection may be silent.
        package var idleSeconds = 120

        package init() {}
    }

    package let port: Int
    private let connections: Connections

    /// Listens on that port, or on a free one for 0.
    package init(
        port: Int = 0, limits: Limits = Limits(), handler: @escaping Handler
    ) throws(POSIXError) {
        let socket = try Self.listening(port: port)
        self.port = try Self.port(of: socket)
        let connections = Connections(limits: limits, listening: socket.released())
        self.connections = connections
        Thread.start { connections.acceptAll(handler) }
    }

    deinit { close() }

    /// Takes no more connections and ends those that stand; requests in work get no answer.
    package func close() { connections.close() }

    /// Connections accepted so far.
    package var connectionCount: Int { connections.accepted }

    /// `http://127.0.0.1:PORT`, without a path.
    package var url: String { "http://127.0.0.1:\(port)" }

    /// A port of 127.0.0.1 that was free a moment ago, for servers that are told theirs.
    package static func freePort() throws(POSIXError) -> Int {
        let socket = try bound(port: 0)
        return try port(of: socket)
    }

    static func listening(port: Int) throws(POSIXError) -> FileDescriptor {
        let socket = try bound(port: port)
        guard listen(socket.number, SOMAXCONN) == 0 else {
            throw POSIXError(lastError: "listen on", "127.0.0.1:\(port)")
        }
        return socket
    }

    private static func bound(port: Int) throws(POSIXError) -> FileDescriptor {
        let place = "127.0.0.1:\(port)"
        guard let number = UInt16(exactly: port) else {
            throw POSIXError("listen on", place, .system(EINVAL))
        }
        let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw POSIXError(lastError: "listen on", place) }
        let socket = FileDescriptor(owning: descriptor)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        // Else a restart within a minute finds its own port still in use.
        var yes: Int32 = 1
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, 4)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = number.bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        let code = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                unsafe bind(descriptor, general, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw POSIXError(lastError: "listen on", place) }
        return socket
    }

    static func port(of socket: borrowing FileDescriptor) throws(POSIXError) -> Int {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let number = socket.number
        let code = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                unsafe getsockname(number, general, &size)
            }
        }
        guard code == 0 else { throw POSIXError(lastError: "listen on", "127.0.0.1") }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// The descriptors in use, shared by the listener and its threads.
    private final class Connections: Sendable {
        private struct State {
            var listening: Int32
            var isClosed = false
            var open: Set<Int32> = []
            var accepted = 0
        }

        private let limits: Limits
        private let state: Mutex<State>

        init(limits: Limits, listening: Int32) {
            self.limits = limits
            state = Mutex(State(listening: listening))
        }

        var accepted: Int { state.withLock { $0.accepted } }

        func acceptAll(_ handler: @escaping Handler) {
            let listening = state.withLock { $0.listening }
            while true {
                let socket = accept(listening, nil, nil)
                if socket < 0 {
                    // Without descriptors left the connection waits until one is free.
                    let reason = errno
                    if reason == EMFILE || reason == ENFILE { _ = poll(nil, 0, 10) }
                    if ![EINTR, ECONNABORTED, EMFILE, ENFILE].contains(reason) { break }
                    continue
                }
                _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
                guard let ordinal = admit(socket) else {
                    Glibc.close(socket)
                    continue
                }
                let isStarted = Thread.start {
                    var connection = LoopbackConnection(
                        socket: socket, ordinal: ordinal, limits: self.limits)
                    let isReset = connection.serve(handler)
                    self.finish(socket, isReset: isReset)
                }
                if !isStarted { finish(socket, isReset: true) }
            }
            close()
            Glibc.close(listening)
        }

        /// The connection's number, from 1; `nil` when there is no room for it.
        private func admit(_ socket: Int32) -> Int? {
            state.withLock { state in
                guard !state.isClosed, state.open.count < limits.connections else { return nil }
                state.open.insert(socket)
                state.accepted += 1
                return state.accepted
            }
        }

        private func finish(_ socket: Int32, isReset: Bool) {
            if isReset {
                // A lingering time of zero closes with RST instead of FIN (socket(7)).
                var now = linger(l_onoff: 1, l_linger: 0)
                unsafe setsockopt(
                    socket, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
            }
            // Under the lock: a number that is closed may be another connection's a moment later.
            state.withLock { state in
                state.open.remove(socket)
                _ = Glibc.close(socket)
            }
        }

        func close() {
            state.withLock { state in
                guard !state.isClosed else { return }
                state.isClosed = true
                // This wakes accept and every read; the threads close what is theirs.
                shutdown(state.listening, Int32(SHUT_RDWR))
                for socket in state.open { shutdown(socket, Int32(SHUT_RDWR)) }
            }
        }
    }
}
