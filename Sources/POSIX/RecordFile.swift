import Glibc
import Synchronization

/// A file of its owner's (0600) that only grows: each record is on disk before the call returns.
package final class RecordFile: Sendable {
    private let file: FileDescriptor
    private let path: String
    /// One record after the other.
    private let turn = Mutex(())

    /// Makes the file; one that is there, a link included, is refused (`EEXIST`).
    package init(creating path: String) throws(POSIXError) {
        self.path = path
        file = try FileDescriptor.open(
            path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_APPEND, mode: 0o600, for: "create",
            path: path)
    }

    package func append(_ record: [UInt8]) throws(POSIXError) {
        try turn.withLock { (_) throws(POSIXError) in
            try Output.write(record, to: file.number, path: path)
            guard fdatasync(file.number) == 0 || errno == EINVAL else {
                throw POSIXError(lastError: "write", path)
            }
        }
    }
}
