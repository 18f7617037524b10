import Glibc

/// Folders: made, listed, removed.
package enum Folder {
    /// Makes the folder and those above it that are missing; nothing where it exists.
    package static func make(_ path: String, mode: UInt32 = 0o777) throws(POSIXError) {
        guard !path.utf8.contains(0) else {
            throw POSIXError("make the folder", path, .containsNUL)
        }
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += part
            guard unsafe mkdir(made, mode) == 0 || errno == EEXIST else {
                throw POSIXError(lastError: "make the folder", path)
            }
            made += "/"
        }
        // EEXIST is also what a file of that name gives.
        _ = try FileDescriptor.open(
            path, O_RDONLY | O_DIRECTORY, for: "make the folder", path: path)
    }

    /// The names in a folder, sorted, without `.` and `..`.
    package static func list(_ path: String) throws(POSIXError) -> [String] {
        try names(
            in: FileDescriptor.open(path, O_RDONLY | O_DIRECTORY, for: "list", path: path),
            path: path)
    }

    /// Removes the folder with all that is in it; links in it are removed, not followed.
    package static func remove(_ path: String) throws(POSIXError) {
        let folder = try FileDescriptor.open(
            path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, for: "remove", path: path)
        try empty(folder, path: path)
        guard unsafe rmdir(path) == 0 else { throw POSIXError(lastError: "remove", path) }
    }

    private static func empty(
        _ folder: borrowing FileDescriptor, path: String
    ) throws(POSIXError) {
        let copy = try FileDescriptor.open(
            ".", in: folder.number, O_RDONLY | O_DIRECTORY, for: "remove", path: path)
        for name in try names(in: copy, path: path) {
            if unsafe unlinkat(folder.number, name, 0) == 0 { continue }
            // Linux says EISDIR, POSIX EPERM (unlink(2)).
            guard errno == EISDIR || errno == EPERM else {
                throw POSIXError(lastError: "remove", path + "/" + name)
            }
            let inner = try FileDescriptor.open(
                name, in: folder.number, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, for: "remove",
                path: path + "/" + name)
            try empty(inner, path: path + "/" + name)
            guard unsafe unlinkat(folder.number, name, AT_REMOVEDIR) == 0 else {
                throw POSIXError(lastError: "remove", path + "/" + name)
            }
        }
    }

    private static func names(
        in folder: consuming FileDescriptor, path: String
    ) throws(POSIXError) -> [String] {
        let number = folder.released()
        guard let stream = unsafe fdopendir(number) else {
            close(number)
            throw POSIXError(lastError: "list", path)
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            // The record is as long as its name, shorter than the declared struct: never copy it.
            guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { continue }
            let start = unsafe UnsafeRawPointer(entry).advanced(by: offset)
            let name = unsafe String(cString: start.assumingMemoryBound(to: CChar.self))
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
