import POSIX
import Testing

@Suite struct TimeSourceTests {
    @Test("the system's time is after this was written, and its other clock does not go back")
    func clocks() {
        let time = SystemTime()
        #expect(time.secondsSince1970() > 1_760_000_000)
        let before = time.monotonicNanoseconds()
        #expect(time.monotonicNanoseconds() >= before)
    }

    @Test("cancelling ends a sleep at once")
    func cancelledSleep() async {
        let task = Task {
            do {
                try await SystemTime().sleep(milliseconds: 3_600_000)
                return "slept"
            } catch {
                return "cancelled"
            }
        }
        task.cancel()
        #expect(await task.value == "cancelled")
    }
}
