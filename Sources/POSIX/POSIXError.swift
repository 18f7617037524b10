import Glibc

/// What the operating system would not do: to what, and why.
package struct POSIXError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// The C library's error number.
        case system(Int32)
        /// A directory, device, socket or pipe stands where a file is wanted.
        case notRegularFile
        /// More than this many bytes.
        case largerThan(Int)
        /// An absolute path, or one with `..` or an empty part, where a path below a folder is
        /// wanted.
        case outsideFolder
        /// A text that the C library cannot take: it holds a NUL byte.
        case containsNUL
        /// Others than its owner may read or change the file.
        case openToOthers
        /// The file belongs to another user.
        case ownedByAnother
        /// Another process holds the file.
        case inUse
    }

    /// A verb that completes "cannot": `read`, `write`, `start`.
    package let operation: String
    /// The file or program, as the caller named it; `nil` where there is none.
    package let path: String?
    package let code: Code

    package init(_ operation: String, _ path: String? = nil, _ code: Code) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// The error that the C library just reported on this thread.
    init(lastError operation: String, _ path: String? = nil) {
        self.init(operation, path, .system(errno))
    }

    /// The C library's error number; `nil` where the refusal is our own.
    package var number: Int32? {
        guard case .system(let number) = code else { return nil }
        return number
    }

    /// Whether nothing of that name exists.
    package var isNotFound: Bool { number == ENOENT || number == ENOTDIR }

    /// Whether a link stood where none is followed: `O_NOFOLLOW` reports ELOOP (open(2)).
    package var isRefusedLink: Bool { number == ELOOP }

    package var reason: String {
        switch code {
        case .system(ELOOP): "it is a symbolic link, which is not followed here"
        case .system(let number): Self.text(of: number)
        case .notRegularFile: "not a regular file"
        case .largerThan(let limit): "larger than \(limit) bytes"
        case .outsideFolder: "the path must stay below its folder"
        case .containsNUL: "the name holds a NUL character"
        case .openToOthers: "others than its owner may read or change it"
        case .ownedByAnother: "it belongs to another user"
        case .inUse: "another process holds it"
        }
    }

    package var description: String {
        let object = path.map { " " + Terminal.escaped($0) } ?? ""
        return "cannot \(operation)\(object): \(reason)"
    }

    /// The C library's words for an error number, in lower case.
    private static func text(of number: Int32) -> String {
        // strerror is safe in threads since glibc 2.32: its buffer is the thread's own.
        guard let text = unsafe strerror(number) else { return "error \(number)" }
        let words = unsafe String(cString: text)
        return words.prefix(1).lowercased() + words.dropFirst()
    }
}
