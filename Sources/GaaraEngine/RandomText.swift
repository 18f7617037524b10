internal import GaaraPlan
internal import GaaraStore
internal import POSIX

/// A text whose characters are drawn evenly from an alphabet.
struct RandomText {
    let length: Int
    let alphabet: ValueSource.Alphabet

    /// Draws it.
    ///
    /// Bytes that would favour the first characters are thrown away, so every character is equally
    /// likely.
    func draw(_ random: (Int) throws -> [UInt8]) throws -> SecretValue {
        let characters = alphabet.characters
        let bound = 256 - 256 % characters.count
        var text: [UInt8] = []
        text.reserveCapacity(length)
        while text.count < length {
            var bytes = try random(length)
            defer { ProtectedBytes.wipe(&bytes) }
            for byte in bytes where Int(byte) < bound && text.count < length {
                text.append(characters[Int(byte) % characters.count])
            }
        }
        return SecretValue(.string, text)
    }
}

extension ValueSource.Alphabet {
    fileprivate var characters: [UInt8] {
        let digits = Array("0123456789".utf8)
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
        switch self {
        case .alphanumeric: return digits + letters
        // RFC 4648 section 5
        case .urlSafe: return digits + letters + Array("-_".utf8)
        case .hex: return digits + Array("abcdef".utf8)
        // RFC 20: the characters that print, without the blank.
        case .printable: return Array(0x21...0x7E)
        }
    }
}
