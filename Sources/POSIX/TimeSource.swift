import Glibc

/// Where time comes from: the system in life, a seeded simulation in tests.
package protocol TimeSource: Sendable {
    /// Seconds since 1970-01-01T00:00:00Z, without leap seconds; the user may set this clock.
    func secondsSince1970() -> Int64
    /// Nanoseconds since some moment; never goes back.
    func monotonicNanoseconds() -> UInt64
    /// Waits; less than 1 millisecond is no wait. Cancellation of the task ends it at once.
    func sleep(milliseconds: Int) async throws(CancellationError)
}

/// The system's own clocks.
package struct SystemTime: TimeSource {
    package init() {}

    package func secondsSince1970() -> Int64 {
        var now = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec)
    }

    package func monotonicNanoseconds() -> UInt64 {
        var now = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &now)
        return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
    }

    package func sleep(milliseconds: Int) async throws(CancellationError) {
        do {
            try await Task.sleep(nanoseconds: UInt64(max(milliseconds, 0)) * 1_000_000)
        } catch {
            throw CancellationError()
        }
    }
}
