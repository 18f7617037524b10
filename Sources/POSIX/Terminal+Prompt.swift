import Glibc

extension Terminal {
    /// Asks on the terminal itself, whatever standard input and output are, and reads one line.
    ///
    /// Without echo what is typed stays invisible. The terminal is as before afterwards, also on
    /// an error: interrupt and quit keys arrive as characters meanwhile and end the reading with
    /// `EINTR`, so that no signal can end the process between. `ENXIO` is: there is no terminal.
    /// - Returns: the line without its end; empty when the input is at its end.
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
        var before = termios()
        guard unsafe tcgetattr(terminal.number, &before) == 0 else {
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
        guard unsafe tcsetattr(terminal.number, TCSAFLUSH, &during) == 0 else {
            throw POSIXError(lastError: "ask on", "the terminal")
        }
        defer { unsafe _ = tcsetattr(terminal.number, TCSANOW, &before) }

        try Output.write(Array(prompt.utf8), to: terminal.number, path: "the terminal")
        let line = try line(from: terminal)
        if !echo { try Output.write([0x0A], to: terminal.number, path: "the terminal") }
        return line
    }

    private static let interrupt: UInt8 = 0x03
    private static let quit: UInt8 = 0x1C

    private static func line(
        from terminal: borrowing FileDescriptor
    ) throws(POSIXError) -> [UInt8] {
        // A canonical line has at most 4,096 bytes (termios(3)).
        var buffer = [UInt8](repeating: 0, count: 4_096)
        defer { ProtectedBytes.wipe(&buffer) }
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { memory in
                unsafe read(terminal.number, memory.baseAddress, memory.count)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw POSIXError(lastError: "ask on", "the terminal")
            }
            let line = buffer[..<count]
            switch line.last {
            case interrupt, quit: throw POSIXError("ask on", "the terminal", .system(EINTR))
            case 0x0A: return Array(line.dropLast())
            default: return Array(line)
            }
        }
    }
}
