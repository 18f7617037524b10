import Glibc
import POSIX
import Testing

@Suite struct SignalsTests {
    @Test("SIGINT and SIGTERM arrive as values, and the process lives on")
    func terminations() async {
        await #expect(processExitsWith: .exitCode(42)) {
            let signals = Signals.terminations()
            var received: [Int32] = []
            kill(getpid(), SIGTERM)
            for await number in signals {
                received.append(number)
                if received.count == 2 { break }
                kill(getpid(), SIGINT)
            }
            exit(received == [SIGTERM, SIGINT] ? 42 : 1)
        }
    }
}
