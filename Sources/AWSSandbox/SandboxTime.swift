internal import POSIX

/// The sandbox's clock as a client's source of time: nobody waits, and a sleep moves the clock.
///
/// Under a `SeededExecutor` the clock moves when everybody sleeps, to the earliest deadline.
/// Elsewhere each sleep moves it at once, so that several at a time add up.
package struct SandboxTime: TimeSource {
    let sandbox: Sandbox

    package func secondsSince1970() -> Int64 { Int64(sandbox.now) }

    package func monotonicNanoseconds() -> UInt64 {
        UInt64(sandbox.changeWorld { $0.milliseconds }) * 1_000_000
    }

    package func sleep(milliseconds: Int) async throws(CancellationError) {
        if Task.isCancelled { throw CancellationError() }
        guard let executor = SeededExecutor.current else {
            sandbox.changeWorld { $0.advance(milliseconds: milliseconds) }
            await Task.yield()
            return
        }
        let end = sandbox.changeWorld { $0.milliseconds } + max(0, milliseconds)
        try await executor.sleep(milliseconds: milliseconds) { [sandbox] in
            // Somebody may have moved the clock by hand meanwhile.
            sandbox.changeWorld { $0.advance(milliseconds: end - $0.milliseconds) }
        }
    }
}

extension Sandbox {
    /// The sandbox's clock, for a client of it.
    package var time: SandboxTime { SandboxTime(sandbox: self) }
}
