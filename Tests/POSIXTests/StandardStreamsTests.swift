import Glibc
import POSIX
import Testing

@Suite struct StandardStreamsTests {
    @Test("a stream that the caller closed is no number for a file, and writing it is an error")
    func closed() async {
        await #expect(processExitsWith: .exitCode(42)) {
            // Another thread of the test may open something in between: then once more.
            repeat {
                close(STDOUT_FILENO)
                StandardStreams.occupy()
            } while fcntl(STDOUT_FILENO, F_GETFL) & O_ACCMODE != O_RDONLY
            let next = unsafe open("/dev/null", O_WRONLY)
            var number: Int32?
            do throws(POSIXError) {
                try Output.write("a value", to: STDOUT_FILENO)
            } catch {
                number = error.number
            }
            exit(next > STDERR_FILENO && number == EBADF ? 42 : 1)
        }
    }
}
