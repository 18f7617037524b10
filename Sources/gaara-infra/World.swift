internal import AWS
internal import HTTP
internal import POSIX

/// Everything that a command takes from outside beside files: so that a test can run a command in
/// a world of its own.
struct World: Sendable {
    var environment: [String: String]
    var write: @Sendable (_ bytes: [UInt8], _ stream: Stream) -> Void
    var terminal: Terminals
    /// Asks a person at the terminal; `nil` at its end.
    var ask: @Sendable (String) -> String?
    /// A transport for calls to AWS; a bundle of certificates replaces the system's.
    var transport: @Sendable (_ caBundle: String?) throws -> any HTTPTransport
    /// What carries TLS in such a transport.
    var tls: @Sendable (_ caBundle: String?) -> TLSFacts
    var time: any TimeSource
    /// What all clients of the command share: AWS's limits are kept together.
    var traffic = Traffic()
    /// What the answers of the run say of where they come from.
    var simulation = Simulation()
    /// Random bytes for generated values and tokens.
    var random: @Sendable (Int) throws -> [UInt8]
    /// Every SIGINT and SIGTERM from the call on, instead of the end of the process.
    var signals: @Sendable () -> AsyncStream<Int32>

    enum Stream: Sendable {
        /// The result.
        case output
        /// Everything else.
        case error
    }

    func output(_ text: String) { write(Array(text.utf8), .output) }

    func complain(_ text: String) { write(Array(text.utf8), .error) }

    /// Seconds since 1970.
    var now: @Sendable () -> Int64 { { [time] in time.secondsSince1970() } }

    /// Waits, less long when the task is cancelled.
    var sleep: @Sendable (_ milliseconds: Int) async -> Void {
        { [time] milliseconds in try? await time.sleep(milliseconds: milliseconds) }
    }

    /// Which streams are a person's.
    struct Terminals: Sendable {
        var input = false
        var output = false
        var error = false
        /// Columns of the terminal; `nil` where standard output is none.
        var columns: Int?
    }
}

/// How a command ends (design, section 4).
enum Exit: Int32, Sendable {
    /// Done, nothing to do, or the check holds.
    case done = 0
    /// An error, a refused consent, or a check that does not hold.
    case failed = 1
    /// With `--detailed-exitcode`: there are changes.
    case changes = 2
    /// What was approved is not what would be done now.
    case approvalStale = 3
    case usage = 64
    case interrupted = 130
    case terminated = 143
}
