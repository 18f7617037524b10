import Glibc
import Synchronization

/// A server that only this machine can reach, with thousands of connections in one thread.
///
/// It is bound to 127.0.0.1 and to nothing else. What arrives is answered in rounds: all that can
/// be read is read, then what changed is settled once for all, then the answers leave. So an answer
/// never leaves before what it tells is settled.
package final class LoopbackServer: Sendable {
    /// What a server puts up with.
    package struct Limits: Sendable {
        /// Connections at the same time; one more waits until another ends.
        package var connections = 10_000
        /// Seconds without a message.
        package var idleSeconds = 75
        /// Seconds for a whole message from its first byte, and for an answer until it is taken.
        package var messageSeconds = 30

        package init() {}
    }

    package let port: Int
    private let listening: Mutex<FileDescriptor>
    /// The two ends of a pipe: what is left in it ends the server.
    private let waking: FileDescriptor
    private let stopping: FileDescriptor
    private let limits: Limits

    /// Listens on that port, or on a free one for 0.
    package init(port: Int = 0, limits: Limits = Limits()) throws(POSIXError) {
        let socket = try LoopbackListener.listening(port: port)
        self.port = try LoopbackListener.port(of: socket)
        let pipe = try FileDescriptor.pipe()
        for number in [socket.number, pipe.reading, pipe.writing] {
            _ = fcntl(number, F_SETFL, O_NONBLOCK)
        }
        waking = FileDescriptor(owning: pipe.reading)
        stopping = FileDescriptor(owning: pipe.writing)
        listening = Mutex(socket)
        self.limits = limits
    }

    /// `http://127.0.0.1:PORT`, without a path.
    package var url: String { "http://127.0.0.1:\(port)" }

    /// Ends `run` once what is answered has left; from any thread.
    package func stop() {
        var byte: UInt8 = 1
        unsafe _ = write(stopping.number, &byte, 1)
    }

    /// Serves on the calling thread, once, until `stop`.
    ///
    /// - Parameters:
    ///   - begin: a conversation for each new connection.
    ///   - settle: called after each round in which something arrived, and with `true` when nothing
    ///     did for a second; an error ends the server, and no answer of that round leaves.
    package func run<Talk: Conversation, Failure: Error>(
        begin: () -> Talk, settle: (_ isQuiet: Bool) throws(Failure) -> Void
    ) throws(Failure) {
        try listening.withLock { listening throws(Failure) in
            var loop = LoopbackLoop<Talk>(
                listening: listening.number, waking: waking.number, limits: limits)
            defer { loop.closeAll() }
            while !loop.isStopped {
                let arrived = loop.receive(begin: begin)
                if arrived || loop.isQuiet { try settle(!arrived) }
                loop.send()
            }
            loop.finish()
        }
    }
}
