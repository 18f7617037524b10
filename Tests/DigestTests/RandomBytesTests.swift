import Digest
import Testing

@Suite struct RandomBytesTests {
    @Test("gives as many bytes as were asked for, other ones each time")
    func draws() throws {
        let first = try RandomBytes.make(count: 32)
        let second = try RandomBytes.make(count: 32)
        #expect(first.count == 32)
        #expect(first != second)
        #expect(first != [UInt8](repeating: 0, count: 32))
    }

    @Test("gives none for zero or less")
    func none() throws {
        #expect(try RandomBytes.make(count: 0) == [])
        #expect(try RandomBytes.make(count: -1) == [])
    }

    @Test("refuses more than libcrypto can count, in words")
    func tooMany() {
        let error = #expect(throws: DigestError.self) {
            _ = try RandomBytes.make(count: Int(Int32.max) + 1)
        }
        #expect(error == .tooManyBytes(2_147_483_648))
        #expect(
            error?.description
                == "cannot draw 2147483648 random bytes at once: ask for at most 2147483647")
    }
}
