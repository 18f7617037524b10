internal import Digest

/// What Encrypt and GenerateDataKey give away: opaque bytes that name their key and the material of
/// it, with the plaintext hidden and bound to the encryption context.
///
/// It is a simulation's cipher: a keystream and a code out of HMAC-SHA-256. It keeps plaintext out of
/// logs and recordings of tests, and protects nothing else.
struct Ciphertext {
    /// A key's id without its dashes, as bytes.
    private let keyBytes: [UInt8]
    let material: Int
    private let nonce: [UInt8]
    private let hidden: [UInt8]
    private let code: [UInt8]

    private static let magic: [UInt8] = [0x01, 0x02, 0x02, 0x00]
    private static let overhead = 4 + 16 + 2 + 12 + 16

    /// - Parameter nonce: 12 bytes, others for each ciphertext.
    init(of plaintext: [UInt8], under key: KMSKey, context: [String: String], nonce: [UInt8]) {
        keyBytes = Hex.decode(String(key.id.filter { $0 != "-" })) ?? []
        material = key.currentMaterial
        self.nonce = nonce
        let secret = key.bytes(ofMaterial: material)
        hidden = Self.veil(plaintext, secret, nonce)
        code = Self.code(secret, material, nonce, hidden, context)
    }

    /// `nil` when the bytes are no ciphertext of a symmetric key.
    init?(_ bytes: [UInt8]) {
        guard bytes.count > Self.overhead, Array(bytes.prefix(4)) == Self.magic else { return nil }
        keyBytes = Array(bytes[4..<20])
        material = Int(bytes[20]) << 8 | Int(bytes[21])
        nonce = Array(bytes[22..<34])
        hidden = Array(bytes[34..<(bytes.count - 16)])
        code = Array(bytes.suffix(16))
    }

    var bytes: [UInt8] {
        Self.magic + keyBytes + [UInt8(truncatingIfNeeded: material >> 8), UInt8(material & 0xff)]
            + nonce + hidden + code
    }

    /// The id of the key, in its dashed form.
    var keyID: String {
        var digits = Array(Hex.encode(keyBytes))
        for position in [20, 16, 12, 8] where position <= digits.count {
            digits.insert("-", at: position)
        }
        return String(digits)
    }

    /// `nil` when the key, the context or any byte is not that of the encryption.
    func plaintext(under key: KMSKey, context: [String: String]) -> [UInt8]? {
        guard key.id == keyID, material <= key.currentMaterial else { return nil }
        let secret = key.bytes(ofMaterial: material)
        let expected = Self.code(secret, material, nonce, hidden, context)
        guard constantTimeEquals(code, expected) else { return nil }
        return Self.veil(hidden, secret, nonce)
    }

    /// Hides, and done again uncovers.
    private static func veil(_ text: [UInt8], _ secret: [UInt8], _ nonce: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        for block in 0...(text.count / 32) {
            let counter = [UInt8(block >> 8 & 0xff), UInt8(block & 0xff)]
            let stream = HMACSHA256.code(key: secret, message: [0] + nonce + counter)
            let part = text[(block * 32)..<min(text.count, block * 32 + 32)]
            result += zip(part, stream).map { $0 ^ $1 }
        }
        return result
    }

    /// Every length stands before what it counts, so that no two contexts look alike.
    private static func code(
        _ secret: [UInt8], _ material: Int, _ nonce: [UInt8], _ hidden: [UInt8],
        _ context: [String: String]
    ) -> [UInt8] {
        var message: [UInt8] = [1, UInt8(material >> 8 & 0xff), UInt8(material & 0xff)] + nonce
        for (name, value) in context.sorted(by: { $0.key < $1.key }) {
            for text in [name, value] { message += Array("\(text.utf8.count):\(text)".utf8) }
        }
        return Array(HMACSHA256.code(key: secret, message: message + [0] + hidden).prefix(16))
    }
}
