import GaaraStore
import Testing

@Suite struct SecretValueTests {
    /// Not private: the name of a private type is printed with a memory address, whose digits would
    /// sometimes be those that must not show.
    struct Holder {
        let value = SecretValue(string: "canary")
        let values = ["a": SecretValue(string: "canary"), "b": SecretValue(binary: [0x63, 0x61])]
        let maybe: SecretValue? = SecretValue(string: "canary")
    }

    @Test("no way to print a value, or what holds it, shows it")
    func redacted() {
        let holder = Holder()
        var printed = "\(holder.value) \(holder) \(holder.values) \([holder.value])"
        printed += String(describing: holder.maybe) + String(reflecting: holder)
        printed += String(reflecting: holder.value) + String(describing: Mirror(reflecting: holder))
        dump(holder, to: &printed)
        print(holder.value, holder, to: &printed)
        #expect(!printed.contains("canary"))
        #expect(!printed.contains("unknown context"))
        // 0x63, the first byte of the binary one.
        #expect(!printed.contains(/\b99\b/))
        #expect(printed.contains("<redacted>"))
        #expect(Mirror(reflecting: holder.value).children.isEmpty)
    }

    @Test("encoding writes the word redacted")
    func encoded() throws {
        let encoder = RecordingEncoder()
        try SecretValue(string: "canary").encode(to: encoder)
        #expect(encoder.written == ["<redacted>"])
    }

    @Test("revealed gives the text, and nothing for bytes that are none")
    func revealed() {
        #expect(SecretValue(string: "é\u{0}😀").revealed() == "é\u{0}😀")
        #expect(SecretValue(binary: Array("text".utf8)).revealed() == "text")
        #expect(SecretValue(binary: [0xFF]).revealed() == nil)
        #expect(SecretValue(string: "").revealed() == "")
    }

    @Test("values are equal by their bytes alone")
    func equality() {
        let value = SecretValue(string: "abc")
        #expect(value.constantTimeEquals(SecretValue(binary: [0x61, 0x62, 0x63])))
        #expect(!value.constantTimeEquals(SecretValue(string: "abd")))
        #expect(!value.constantTimeEquals(SecretValue(string: "abcd")))
        #expect(SecretValue(string: "").constantTimeEquals(SecretValue(binary: [])))
    }

    @Test("the count is of bytes, and the kind is the caller's")
    func shape() {
        #expect(SecretValue(string: "é").byteCount == 2)
        #expect(SecretValue(string: "").kind == .string)
        #expect(SecretValue(binary: []).kind == .binary)
    }
}
