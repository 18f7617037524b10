import JSON
import Testing

@Suite struct JSONWriterTests {
    // RFC 8785 section 3.2.3: the names of its example, in the order that it gives.
    @Test("sorts members by their UTF-16 code units")
    func memberOrder() throws {
        let names = ["\u{20ac}", "\r", "\u{fb33}", "1", "\u{1f600}", "\u{80}", "\u{f6}"]
        let object = JSON.object(JSONObject(names.map { ($0, .null) }))
        let sorted = try JSON(parsing: object.canonical).object?.members.map(\.key)
        #expect(
            sorted == ["\r", "1", "\u{80}", "\u{f6}", "\u{20ac}", "\u{1f600}", "\u{fb33}"])
    }

    // RFC 8785 section 3.2.2.2.
    @Test("escapes what must be escaped and nothing else")
    func escapes() {
        let text = (0..<0x20).map { String(Unicode.Scalar(UInt8($0))) }.joined()
        #expect(
            JSON.string(text + "\"\\/\u{7f}é\u{2028}").canonical
                == #""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f"#
                + #"\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b"#
                + #"\u001c\u001d\u001e\u001f\"\\/"# + "\u{7f}é\u{2028}\"")
    }

    @Test("for people, nothing in a text can move the cursor, colour or reorder the terminal")
    func escapesForTerminals() throws {
        let value: JSON = ["a\u{9b}": "\u{1b}[31m\u{7f}\u{202e}\u{2066}\u{200f}\u{2028}é😀"]
        let text = value.text(indent: 0)
        #expect(text.contains(#""a\u009b""#))
        #expect(text.contains(#""\u001b[31m\u007f\u202e\u2066\u200f\u2028é😀""#))
        #expect(try JSON(parsing: text) == value)
    }

    @Test("quotes bytes into a body as the string of the same text is quoted")
    func quotesBytes() {
        let text = "pa\"ss\\wörd\n\u{1}😀"
        var bytes = Array("{\"SecretString\":".utf8)
        JSON.appendQuoted(text.utf8, to: &bytes)
        bytes.append(UInt8(ascii: "}"))
        let object: JSON = ["SecretString": .string(text)]
        #expect(bytes == object.compactBytes)
    }

    static let value: JSON = [
        "b": [1, true, nil, "x"], "a": ["empty": [:], "none": []], "c": JSON.number("1.50"),
    ]

    @Test("keeps the order of members and the text of numbers when it is compact")
    func compact() {
        #expect(
            Self.value.compact
                == #"{"b":[1,true,null,"x"],"a":{"empty":{},"none":[]},"c":1.50}"#)
        #expect(Self.value.compactBytes == Array(Self.value.compact.utf8))
    }

    @Test("sorts on every level when it is canonical")
    func canonical() {
        #expect(
            Self.value.canonical
                == #"{"a":{"empty":{},"none":[]},"b":[1,true,null,"x"],"c":1.50}"#)
    }

    @Test("puts each member on its own line for people")
    func indented() {
        #expect(
            Self.value.text(indent: 2) == """
                {
                  "b": [
                    1,
                    true,
                    null,
                    "x"
                  ],
                  "a": {
                    "empty": {},
                    "none": []
                  },
                  "c": 1.50
                }
                """)
    }
}
