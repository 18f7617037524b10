internal import POSIX
internal import Synchronization

/// Whether a part of the result did not reach standard output, as on a full disk.
final class LostOutput: Sendable {
    private let first = Mutex<POSIXError?>(nil)

    /// A reader that went away, as `head` does, has what it wanted: that is no loss.
    func note(_ error: POSIXError) {
        guard !error.isBrokenPipe else { return }
        first.withLock { $0 = $0 ?? error }
    }

    /// The complaint about it; `nil` where nothing was lost.
    var complaint: String? {
        first.withLock { $0 }.map {
            "error: \($0)\nhint: what was to be done is done; only its result is not there\n"
        }
    }

    /// How the process ends: what was not shown is not done.
    func ending(_ code: Int32) -> Int32 {
        guard complaint != nil, [Exit.done, .changes].map(\.rawValue).contains(code) else {
            return code
        }
        return Exit.failed.rawValue
    }
}
