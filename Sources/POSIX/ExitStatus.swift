import Glibc

/// The end of the process.
package enum ExitStatus {
    /// Ends the process with that status, after its output was flushed (exit(3)).
    package static func end(_ status: Int32) -> Never { exit(status) }
}
