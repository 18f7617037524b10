import Glibc

extension Terminal {
    /// Asks on the terminal itself, whatever standard input and output are, and reads one line.
    ///
    /// Without echo what is typed stays invisible. The terminal is as before afterwards, also on
    /// an error: interrupt and quit keys arrive as characters meanwhile and end the reading with
    /// `EINTR`, and a signal from elsewhere takes effect when the terminal is as before. `ENXIO` is:
    /// there is no terminal.
    /// - Returns: the line without its end; empty when the input ends without or before that.
    package static func readLine(
        prompt: String, echo: Bool = true
    ) throws(POSIXError) -> [UInt8] {
        try readLine(prompt: prompt, echo: echo, device: "/dev/tty")
    }

    static func readLine(
        prompt: String, echo: Bool, device: String
    ) throws(POSIXError) -> [UInt8] {
        let terminal = try FileDescriptor.open(
            device, O_RDWR | O_NOCTTY, for: "ask on", path: "the terminal")
        let signals = HeldSignals()
        let answer = Result { () throws(POSIXError) in
            try ask(prompt, on: terminal.number, echo: echo, until: signals.descriptor)
        }
        signals.end()
        return try answer.get()
    }

    private static func ask(
        _ prompt: String, on terminal: Int32, echo: Bool, until signals: Int32
    ) throws(POSIXError) -> [UInt8] {
        var before = termios()
        guard unsafe tcgetattr(terminal, &before) == 0 else {
            throw POSIXError(lastError: "ask on", "the terminal")
        }
        var during = before
        during.c_lflag &= ~tcflag_t(ISIG)
        if !echo { during.c_lflag &= ~tcflag_t(ECHO) }
        during.c_lflag |= tcflag_t(ICANON)
        // With ISIG off ^C and ^\ are plain characters; as ends of line they are delivered at once.
        // VEOL is entry 11 and VEOL2 entry 16 of the array on Linux (termios(3)).
        during.c_cc.11 = Self.interrupt
        during.c_cc.16 = Self.quit
        guard unsafe tcsetattr(terminal, TCSAFLUSH, &during) == 0 else {
            throw POSIXError(lastError: "ask on", "the terminal")
        }
        defer { unsafe _ = tcsetattr(terminal, TCSANOW, &before) }

        try Output.write(Array(prompt.utf8), to: terminal, path: "the terminal")
        let line = try line(from: terminal, until: signals)
        if !echo { try Output.write([0x0A], to: terminal, path: "the terminal") }
        return line
    }

    private static let interrupt: UInt8 = 0x03
    private static let quit: UInt8 = 0x1C

    private static func line(
        from terminal: Int32, until signals: Int32
    ) throws(POSIXError) -> [UInt8] {
        // A canonical line has at most 4,096 bytes (termios(3)).
        var buffer = [UInt8](repeating: 0, count: 4_096)
        defer { ProtectedBytes.wipe(&buffer) }
        while true {
            var sources = [
                pollfd(fd: terminal, events: Int16(POLLIN), revents: 0),
                pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
            ]
            guard unsafe poll(&sources, 2, -1) >= 0 else {
                if errno == EINTR { continue }
                throw POSIXError(lastError: "ask on", "the terminal")
            }
            guard sources[1].revents == 0 else {
                throw POSIXError("ask on", "the terminal", .system(EINTR))
            }
            let count = unsafe buffer.withUnsafeMutableBytes { memory in
                unsafe read(terminal, memory.baseAddress, memory.count)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw POSIXError(lastError: "ask on", "the terminal")
            }
            let line = buffer[..<count]
            switch line.last {
            case interrupt, quit: throw POSIXError("ask on", "the terminal", .system(EINTR))
            case 0x0A: return Array(line.dropLast())
            // Nobody pressed the key that ends an answer.
            default: return []
            }
        }
    }
}
