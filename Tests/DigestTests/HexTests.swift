import Digest
import Testing

@Suite struct HexTests {
    @Test("spells every byte with two lower-case digits and reads them back")
    func roundTrip() {
        let bytes = Array(UInt8.min...UInt8.max)
        let text = Hex.encode(bytes)
        #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff"))
        #expect(text == text.lowercased())
        #expect(Hex.decode(text) == bytes)
        #expect(Hex.decode(text.uppercased()) == bytes)
    }

    @Test(
        "refuses what is no pair of digits",
        arguments: ["0", "0g", "g0", " 00", "00 ", "0x00", "٠٠"])
    func refuses(_ text: String) {
        #expect(Hex.decode(text) == nil)
    }
}
