import Digest
import Testing

@Suite struct HMACSHA256Tests {
    struct Case: CustomTestStringConvertible {
        let name: String
        let key: [UInt8]
        let message: [UInt8]
        let code: String

        var testDescription: String { name }
    }

    // RFC 4231 section 4, HMAC-SHA-256. Case 5 is of a truncated code and gives the first half.
    static let cases = [
        Case(
            name: "RFC 4231 case 1", key: [UInt8](repeating: 0x0b, count: 20),
            message: Array("Hi There".utf8),
            code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        Case(
            name: "RFC 4231 case 2", key: Array("Jefe".utf8),
            message: Array("what do ya want for nothing?".utf8),
            code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        Case(
            name: "RFC 4231 case 3", key: [UInt8](repeating: 0xaa, count: 20),
            message: [UInt8](repeating: 0xdd, count: 50),
            code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        Case(
            name: "RFC 4231 case 4", key: Array(0x01...0x19),
            message: [UInt8](repeating: 0xcd, count: 50),
            code: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        Case(
            name: "RFC 4231 case 5", key: [UInt8](repeating: 0x0c, count: 20),
            message: Array("Test With Truncation".utf8),
            code: "a3b6167473100ee06e0c796c2955552b"),
        Case(
            name: "RFC 4231 case 6", key: [UInt8](repeating: 0xaa, count: 131),
            message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        Case(
            name: "RFC 4231 case 7", key: [UInt8](repeating: 0xaa, count: 131),
            message: Array(
                ("This is a test using a larger than block-size key and a larger than "
                    + "block-size data. The key needs to be hashed before being used by the "
                    + "HMAC algorithm.").utf8),
            code: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
    ]

    @Test("gives the published code of each known key and message", arguments: cases)
    func knownAnswers(_ known: Case) {
        let code = Hex.encode(HMACSHA256.code(key: known.key, message: known.message))
        #expect(code.hasPrefix(known.code))
        #expect(code.utf8.count == 64)
    }

    @Test("hashes a key only when it is longer than a block of 64 bytes")
    func blockBoundary() {
        let message = Array("message".utf8)
        let block = [UInt8](repeating: 7, count: 64)
        let longer = [UInt8](repeating: 7, count: 65)
        // RFC 2104 section 2: a shorter key is filled up with zeros, a longer one hashed first.
        #expect(
            HMACSHA256.code(key: block, message: message)
                != HMACSHA256.code(key: SHA256.hash(block), message: message))
        #expect(
            HMACSHA256.code(key: longer, message: message)
                == HMACSHA256.code(key: SHA256.hash(longer), message: message))
    }
}
