internal import HTTP
package import POSIX
internal import SigV4

/// A sandbox over HTTP on loopback, with its state in a file or in memory only.
///
/// Its clock is the machine's: it goes with the time that passes.
package final class SandboxServer: Sendable {
    package let sandbox: Sandbox
    package let entrance: StateFile.Entrance
    private let state: StateFile?
    private let server: LoopbackServer
    private let clock: MachineClock

    /// How a sandbox begins when no file has its state.
    package struct Beginning: Sendable {
        package var seed: UInt64
        /// Twelve digits.
        package var account: String
        /// Whether policies are held against calls, also where a file has the rest.
        package var enforcesIAM: Bool

        package init(seed: UInt64, account: String, enforcesIAM: Bool = false) {
            self.seed = seed
            self.account = account
            self.enforcesIAM = enforcesIAM
        }
    }

    /// - Parameters:
    ///   - port: 0 for a free one.
    ///   - beginning: for a new sandbox; of one that goes on, the account is the file's.
    package init(
        _ beginning: Beginning, port: Int, state: StateFile? = nil, time: any TimeSource
    ) throws(SandboxServerError) {
        self.state = state
        clock = MachineClock(time)
        do throws(POSIXError) {
            server = try LoopbackServer(port: port)
        } catch {
            throw SandboxServerError(error)
        }
        do throws(StateFileError) {
            if let content = try state?.read() {
                sandbox = Sandbox(content.world)
                sandbox.changeWorld { $0.enforcesIAM = beginning.enforcesIAM }
                entrance = content.entrance
                return
            }
        } catch {
            throw SandboxServerError(error)
        }
        sandbox = Sandbox(
            seed: beginning.seed, startingAt: clock.milliseconds / 1000,
            enforcesIAM: beginning.enforcesIAM)
        let account = sandbox.addAccount(id: beginning.account)
        let key = account.accessKey(for: Self.administrator)
        account.attachPolicy(
            "arn:aws:iam::aws:policy/AdministratorAccess", to: Self.administrator)
        entrance = StateFile.Entrance(
            account: beginning.account, accessKeyID: key.accessKeyID,
            secretAccessKey: key.secretAccessKey)
    }

    /// Whose keys are printed.
    package static let administrator = "user/administrator"

    /// `http://127.0.0.1:PORT`.
    package var url: String { server.url }

    package var port: Int { server.port }

    package var account: SandboxAccount { sandbox.addAccount(id: entrance.account) }

    /// Ends `run`, with all that was answered on disk; from any thread.
    package func stop() { server.stop() }

    /// Writes the state, if there is a file for it.
    package func save() throws(SandboxServerError) {
        guard let state else { return }
        let content = StateFile.Content(entrance: entrance, world: sandbox.snapshot)
        do throws(StateFileError) {
            try state.write(content)
        } catch {
            throw SandboxServerError(error)
        }
    }

    /// Serves on the calling thread, once, until `stop`; an error is one of the state file.
    package func run() throws(SandboxServerError) {
        let work = Round(sandbox: sandbox, clock: clock)
        try server.run(
            begin: {
                RequestConversation(now: { work.sandbox.now }, answer: work.answer)
            },
            settle: { isQuiet throws(SandboxServerError) in
                guard work.isChanged || isQuiet && work.isTouched else { return }
                try save()
                work.isChanged = false
                work.isTouched = false
            })
        // What was only read leaves traces too, such as the day of the last access.
        try save()
        state?.release()
    }

    /// The calls since the state was last written.
    ///
    /// Only the server's thread uses it.
    private final class Round {
        let sandbox: Sandbox
        let clock: MachineClock
        /// Whether a client is told of something that must not be lost.
        var isChanged = false
        /// Whether anything was asked at all.
        var isTouched = false

        init(sandbox: Sandbox, clock: MachineClock) {
            self.sandbox = sandbox
            self.clock = clock
        }

        func answer(_ request: HTTPRequest) -> HTTPResponse? {
            sandbox.advance(to: clock.milliseconds)
            let (response, isChange) = sandbox.answer(request)
            isTouched = true
            if isChange { isChanged = true }
            return response
        }
    }
}

/// Why a server does not start, or ends.
package struct SandboxServerError: Error, Hashable, Sendable {
    package let message: String
    package let hint: String?

    init(_ error: POSIXError) {
        message = error.description
        hint = "another program has the port: give another --port, or none"
    }

    init(_ error: StateFileError) {
        message = error.message
        hint = error.hint
    }
}

/// The machine's time in milliseconds since 1970, which goes forward only while the process runs.
private struct MachineClock: Sendable {
    private let time: any TimeSource
    private let start: Int
    private let monotonicStart: UInt64

    init(_ time: any TimeSource) {
        self.time = time
        start = Int(time.secondsSince1970()) * 1000
        monotonicStart = time.monotonicNanoseconds()
    }

    var milliseconds: Int {
        let elapsed = Int((time.monotonicNanoseconds() - monotonicStart) / 1_000_000)
        // A machine that slept does not count that time (clock_gettime(2), CLOCK_MONOTONIC).
        return max(start + elapsed, Int(time.secondsSince1970()) * 1000)
    }
}
