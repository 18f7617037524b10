internal import Digest
internal import HTTP
internal import POSIX

extension World {
    /// The machine that the process runs on.
    static let machine = World(
        environment: ProcessEnvironment.snapshot(),
        write: { bytes, stream in
            // A reader that went away is no error of ours: what is left to do is done all the same.
            try? Output.write(
                bytes,
                to: stream == .output ? Output.standardOutput : Output.standardError)
        },
        terminal: Terminals(
            input: Terminal.isTerminal(0), output: Terminal.isTerminal(Output.standardOutput),
            error: Terminal.isTerminal(Output.standardError),
            columns: Terminal.width(Output.standardOutput)),
        ask: { prompt in
            (try? Terminal.readLine(prompt: prompt)).map { String(decoding: $0, as: UTF8.self) }
        },
        transport: { bundle in CurlTransport(caBundle: bundle) },
        time: SystemTime(),
        random: { count in try RandomBytes.make(count: count) },
        signals: { Signals.terminations() })
}
