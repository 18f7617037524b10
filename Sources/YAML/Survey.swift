/// A look at the characters of a text before libyaml sees it.
///
/// It refuses what would be slow or ambiguous further on, and counts lines as editors do.
struct Survey {
    /// The text for libyaml: without byte order mark, each refused directive made a comment.
    ///
    /// A megabyte of `%TAG` lines keeps libyaml 0.2.5 busy for seconds inside one call; with a `#`
    /// in place of the `%` they cost nothing, and the faults behind them are found too.
    private(set) var text: [UInt8]
    private(set) var faults: [YAMLFault] = []
    /// Whether the lines of libyaml and of an editor would differ, or the text is not text.
    private(set) var isUnreadable = false

    private let maximumFaults: Int
    private var line = 1
    private var column = 1

    init(_ bytes: [UInt8], maximumFaults: Int) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        text = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
        self.maximumFaults = maximumFaults
        guard !bytes.starts(with: [0xFE, 0xFF]), !bytes.starts(with: [0xFF, 0xFE]) else {
            refuse("encoding", "the text is UTF-16", hint: "save the file as UTF-8")
            return
        }
        for index in text.indices where faults.count < maximumFaults { look(at: index) }
    }

    mutating func takeFaults() -> [YAMLFault] {
        defer { faults = [] }
        return faults
    }

    private mutating func look(at index: Int) {
        switch text[index] {
        case UInt8(ascii: "\n"):
            line += 1
            column = 1
            return
        case UInt8(ascii: "%") where column == 1:
            text[index] = UInt8(ascii: "#")
            report(
                "directive", "a line that begins with % is a directive, which a plan may not have",
                hint: "remove the line; inside a quoted text, do not begin a line with %")
        case 0:
            refuse("nul", "a NUL byte stands in the text", hint: "save the file as UTF-8 text")
        case UInt8(ascii: "\r") where !hasByte(UInt8(ascii: "\n"), at: index + 1):
            refuse(
                "line-break", "a carriage return without a line feed",
                hint: "save the file with LF or CRLF line endings")
        case 0xC2 where hasByte(0x85, at: index + 1):
            refuseUnicodeBreak("U+0085")
        case 0xE2 where hasByte(0x80, at: index + 1) && hasByte(0xA8, at: index + 2):
            refuseUnicodeBreak("U+2028")
        case 0xE2 where hasByte(0x80, at: index + 1) && hasByte(0xA9, at: index + 2):
            refuseUnicodeBreak("U+2029")
        default:
            break
        }
        // Continuation bytes (RFC 3629 section 3) belong to the character before them.
        if text[index] & 0xC0 != 0x80 { column += 1 }
    }

    private func hasByte(_ byte: UInt8, at index: Int) -> Bool {
        index < text.count && text[index] == byte
    }

    // YAML 1.1 ends a line there, YAML 1.2 (section 5.4) and editors do not.
    private mutating func refuseUnicodeBreak(_ name: String) {
        refuse(
            "line-break", "the character \(name) ends a line for some readers only",
            hint: "remove it, or write it as an escape in double quotes")
    }

    private mutating func refuse(_ code: String, _ message: String, hint: String) {
        isUnreadable = true
        report(code, message, hint: hint)
    }

    private mutating func report(_ code: String, _ message: String, hint: String) {
        faults.append(
            YAMLFault(
                code: code, message: message, hint: hint, mark: Mark(line: line, column: column)))
    }
}
