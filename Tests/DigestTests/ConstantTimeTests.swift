import Digest
import Testing

@Suite struct ConstantTimeTests {
    @Test("is equality: a difference in any one byte counts, and so does the length")
    func equality() {
        let bytes = [UInt8](repeating: 0x5a, count: 32)
        #expect(constantTimeEquals(bytes, bytes))
        #expect(constantTimeEquals([], []))
        for position in bytes.indices {
            var other = bytes
            other[position] ^= 1
            #expect(!constantTimeEquals(bytes, other))
        }
        #expect(!constantTimeEquals(bytes, Array(bytes.dropLast())))
        #expect(!constantTimeEquals(bytes, []))
    }
}
