package import HTTP
package import POSIX

extension CredentialContext {
    /// The machine that the process runs on.
    ///
    /// - Parameter ask: shows a prompt at the terminal and gives the line that a person typed, or
    ///   `nil`; without it nobody is asked, as in a library. It may block: it gets a thread.
    package static func system(
        arguments: Settings.Arguments, environment: [String: String],
        configuration: SharedConfiguration, transport: any HTTPTransport,
        time: any TimeSource = SystemTime(), traffic: Traffic,
        ask: (@Sendable (_ prompt: String) -> String?)? = nil
    ) -> CredentialContext {
        CredentialContext(
            arguments: arguments, environment: environment, configuration: configuration,
            transport: transport, time: time, traffic: traffic,
            random: { UInt64.random(in: .min ... .max) },
            files: DiskFiles(), run: run, addresses: addresses, mfaCode: codes(ask))
    }

    @Sendable private static func run(
        _ child: ChildProcess
    ) async throws(POSIXError) -> ChildProcess.Outcome {
        try await Thread.value(for: "start") { () throws(POSIXError) in try child.run() }
    }

    @Sendable private static func addresses(of host: String) async -> [String] {
        let found = try? await Thread.value(for: "look up", host) { () throws(POSIXError) in
            HostName.addresses(of: host)
        }
        return found ?? []
    }

    private static func codes(
        _ ask: (@Sendable (_ prompt: String) -> String?)?
    ) -> (@Sendable (_ serial: String) async throws(CredentialError) -> String)? {
        guard let ask else { return nil }
        return { (serial: String) async throws(CredentialError) -> String in
            try await code(of: serial, ask)
        }
    }

    private static func code(
        of serial: String, _ ask: @escaping @Sendable (_ prompt: String) -> String?
    ) async throws(CredentialError) -> String {
        let prompt = "Code of the MFA device \(Terminal.escaped(serial)): "
        let line = try? await Thread.value(for: "ask on", "the terminal") {
            () throws(POSIXError) in ask(prompt)
        }
        guard let line = line ?? nil else {
            throw .unusable(
                "the code of the MFA device \(serial) is needed, and nobody gave it: run this at a"
                    + " terminal, or use credentials that need no code")
        }
        return String(line.drop { $0.isWhitespace }.prefix { !$0.isWhitespace })
    }
}

/// The disk.
private struct DiskFiles: CredentialFiles {
    func read(_ path: String, maximumBytes: Int) throws(POSIXError) -> [UInt8]? {
        do {
            return try File.read(path, maximumBytes: maximumBytes)
        } catch {
            guard error.isNotFound else { throw error }
            return nil
        }
    }

    func writePrivate(_ path: String, _ bytes: [UInt8]) throws(POSIXError) {
        try File.writePrivate(path, bytes)
    }
}
