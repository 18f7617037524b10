package import HTTP
package import POSIX

/// All that a search for credentials may look at and do: the world outside, as parameters.
package struct CredentialContext: Sendable {
    package var arguments: Settings.Arguments
    package var environment: [String: String]
    package var configuration: SharedConfiguration
    package var transport: any HTTPTransport
    package var time: any TimeSource
    /// Shared with the clients that the credentials are for: a limit of STS is one limit.
    package var traffic: Traffic
    package var random: @Sendable () -> UInt64
    package var files: any CredentialFiles
    /// Runs the program of a `credential_process` to its end.
    package var run: @Sendable (ChildProcess) async throws(POSIXError) -> ChildProcess.Outcome
    /// The numeric addresses of a host's name; empty when it has none.
    package var addresses: @Sendable (_ host: String) async -> [String]
    /// Asks the person at the terminal for the code of an MFA device, by its serial number; `nil`
    /// where there is no terminal.
    package var mfaCode: (@Sendable (_ serial: String) async throws(CredentialError) -> String)?

    package init(
        arguments: Settings.Arguments, environment: [String: String],
        configuration: SharedConfiguration, transport: any HTTPTransport,
        time: any TimeSource, traffic: Traffic, random: @escaping @Sendable () -> UInt64,
        files: any CredentialFiles,
        run: @escaping @Sendable (ChildProcess) async throws(POSIXError) -> ChildProcess.Outcome,
        addresses: @escaping @Sendable (_ host: String) async -> [String],
        mfaCode: (@Sendable (_ serial: String) async throws(CredentialError) -> String)? = nil
    ) {
        self.arguments = arguments
        self.environment = environment
        self.configuration = configuration
        self.transport = transport
        self.time = time
        self.traffic = traffic
        self.random = random
        self.files = files
        self.run = run
        self.addresses = addresses
        self.mfaCode = mfaCode
    }
}

/// The files that credentials are in: the disk in life, a table in tests.
package protocol CredentialFiles: Sendable {
    /// The bytes of a file; `nil` when it does not exist.
    func read(_ path: String, maximumBytes: Int) throws(POSIXError) -> [UInt8]?
    /// Replaces a file as a whole, readable by its owner alone.
    func writePrivate(_ path: String, _ bytes: [UInt8]) throws(POSIXError)
}
