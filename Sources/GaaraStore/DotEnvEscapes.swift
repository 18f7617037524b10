internal import POSIX

extension DotEnv.Quoting {
    /// `bytes` with its escapes replaced; it is wiped where that makes a new array.
    func unescaping(_ bytes: consuming [UInt8]) -> [UInt8] {
        guard self != .none, bytes.contains(UInt8(ascii: "\\")) else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\\"), index + 1 < bytes.count,
                let meaning = meaning(ofEscaped: bytes[index + 1])
            {
                result.append(meaning)
                index += 2
            } else {
                result.append(byte)
                index += 1
            }
        }
        ProtectedBytes.wipe(&bytes)
        return result
    }

    /// The byte that a backslash before `byte` makes; `nil` where the backslash stays.
    private func meaning(ofEscaped byte: UInt8) -> UInt8? {
        switch (byte, self) {
        case (UInt8(ascii: "\\"), _), (UInt8(ascii: "'"), _): byte
        case (UInt8(ascii: "\""), .double): byte
        case (UInt8(ascii: "a"), .double): 0x07
        case (UInt8(ascii: "b"), .double): 0x08
        case (UInt8(ascii: "f"), .double): 0x0C
        case (UInt8(ascii: "n"), .double): 0x0A
        case (UInt8(ascii: "r"), .double): 0x0D
        case (UInt8(ascii: "t"), .double): 0x09
        case (UInt8(ascii: "v"), .double): 0x0B
        default: nil
        }
    }
}
