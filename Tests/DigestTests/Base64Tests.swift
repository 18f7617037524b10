import Digest
import Testing

@Suite struct Base64Tests {
    // RFC 4648 section 10.
    @Test(
        "spells and reads the test vectors of RFC 4648",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
        ])
    func vectors(bytes: String, text: String) {
        #expect(Base64.encode(Array(bytes.utf8)) == text)
        #expect(Base64.decode(text) == Array(bytes.utf8))
    }

    @Test("reads back what it spells, for every length up to 70 and every byte")
    func roundTrip() {
        for length in 0...70 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ length) }
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        }
        let all = Array(UInt8.min...UInt8.max)
        #expect(Base64.decode(Base64.encode(all)) == all)
        #expect(Base64.encode([0xfb, 0xff]) == "+/8=")
    }

    @Test(
        "refuses everything that is not the one spelling",
        arguments: [
            "Zg", "Zg=", "Zg===", "Z===", "====", "=", "Zm9v=", "Zm9vZg", "Zg==Zg==", "Zh==",
            "Zm9=",
            "Zm9v\n", "Zm 9v", "Zm9v====", "Zm-_", "Zm9\u{e9}", "Z=g=", "AA=A",
        ])
    func refuses(_ text: String) {
        #expect(Base64.decode(text) == nil)
    }
}
