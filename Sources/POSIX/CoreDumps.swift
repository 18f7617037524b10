import Glibc

/// What the kernel would write of this process's memory when it crashes.
package enum CoreDumps {
    /// Keeps secrets out of core files, and of debuggers of the same user.
    ///
    /// `RLIMIT_CORE` 0 writes no file but is not obeyed for a pipe to a crash collector (core(5));
    /// `PR_SET_DUMPABLE` 0 is, and makes `/proc/PID/environ` root's (prctl(2)).
    package static func disable() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        _ = LateSymbol.setDumpable(false)
    }
}
