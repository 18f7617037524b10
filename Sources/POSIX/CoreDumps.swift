import Glibc

/// What would be written of this process's memory when it crashes.
package enum CoreDumps {
    /// Keeps secrets out of core files, and of debuggers of the same user.
    ///
    /// `RLIMIT_CORE` 0 writes no file but is not obeyed for a pipe to a crash collector (core(5));
    /// `PR_SET_DUMPABLE` 0 is, and makes `/proc/PID/environ` root's (prctl(2)). Swift's runtime
    /// takes crash signals to print registers with the memory that they point to (its Backtracing
    /// document, "enable"): they get back their default.
    package static func disable() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        _ = LateSymbol.setDumpable(false)
        for number in crashes { _ = signal(number, SIG_DFL) }
    }

    /// The signals that Swift's runtime takes (stdlib/public/runtime/CrashHandlerLinux.cpp).
    private static let crashes = [SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP]
}
