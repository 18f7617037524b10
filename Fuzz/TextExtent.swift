/// How many lines a text has, and how long each is, counted without the reader under test.
struct TextExtent {
    /// The characters (Unicode scalars) of each line; a text without a line feed is one line.
    private let lengths: [Int]

    init(_ bytes: [UInt8]) {
        var lengths = [0]
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                lengths.append(0)
            } else if byte & 0xC0 != 0x80 {
                // Continuation bytes (RFC 3629 section 3) belong to the character before them.
                lengths[lengths.count - 1] += 1
            }
        }
        self.lengths = lengths
    }

    var lines: Int { lengths.count }

    /// Whether there is such a place, both numbers from 1; just after a line is one as well.
    func contains(line: Int, column: Int) -> Bool {
        (1...lengths.count).contains(line) && (1...lengths[line - 1] + 1).contains(column)
    }
}
