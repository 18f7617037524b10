internal import POSIX

/// The sandbox's clock as a client's source of time: nobody waits, and a sleep moves the clock.
///
/// When several tasks sleep at once the clock moves by the sum of their times.
package struct SandboxTime: TimeSource {
    let sandbox: Sandbox

    package func secondsSince1970() -> Int64 { Int64(sandbox.now) }

    package func monotonicNanoseconds() -> UInt64 {
        UInt64(sandbox.changeWorld { $0.milliseconds }) * 1_000_000
    }

    package func sleep(milliseconds: Int) async throws(CancellationError) {
        if Task.isCancelled { throw CancellationError() }
        sandbox.changeWorld { $0.advance(milliseconds: milliseconds) }
        await Task.yield()
    }
}

extension Sandbox {
    /// The sandbox's clock, for a client of it.
    package var time: SandboxTime { SandboxTime(sandbox: self) }
}
