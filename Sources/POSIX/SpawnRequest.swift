import Glibc

/// One call of posix_spawn: the program found, the child's three descriptors, nothing else open.
struct SpawnRequest {
    let arguments: [String]
    let environment: [String: String]
    let folder: String?
    /// Descriptors of ours that become 0, 1 and 2 of the child; `nil` is `/dev/null`.
    var descriptors: [Int32?]
    /// Whether the child leads a process group, so that its own children can be signalled with it.
    var ownGroup = false

    /// The process id of the started child.
    func start() throws(POSIXError) -> pid_t {
        let name = arguments.first ?? ""
        let texts = arguments + environment.flatMap { [$0.key, $0.value] } + [folder ?? ""]
        guard !texts.contains(where: { $0.utf8.contains(0) }) else {
            throw POSIXError("start", name, .containsNUL)
        }
        let program = try locate(name)
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe _ = posix_spawn_file_actions_destroy(&actions) }
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe _ = posix_spawnattr_destroy(&attributes) }
        try unsafe prepare(&actions, name)
        prepare(&attributes)

        var process: pid_t = 0
        let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let code = unsafe Self.withTexts(arguments) { arguments in
            unsafe Self.withTexts(variables) { variables in
                unsafe posix_spawn(
                    &process, program, &actions, &attributes, arguments, variables)
            }
        }
        guard code == 0 else { throw POSIXError("start", name, .system(code)) }
        return process
    }

    private func prepare(
        _ actions: inout posix_spawn_file_actions_t, _ name: String
    ) throws(POSIXError) {
        // Ours lie above 2 (they were opened while 0, 1 and 2 were), so no dup2 hits another's
        // source. Where that is not so, a descriptor onto itself only loses its close-on-exec.
        for (target, source) in descriptors.enumerated() {
            let code =
                if let source {
                    unsafe posix_spawn_file_actions_adddup2(&actions, source, Int32(target))
                } else {
                    unsafe posix_spawn_file_actions_addopen(
                        &actions, Int32(target), "/dev/null", O_RDWR, 0)
                }
            guard code == 0 else { throw POSIXError("start", name, .system(code)) }
        }
        if let folder {
            guard unsafe LateSymbol.addChangeFolder(folder, to: &actions) else {
                throw POSIXError("start", name, .system(ENOSYS))
            }
        }
        // libcurl opens its sockets without SOCK_CLOEXEC before 8.19.0, and other libraries do
        // what they like: close everything rather than trust all of them.
        guard unsafe LateSymbol.addCloseFrom(3, to: &actions) else {
            throw POSIXError("start", name, .system(ENOSYS))
        }
    }

    private func prepare(_ attributes: inout posix_spawnattr_t) {
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        var flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        if ownGroup {
            flags |= POSIX_SPAWN_SETPGROUP
            unsafe posix_spawnattr_setpgroup(&attributes, 0)
        }
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
    }

    private func locate(_ name: String) throws(POSIXError) -> String {
        guard !name.isEmpty else { throw POSIXError("start", name, .system(ENOENT)) }
        guard !name.contains("/") else { return name }
        let folders = (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        var refusal = ENOENT
        for folder in folders {
            let candidate = folder + "/" + name
            var status = stat()
            guard unsafe stat(candidate, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                continue
            }
            if unsafe access(candidate, X_OK) == 0 { return candidate }
            refusal = EACCES
        }
        throw POSIXError("start", name, .system(refusal))
    }

    /// What `body` says of the texts as C has them: an array of strings that ends in a null
    /// pointer.
    private static func withTexts(
        _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Int32
    ) -> Int32 {
        var pointers = unsafe texts.map { unsafe strdup($0) } + [nil]
        defer {
            for index in unsafe pointers.indices {
                guard let pointer = unsafe pointers[index] else { continue }
                // Values may be secrets.
                unsafe explicit_bzero(pointer, strlen(pointer))
                unsafe free(pointer)
            }
        }
        return unsafe pointers.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return ENOMEM }
            return unsafe body(start)
        }
    }
}
