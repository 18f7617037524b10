import Glibc
import Synchronization

/// A program that runs beside us until it is told to stop; with its last reference at the latest.
///
/// It leads a process group of its own: what it starts ends with it.
package final class RunningProcess: Sendable {
    package let identifier: Int32
    private let ending = Mutex<ChildProcess.Ending?>(nil)

    /// Starts the program with nothing to read.
    ///
    /// Its output and error output go to the end of the file `log`, or nowhere; input, limits and
    /// `errorOutput` of `child` do not count.
    package init(_ child: ChildProcess, log: String? = nil) throws(POSIXError) {
        var request = SpawnRequest(
            arguments: child.arguments, environment: child.environment, folder: child.folder,
            descriptors: [nil, nil, nil], ownGroup: true)
        if let log {
            let file = try FileDescriptor.open(
                log, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, mode: 0o600, for: "write",
                path: log)
            request.descriptors = [nil, file.number, file.number]
            identifier = try request.start()
        } else {
            identifier = try request.start()
        }
    }

    deinit { terminate(patience: 0) }

    /// How it ended; `nil` while it runs.
    package var outcome: ChildProcess.Ending? { look(WNOHANG) }

    /// Blocks until it ends by itself.
    package func wait() -> ChildProcess.Ending { look(0) ?? .exited(-1) }

    /// Sends a signal to it and what it started; nothing once it ended.
    package func send(signal: Int32) {
        ending.withLock { ending in
            if ending == nil { kill(-identifier, signal) }
        }
    }

    /// Asks it to stop (SIGTERM), and after `patience` milliseconds no longer asks (SIGKILL).
    @discardableResult
    package func terminate(patience: Int = 3_000) -> ChildProcess.Ending {
        let deadline =
            SystemTime().monotonicNanoseconds() + UInt64(max(patience, 0)) * 1_000_000
        send(signal: SIGTERM)
        while SystemTime().monotonicNanoseconds() < deadline {
            if let ending = outcome { return ending }
            _ = poll(nil, 0, 5)
        }
        send(signal: SIGKILL)
        return wait()
    }

    private func look(_ options: Int32) -> ChildProcess.Ending? {
        while true {
            // The lock is not held while waiting, so that others may send a signal meanwhile.
            if let known = ending.withLock({ $0 }) { return known }
            let isEnded = waitWithoutReaping(options)
            guard isEnded else { return nil }
            ending.withLock { ending in
                guard ending == nil else { return }
                var status: Int32 = 0
                let result = unsafe waitpid(identifier, &status, 0)
                ending = result == identifier ? .init(waitStatus: status) : .exited(-1)
            }
        }
    }

    /// Whether it has ended; it stays a zombie, so its id is still its own.
    private func waitWithoutReaping(_ options: Int32) -> Bool {
        var about = unsafe siginfo_t()
        while true {
            let code = unsafe waitid(
                P_PID, id_t(identifier), &about, options | WEXITED | WNOWAIT)
            if code == 0 { return unsafe about._sifields._kill.si_pid == identifier }
            // ECHILD: somebody else reaped it.
            if errno != EINTR { return true }
        }
    }
}
