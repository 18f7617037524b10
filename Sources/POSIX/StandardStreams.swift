import Glibc

/// Standard input, output and error, by their numbers 0, 1 and 2.
package enum StandardStreams {
    /// Takes each number that the caller left closed, so that no file or connection gets it: what
    /// is meant for the screen, a value perhaps, would be written there.
    ///
    /// Reading and writing such a stream stay errors (`EBADF`). To be called before anything opens.
    package static func occupy() {
        for number: Int32 in 0...2 where fcntl(number, F_GETFD) < 0 {
            // open(2) gives the lowest number that is free.
            _ = unsafe open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }
}
