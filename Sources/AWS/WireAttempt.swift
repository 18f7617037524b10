/// One request that went out, and what came of it: for logs, counters and the receipt.
package struct WireAttempt: Hashable, Sendable {
    package let operation: Operation
    /// From 1.
    package let number: Int
    /// `nil` when no answer came.
    package let status: Int?
    /// `nil` for a success; the service's code or the kind of failure otherwise.
    package let fault: String?
    package let requestID: String?
    package let milliseconds: Int
    /// How far this machine's clock is off, where the answer's date shows that it is too far.
    package let clock: ClockOffset?
    /// Whether the answer says that it comes from a simulation.
    package let isSandbox: Bool
}
