import Glibc

extension File {
    /// Writes a file that only its owner may read and write (0600).
    ///
    /// The bytes go to a new file beside it, which is renamed when it is complete and on disk: a
    /// reader sees the old file or the new one, and never with other permissions. A link or device
    /// of that name is refused.
    package static func writePrivate(_ path: String, _ bytes: [UInt8]) throws(POSIXError) {
        try replace(path, bytes, mode: 0o600, exactly: true)
    }

    /// Writes a file for everybody, less what the umask takes away, in the same way.
    package static func write(
        _ path: String, _ bytes: [UInt8], mode: UInt32 = 0o644
    ) throws(POSIXError) {
        try replace(path, bytes, mode: mode, exactly: false)
    }

    private static func replace(
        _ path: String, _ bytes: [UInt8], mode: UInt32, exactly: Bool
    ) throws(POSIXError) {
        let (folderPath, name) = try split(path)
        let folder = try FileDescriptor.open(
            folderPath, O_RDONLY | O_DIRECTORY, for: "write", path: path)
        try refuseOddTarget(name, in: folder.number, path: path)
        _ = try replace(
            name, in: folder, with: bytes, mode: mode, exactly: exactly, path: path
        ) { _ in }
    }

    /// Puts a new file in the place of `name`, and gives it open.
    ///
    /// `prepare` is called before the new file has the name.
    static func replace(
        _ name: String, in folder: borrowing FileDescriptor, with bytes: [UInt8], mode: UInt32,
        exactly: Bool, path: String,
        prepare: (borrowing FileDescriptor) throws(POSIXError) -> Void
    ) throws(POSIXError) -> FileDescriptor {
        // The name says nothing of the content, and O_EXCL refuses whatever is planted there.
        let temporary = ".gaara-\(getpid())-\(String(UInt64.random(in: .min ... .max), radix: 36))"
        let file = try FileDescriptor.open(
            temporary, in: folder.number, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode,
            for: "write", path: path)
        do throws(POSIXError) {
            if exactly, fchmod(file.number, mode) != 0 {
                throw POSIXError(lastError: "write", path)
            }
            try prepare(file)
            try Output.write(bytes, to: file.number, path: path)
            guard fsync(file.number) == 0,
                unsafe renameat(folder.number, temporary, folder.number, name) == 0
            else { throw POSIXError(lastError: "write", path) }
        } catch {
            _ = unsafe unlinkat(folder.number, temporary, 0)
            throw error
        }
        // Without this the rename itself may be lost in a power failure. Some file systems cannot
        // do it and say EINVAL (fsync(2)); then there is nothing to gain.
        guard fsync(folder.number) == 0 || errno == EINVAL else {
            throw POSIXError(lastError: "write", path)
        }
        return file
    }

    /// A rename would replace a device as readily as a file, and a link instead of its target.
    private static func refuseOddTarget(
        _ name: String, in folder: Int32, path: String
    ) throws(POSIXError) {
        guard !name.utf8.contains(0) else { throw POSIXError("write", path, .containsNUL) }
        var status = stat()
        guard unsafe fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return
        case S_IFLNK: throw POSIXError("write", path, .system(ELOOP))
        case S_IFDIR: throw POSIXError("write", path, .system(EISDIR))
        default: throw POSIXError("write", path, .notRegularFile)
        }
    }

    /// The folder's path, `.` for a bare name, and the last component, which no folder has.
    static func split(_ path: String) throws(POSIXError) -> (folder: String, name: String) {
        let slash = path.lastIndex(of: "/")
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        guard !name.isEmpty, name != ".", name != ".." else {
            throw POSIXError("write", path, .system(EISDIR))
        }
        guard let slash else { return (".", name) }
        return (slash == path.startIndex ? "/" : String(path[..<slash]), name)
    }
}
