import Glibc

extension File {
    /// The bytes of a file that a plan names, which must lie under the plan's own folder.
    ///
    /// A plan can come from a stranger's pull request (design 5.11), so no component below `folder`
    /// may be a link, and the file must be regular: each component is opened by itself with
    /// `O_NOFOLLOW`, hence nothing can be swapped in between. `folder` itself may be reached
    /// through links.
    package static func readBeneath(
        folder: String, relativePath: String, maximumBytes: Int
    ) throws(POSIXError) -> [UInt8] {
        var parts = relativePath.split(separator: "/", omittingEmptySubsequences: false)
            .filter { $0 != "." }
        guard let name = parts.popLast(), name != "..", !name.isEmpty,
            !parts.contains(where: { $0.isEmpty || $0 == ".." })
        else { throw POSIXError("read", relativePath, .outsideFolder) }

        let folders = O_RDONLY | O_DIRECTORY
        var current = try FileDescriptor.open(
            folder.isEmpty ? "." : folder, folders, for: "read", path: folder)
        for part in parts {
            current = try Self.enter(String(part), current, path: relativePath)
        }
        return try contents(
            of: String(name), in: current.number, maximumBytes: maximumBytes, options: [],
            path: relativePath
        ).bytes
    }

    private static func enter(
        _ name: String, _ folder: borrowing FileDescriptor, path: String
    ) throws(POSIXError) -> FileDescriptor {
        do {
            return try FileDescriptor.open(
                name, in: folder.number, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, for: "read",
                path: path)
        } catch {
            // With O_DIRECTORY a link is reported as ENOTDIR (open(2)): say what it is.
            var status = stat()
            guard error.number == ENOTDIR,
                unsafe fstatat(folder.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
                status.st_mode & S_IFMT == S_IFLNK
            else { throw error }
            throw POSIXError("read", path, .system(ELOOP))
        }
    }
}
