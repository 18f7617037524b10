import Glibc

/// A thread outside Swift's pool, for work that blocks.
package enum Thread {
    /// Starts `body` on a thread of its own, which ends with it; false when the system has none
    /// to give.
    @discardableResult
    package static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        var thread = pthread_t()
        let box = unsafe Unmanaged.passRetained(Body(body))
        let code = unsafe pthread_create(
            &thread, nil,
            { context in
                if let context = unsafe context {
                    unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
                }
                return unsafe UnsafeMutableRawPointer?.none
            }, unsafe box.toOpaque())
        guard code == 0 else {
            unsafe box.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    /// What `body` gives, which may block: no thread of Swift's pool waits for it.
    ///
    /// - Parameter operation: with `path`, what the error says could not be done when the system
    ///   has no thread to give.
    package static func value<Value: Sendable>(
        for operation: String, _ path: String? = nil,
        _ body: @escaping @Sendable () throws(POSIXError) -> Value
    ) async throws(POSIXError) -> Value {
        let result: Result<Value, POSIXError> = await withCheckedContinuation { waiter in
            let isStarted = start {
                do throws(POSIXError) {
                    waiter.resume(returning: .success(try body()))
                } catch {
                    waiter.resume(returning: .failure(error))
                }
            }
            if !isStarted {
                waiter.resume(returning: .failure(POSIXError(operation, path, .system(EAGAIN))))
            }
        }
        return try result.get()
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }
}
