/// A program to run, without a shell: every argument arrives as it stands here.
///
/// The child gets the environment given here and nothing else, no descriptor but the three standard
/// ones, no blocked or ignored signals.
package struct ChildProcess: Sendable {
    /// Where the child's standard error goes.
    package enum ErrorOutput: Hashable, Sendable {
        /// Kept up to so many bytes; what comes after is dropped, not an error.
        case capture(maximumBytes: Int)
        /// To our own standard error.
        case inherit
        case discard
    }

    /// The program, then its arguments.
    ///
    /// A program without `/` is looked up in `PATH` of `environment` (`/usr/bin:/bin` where it has
    /// none); an empty entry there is skipped, so that nothing is found in the current folder.
    package var arguments: [String]
    package var environment: [String: String]
    /// Where the child starts; `nil` is our own current folder.
    package var folder: String?
    /// What the child reads from standard input; with none it reads `/dev/null`.
    package var input: [UInt8]
    package var errorOutput: ErrorOutput
    /// Bytes of standard output that are accepted before the child is killed.
    package var maximumOutput: Int
    /// Milliseconds until the child is killed.
    package var timeLimit: Int

    package init(
        _ arguments: [String], environment: [String: String], folder: String? = nil,
        input: [UInt8] = [], errorOutput: ErrorOutput = .capture(maximumBytes: 64 << 10),
        maximumOutput: Int = 64 << 10, timeLimit: Int = 60_000
    ) {
        self.arguments = arguments
        self.environment = environment
        self.folder = folder
        self.input = input
        self.errorOutput = errorOutput
        self.maximumOutput = maximumOutput
        self.timeLimit = timeLimit
    }

    /// How a child came to its end.
    package enum Ending: Hashable, Sendable {
        case exited(Int32)
        case signalled(Int32)
        /// It ran longer than `timeLimit`, and was killed.
        case timedOut
        /// It wrote more than `maximumOutput`, and was killed.
        case tooMuchOutput
    }

    package struct Outcome: Sendable {
        package let ending: Ending
        /// Standard output, possibly a secret; empty after `tooMuchOutput`.
        package let output: [UInt8]
        /// What was captured of standard error.
        package let errorOutput: [UInt8]

        package init(ending: Ending, output: [UInt8], errorOutput: [UInt8]) {
            self.ending = ending
            self.output = output
            self.errorOutput = errorOutput
        }

        package var isSuccess: Bool { ending == .exited(0) }
    }

    /// Runs the program to its end.
    ///
    /// Blocks the calling thread, for `timeLimit` at the longest.
    package func run() throws(POSIXError) -> Outcome {
        var conversation = try ChildConversation(self)
        return conversation.run()
    }
}
