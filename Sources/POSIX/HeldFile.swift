import Glibc
import Synchronization

/// A private file that one process at a time holds, and replaces as a whole.
///
/// It is our own, only we may read it (0600), and it is no link. Whoever reads it sees the content
/// of one `replace` or of the one before, also after a crash. The lock goes with the process,
/// however that ends.
package final class HeldFile: Sendable {
    package let path: String
    private let name: String
    /// The folder, and the open file that has the lock; closed with the last reference.
    private let descriptors: Mutex<Descriptors>

    private struct Descriptors: ~Copyable {
        let folder: FileDescriptor
        var file: FileDescriptor
    }

    /// Opens the file, or makes an empty one.
    ///
    /// The error is `inUse` when another process holds it.
    package init(_ path: String) throws(POSIXError) {
        self.path = path
        let (folderPath, name) = try File.split(path)
        self.name = name
        let folder = try FileDescriptor.open(
            folderPath, O_RDONLY | O_DIRECTORY, for: "open", path: path)
        let file = try Self.locked(name, in: folder, path: path)
        descriptors = Mutex(Descriptors(folder: folder, file: file))
    }

    /// All that is in it; empty when it is new.
    package func read(maximumBytes: Int) throws(POSIXError) -> [UInt8] {
        try descriptors.withLock { descriptors throws(POSIXError) in
            guard lseek(descriptors.file.number, 0, SEEK_SET) == 0 else {
                throw POSIXError(lastError: "read", path)
            }
            return try descriptors.file.readAll(maximumBytes: maximumBytes, path: path)
        }
    }

    /// Puts these bytes in the place of what is in it; when it returns they are on disk.
    package func replace(_ bytes: [UInt8]) throws(POSIXError) {
        try descriptors.withLock { descriptors throws(POSIXError) in
            // Locked before it has the name: at no moment is there an unlocked file of that name.
            descriptors.file = try File.replace(
                name, in: descriptors.folder, with: bytes, mode: 0o600, exactly: true, path: path
            ) { file throws(POSIXError) in try Self.lock(file, path: path) }
        }
    }

    /// Lets another have the file, before the last reference to this goes.
    package func release() {
        descriptors.withLock { descriptors in _ = flock(descriptors.file.number, LOCK_UN) }
    }

    private static func locked(
        _ name: String, in folder: borrowing FileDescriptor, path: String
    ) throws(POSIXError) -> FileDescriptor {
        while true {
            let file = try FileDescriptor.open(
                name, in: folder.number, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY,
                mode: 0o600, for: "open", path: path)
            let status = try file.status(for: "open", path: path)
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw POSIXError("open", path, .notRegularFile)
            }
            guard status.st_uid == geteuid() else {
                throw POSIXError("open", path, .ownedByAnother)
            }
            guard status.st_mode & 0o077 == 0 else { throw POSIXError("open", path, .openToOthers) }
            try lock(file, path: path)
            // Between opening and locking its holder may have put another in its place.
            var current = stat()
            let isThere =
                unsafe fstatat(folder.number, name, &current, AT_SYMLINK_NOFOLLOW) == 0
            if isThere, current.st_ino == status.st_ino, current.st_dev == status.st_dev {
                return file
            }
        }
    }

    private static func lock(
        _ file: borrowing FileDescriptor, path: String
    ) throws(POSIXError) {
        while flock(file.number, LOCK_EX | LOCK_NB) != 0 {
            if errno == EWOULDBLOCK { throw POSIXError("open", path, .inUse) }
            if errno != EINTR { throw POSIXError(lastError: "lock", path) }
        }
    }
}
