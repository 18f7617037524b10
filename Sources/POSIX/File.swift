import Glibc

/// Files, read and looked at: opened once, judged by their descriptor, bounded in size.
package enum File {
    /// What `read` accepts beside a regular file reached without a link in its last component.
    package struct ReadOptions: OptionSet, Sendable {
        package let rawValue: Int
        package init(rawValue: Int) { self.rawValue = rawValue }

        /// The last component may be a symbolic link.
        package static let followLinks = ReadOptions(rawValue: 1)
        /// A pipe is read to its end as well, as a shell's `<(command)` makes one.
        package static let pipes = ReadOptions(rawValue: 2)
    }

    /// A file's bytes, with what a caller needs to warn about its protection.
    ///
    /// Whoever reads a secret wipes them.
    package struct Contents: Sendable {
        package var bytes: [UInt8]
        /// Permission bits, as `chmod` takes them: `0o600`.
        package let mode: UInt32
        /// The user id that owns the file.
        package let owner: UInt32

        /// Whether the group or everybody may read it.
        package var isReadableByOthers: Bool { mode & 0o044 != 0 }
        /// Whether the group or everybody may change it.
        package var isWritableByOthers: Bool { mode & 0o022 != 0 }
        /// Whether it belongs to the user we act as, or to root.
        package var isOwnedByUsOrRoot: Bool { owner == 0 || owner == geteuid() }
    }

    /// The file's bytes; an error when it is not a regular file or has more than `maximumBytes`.
    package static func read(
        _ path: String, maximumBytes: Int, options: ReadOptions = .followLinks
    ) throws(POSIXError) -> [UInt8] {
        try contents(path, maximumBytes: maximumBytes, options: options).bytes
    }

    /// As `read`, with mode and owner of the very file that was read.
    package static func contents(
        _ path: String, maximumBytes: Int, options: ReadOptions = .followLinks
    ) throws(POSIXError) -> Contents {
        try contents(
            of: path, in: AT_FDCWD, maximumBytes: maximumBytes, options: options, path: path)
    }

    /// `name` relative to the open folder; `path` is what messages call it.
    static func contents(
        of name: String, in folder: Int32, maximumBytes: Int, options: ReadOptions, path: String
    ) throws(POSIXError) -> Contents {
        let links = options.contains(.followLinks) ? 0 : O_NOFOLLOW
        // Opening a FIFO waits for its writer (open(2)): for ever, where none is wanted.
        let waiting = options.contains(.pipes) ? 0 : O_NONBLOCK
        let descriptor = try FileDescriptor.open(
            name, in: folder, O_RDONLY | O_NOCTTY | waiting | links, for: "read", path: path)
        let status = try descriptor.status(for: "read", path: path)
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFIFO where options.contains(.pipes): break
        default: throw POSIXError("read", path, .notRegularFile)
        }
        guard status.st_size <= maximumBytes else {
            throw POSIXError("read", path, .largerThan(maximumBytes))
        }
        let bytes = try descriptor.readAll(
            maximumBytes: maximumBytes, expecting: Int(status.st_size), path: path)
        return Contents(bytes: bytes, mode: status.st_mode & 0o7777, owner: status.st_uid)
    }

    /// Everything on standard input; an error when that is more than `maximumBytes`.
    package static func readStandardInput(maximumBytes: Int) throws(POSIXError) -> [UInt8] {
        let copy = dup(STDIN_FILENO)
        guard copy >= 0 else { throw POSIXError(lastError: "read", "standard input") }
        let descriptor = FileDescriptor(owning: copy)
        return try descriptor.readAll(maximumBytes: maximumBytes, path: "standard input")
    }

    /// Whether anything has that name, a link without a target included.
    package static func exists(_ path: String) -> Bool {
        var status = stat()
        return unsafe !path.utf8.contains(0) && lstat(path, &status) == 0
    }

    /// Removes a file or a link, not a folder.
    package static func remove(_ path: String) throws(POSIXError) {
        guard !path.utf8.contains(0) else { throw POSIXError("remove", path, .containsNUL) }
        guard unsafe unlink(path) == 0 else { throw POSIXError(lastError: "remove", path) }
    }
}
