internal import Digest
internal import HTTP
internal import POSIX

extension World {
    /// The machine that the process runs on.
    ///
    /// - Parameter lost: told when a part of the result could not be written.
    static func machine(telling lost: LostOutput) -> World {
        World(
            environment: ProcessEnvironment.snapshot(),
            write: { bytes, stream in
                // Whatever cannot be shown, what is left to do is done all the same.
                do throws(POSIXError) {
                    switch stream {
                    case .output:
                        try Output.write(bytes, to: Output.standardOutput, path: "standard output")
                    case .error: try Output.write(bytes, to: Output.standardError)
                    }
                } catch {
                    if stream == .output { lost.note(error) }
                }
            },
            terminal: Terminals(
                input: Terminal.isTerminal(0), output: Terminal.isTerminal(Output.standardOutput),
                error: Terminal.isTerminal(Output.standardError),
                columns: Terminal.width(Output.standardOutput)),
            ask: { prompt in
                (try? Terminal.readLine(prompt: prompt)).map { String(decoding: $0, as: UTF8.self) }
            },
            transport: { bundle in CurlTransport(caBundle: bundle) },
            tls: { bundle in TLSFacts.ofThisProcess(caBundle: bundle) },
            time: SystemTime(),
            random: { count in try RandomBytes.make(count: count) },
            signals: { Signals.terminations() })
    }
}
