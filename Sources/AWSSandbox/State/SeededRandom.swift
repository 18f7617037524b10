/// The only source of chance in the sandbox: the same seed draws the same names for ever.
///
/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014). It is
/// no source of secrets; nothing in a simulation is one.
struct SeededRandom: Sendable, Codable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// A generator of its own for `label`, so that what one account and region draw does not depend
    /// on what happens in another.
    init(seed: UInt64, label: String) {
        // FNV-1a, 64 bits: any stable hash does; Swift's own differs from run to run.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in label.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        state = seed ^ hash
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next() >> 32) }
    }

    /// `count` characters, each one of `alphabet`, which is not empty.
    mutating func text(_ count: Int, of alphabet: Alphabet) -> String {
        let letters = alphabet.rawValue.utf8
        return String(
            decoding: (0..<count).map { _ in
                let offset = Int(next() % UInt64(letters.count))
                return letters[letters.index(letters.startIndex, offsetBy: offset)]
            }, as: UTF8.self)
    }

    /// The letters of AWS's generated names.
    enum Alphabet: String {
        /// Access key ids and IAM's unique ids (`AKIA...`, `AROA...`).
        case base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
        /// The suffix of a secret's ARN, access key secrets, session tokens.
        case alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        case hexadecimal = "0123456789abcdef"
    }

    /// A version 4 UUID (RFC 9562 section 5.4), lower case.
    mutating func uuid() -> String {
        var digits = Array(text(32, of: .hexadecimal))
        digits[12] = "4"
        digits[16] = "8"
        for position in [20, 16, 12, 8] { digits.insert("-", at: position) }
        return String(digits)
    }
}
