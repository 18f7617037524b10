import JSON
import Testing

@Suite struct JSONReaderTests {
    // RFC 8259: a text that must be read, and its one canonical spelling here.
    static let accepted: [(text: String, canonical: String)] = [
        ("null", "null"), ("true", "true"), ("false", "false"), ("0", "0"), ("-0", "-0"),
        (" \t\r\n1 \t\r\n", "1"), ("[]", "[]"), ("{}", "{}"), ("[ ]", "[]"), ("{ }", "{}"),
        ("\"\"", "\"\""), ("-1", "-1"), ("10", "10"), ("1.5", "1.5"), ("-0.0", "-0.0"),
        ("1e5", "1e5"), ("1E+5", "1E+5"), ("1e-05", "1e-05"), ("0e0", "0e0"), ("0.10E1", "0.10E1"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("[1,[2,[3]],{}]", "[1,[2,[3]],{}]"), ("[null,true,false]", "[null,true,false]"),
        (#"{"b":1,"a":{"d":[],"c":""}}"#, #"{"a":{"c":"","d":[]},"b":1}"#),
        (#"{ "a" : 1 , "b" : 2 }"#, #"{"a":1,"b":2}"#), (#"{"":0}"#, #"{"":0}"#),
        (#""\"\\\/\b\f\n\r\t""#, #""\"\\/\b\f\n\r\t""#),
        (#""\u0041\u00e9\u1234""#, "\"Aé\u{1234}\""),
        (#""\uD83D\uDE00""#, "\"😀\""), (#""\ud83d\ude00x""#, "\"😀x\""),
        ("\"😀é\u{7f}\"", "\"😀é\u{7f}\""),
        (#""\u0000\u001F""#, #""\u0000\u001f""#), (#""\uFFFF\uFEFF""#, "\"\u{ffff}\u{feff}\""),
        ("\"\u{2028}\u{2029}\"", "\"\u{2028}\u{2029}\""),
        (#"["a\u0020b","\\u0041"]"#, #"["a b","\\u0041"]"#),
        // Equal for Swift's String, different for JSON: not one key twice.
        ("{\"\u{e9}\":1,\"e\u{301}\":2}", "{\"e\u{301}\":2,\"\u{e9}\":1}"),
    ]

    @Test("reads every form that RFC 8259 allows", arguments: accepted)
    func accepts(_ known: (text: String, canonical: String)) throws {
        let value = try JSON(parsing: known.text)
        #expect(Array(value.canonical.utf8) == Array(known.canonical.utf8))
        #expect(try JSON(parsing: value.canonical) == value)
        #expect(try JSON(parsing: value.compactBytes) == value)
        #expect(try JSON(parsing: value.text(indent: 3)) == value)
    }

    static let refused: [(text: String, code: JSONError.Code)] = [
        ("", .unexpectedEnd), ("  \n", .unexpectedEnd), ("[", .unexpectedEnd),
        ("{", .unexpectedEnd),
        ("[1", .unexpectedEnd), ("[1,", .unexpectedEnd), ("[1,]", .unexpectedByte),
        ("[,1]", .unexpectedByte), ("[1,,2]", .unexpectedByte), ("[1 2]", .unexpectedByte),
        ("]", .unexpectedByte), ("[1]]", .trailingBytes), ("[1}", .unexpectedByte),
        ("{\"a\"", .unexpectedEnd), ("{\"a\":", .unexpectedEnd), ("{\"a\":1", .unexpectedEnd),
        ("{\"a\":1,", .unexpectedEnd), ("{\"a\":1,}", .unexpectedByte),
        ("{\"a\" 1}", .unexpectedByte),
        ("{a:1}", .unexpectedByte), ("{'a':1}", .unexpectedByte), ("{1:1}", .unexpectedByte),
        ("{\"a\":1 \"b\":2}", .unexpectedByte), ("{null:1}", .unexpectedByte),
        ("{,}", .unexpectedByte),
        ("{\"a\":1}}", .trailingBytes), ("{\"a\":}", .unexpectedByte),
        ("{\"a\"::1}", .unexpectedByte),
        ("1 2", .trailingBytes), ("null x", .trailingBytes), ("truefalse", .trailingBytes),
        ("\"a\"\"b\"", .trailingBytes), ("1\u{0}", .trailingBytes), ("[]//", .trailingBytes),
        ("True", .unexpectedByte), ("nul", .unexpectedEnd), ("nulL", .unexpectedByte),
        ("NaN", .unexpectedByte), ("Infinity", .unexpectedByte), ("-Infinity", .invalidNumber),
        ("-", .unexpectedEnd), ("+1", .unexpectedByte), ("01", .invalidNumber),
        ("-01", .invalidNumber),
        ("00", .invalidNumber), (".5", .unexpectedByte), ("-.5", .invalidNumber),
        ("1.", .unexpectedEnd),
        ("1.e5", .invalidNumber), ("[1.]", .invalidNumber), ("1e", .unexpectedEnd),
        ("1e+", .unexpectedEnd),
        ("[1e]", .invalidNumber), ("1.5.5", .trailingBytes), ("0x10", .trailingBytes),
        ("1_000", .trailingBytes),
        ("1e5.5", .trailingBytes), ("１", .unexpectedByte), ("--1", .invalidNumber),
        ("[-]", .invalidNumber),
        ("\"", .unexpectedEnd), ("\"a", .unexpectedEnd), ("\"a\\", .unexpectedEnd),
        ("'a'", .unexpectedByte),
        ("\"\\x41\"", .invalidEscape), ("\"\\a\"", .invalidEscape), ("\"\\'\"", .invalidEscape),
        ("\"\\U0041\"", .invalidEscape), ("\"\\u004\"", .invalidEscape),
        ("\"\\u00g1\"", .invalidEscape),
        ("\"\\u+041\"", .invalidEscape), ("\"\\u00", .unexpectedEnd),
        ("\"\\u００４１\"", .invalidEscape),
        ("\"\n\"", .controlCharacter), ("\"\t\"", .controlCharacter),
        ("\"\u{0}\"", .controlCharacter),
        ("\"\u{1f}\"", .controlCharacter), ("\"\\n\r\"", .controlCharacter),
        ("{\"\t\":1}", .controlCharacter),
        ("\"\\ud800\"", .loneSurrogate), ("\"\\udc00\"", .loneSurrogate),
        ("\"\\ud800\\ud800\"", .loneSurrogate),
        ("\"\\ud800\\u0041\"", .loneSurrogate), ("\"\\ud800x\"", .loneSurrogate),
        ("\"\\ud83d\\n\"", .loneSurrogate),
        ("\"\\udc00\\ud800\"", .loneSurrogate), ("\"\\ud800\\\"", .loneSurrogate),
        ("\"\\ud800", .loneSurrogate),
        ("{\"\\ud800\":1}", .loneSurrogate), ("\u{feff}1", .byteOrderMark),
        ("[\u{feff}]", .unexpectedByte),
        ("\u{a0}1", .unexpectedByte), ("\u{c}1", .unexpectedByte), ("\u{b}1", .unexpectedByte),
        ("/* */1", .unexpectedByte), ("# c\n1", .unexpectedByte), ("<html>", .unexpectedByte),
        (#"{"a":1,"a":1}"#, .duplicateKey), (#"{"a":1,"\u0061":2}"#, .duplicateKey),
        (#"[{"x":{"a":1,"b":2,"a":3}}]"#, .duplicateKey), (#"{"":1,"":2}"#, .duplicateKey),
    ]

    @Test("refuses every form that RFC 8259 does not have", arguments: refused)
    func refuses(_ known: (text: String, code: JSONError.Code)) {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: known.text) }
        #expect(error?.code == known.code)
    }

    // RFC 3629 section 3 and 4, Unicode 15 table 3-7: the ill-formed sequences.
    static let notUTF8: [[UInt8]] = [
        [0x80], [0xbf], [0xc0, 0x80], [0xc1, 0xbf], [0xc3], [0xe2, 0x82], [0xe0, 0x80, 0x80],
        [0xed, 0xa0, 0x80], [0xed, 0xbf, 0xbf], [0xf0, 0x80, 0x80, 0x80], [0xf4, 0x90, 0x80, 0x80],
        [0xf5, 0x80, 0x80, 0x80], [0xf0, 0x9f, 0x98], [0xff], [0xfe],
    ]

    @Test(
        "refuses what is not UTF-8, in plain strings, after escapes and in keys", arguments: notUTF8
    )
    func refusesOtherEncodings(_ bytes: [UInt8]) {
        let forms: [(before: String, after: String, column: Int)] = [
            ("\"é", "\"", 3), ("\"\\né", "\"", 5), ("\"", "\\n\"", 2), ("{\"é", "\":1}", 4),
        ]
        for form in forms {
            let error = #expect(throws: JSONError.self) {
                try JSON(parsing: Array(form.before.utf8) + bytes + Array(form.after.utf8))
            }
            #expect(error?.code == .invalidUTF8)
            #expect(error?.column == form.column)
        }
    }

    @Test("refuses any text in UTF-16")
    func refusesUTF16() {
        #expect(throws: JSONError.self) { try JSON(parsing: [0xff, 0xfe, 0x31, 0x00]) }
        #expect(throws: JSONError.self) { try JSON(parsing: [0x00, 0x31]) }
    }

    @Test("reads up to the depth limit and no deeper, without using up the stack")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try JSON(parsing: nested(64)).array != nil)
        let error = #expect(throws: JSONError.self) { try JSON(parsing: nested(65)) }
        #expect(error?.code == .tooDeep)
        #expect(error?.column == 65)
        let objects = String(repeating: "{\"a\":", count: 3) + "1" + "}}}"
        #expect(throws: JSONError.self) {
            try JSON(parsing: objects, limits: JSONLimits(depth: 2))
        }
        #expect(throws: JSONError.self) {
            try JSON(
                parsing: String(repeating: "[", count: 1_000_000), limits: JSONLimits(depth: .max))
        }
        let mixed =
            String(repeating: "[{\"a\":", count: 256) + "1" + String(repeating: "}]", count: 256)
        #expect(try JSON(parsing: mixed, limits: JSONLimits(depth: 512)).array?.count == 1)
        #expect(
            try JSON(parsing: nested(512), limits: JSONLimits(depth: .max)).array?.count == 1)
    }

    @Test("refuses a text over the size limit before reading it")
    func size() throws {
        #expect(try JSON(parsing: "1234", limits: JSONLimits(bytes: 4)).int == 1234)
        let error = #expect(throws: JSONError.self) {
            try JSON(parsing: "12345", limits: JSONLimits(bytes: 4))
        }
        #expect(error?.code == .tooLarge)
    }

    @Test("finds a key that stands twice among ten thousand")
    func manyMembers() throws {
        let members = (0..<10_000).map { "\"key\($0)\":\($0)" }
        let object = try JSON(parsing: "{" + members.joined(separator: ",") + "}")
        #expect(object.object?.members.count == 10_000)
        #expect(object["key9999"]?.int == 9999)
        #expect(object["key10000"] == nil)

        let doubled = (members + ["\"\\u006bey0\":1"]).joined(separator: ",")
        let error = #expect(throws: JSONError.self) { try JSON(parsing: "{\(doubled)}") }
        #expect(error?.code == .duplicateKey)
    }
}
