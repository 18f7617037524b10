import JSON
import Testing

@Suite struct JSONErrorTests {
    static let places: [(text: String, line: Int, column: Int)] = [
        ("x", 1, 1), ("[1,\n 2,\n x]", 3, 2), ("[1,\r\n\r\nx]", 3, 1), ("[1,\r\rx]", 3, 1),
        ("[\"😀é\", x]", 1, 8), ("{\"a\":1,\n  \"a\":2}", 2, 3), ("[\n01]", 2, 1),
        ("[\"ab\\q\"]", 1, 5), ("[1", 1, 3), ("\n\n", 3, 1), ("{}\n{}", 2, 1),
    ]

    @Test("tells the line and the column of the fault, counted in characters", arguments: places)
    func tellsPlace(_ known: (text: String, line: Int, column: Int)) {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: known.text) }
        #expect(error?.line == known.line)
        #expect(error?.column == known.column)
        #expect(error?.description.hasPrefix("\(known.line):\(known.column): ") == true)
    }

    @Test("never repeats any of the text, which may be a secret")
    func repeatsNothing() {
        let texts = [
            "\"canary\\q\"", "{\"canary\":1,\"canary\":2}", "canary", "[\"canary\" canary]",
            "\"canary\u{1}\"", "\"canary", "\"canary\\ud800\"", "1canary",
        ]
        for text in texts {
            let error = #expect(throws: JSONError.self) { try JSON(parsing: text) }
            #expect(!String(reflecting: error).contains("canary"))
            var dumped = ""
            dump(error, to: &dumped)
            #expect(!dumped.contains("canary"))
        }
    }
}
