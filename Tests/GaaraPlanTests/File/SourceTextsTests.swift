import GaaraPlan
import JSON
import Testing

@Suite("Diagnostics as they are shown")
struct SourceTextsTests {
    private func shown(_ line: String, column: Int, conceals: Bool = false) -> [String] {
        var texts = SourceTexts()
        texts.add("p.yaml", Array("first\n\(line)\n".utf8))
        let place = Place(file: "p.yaml", line: 2, column: column)
        let diagnostic = Diagnostic(
            .error, "unknown-key", "wrong", at: place, concealsSource: conceals)
        return texts.render(diagnostic).split(separator: "\n").map(String.init)
    }

    @Test(
        "the caret stands under the column, whatever comes before it",
        arguments: [
            ("key: value", 6, "         ^"), ("\tkey: value", 7, "    \t     ^"),
            // Wide characters take two cells, combining ones none.
            ("\u{5BC6}\u{94A5}: v", 5, "          ^"), ("e\u{301}: v", 5, "       ^"),
        ])
    func caret(line: String, column: Int, caret: String) {
        #expect(
            shown(line, column: column) == [
                "p.yaml:2:\(column): error: wrong", "    " + line, caret,
            ])
    }

    @Test("of a long line the part around the caret is shown")
    func longLine() {
        let lines = shown(String(repeating: "x", count: 500) + "!", column: 501)
        #expect(lines[1] == "    ... " + String(repeating: "x", count: 60) + "!")
        #expect(lines[2] == "        " + String(repeating: " ", count: 60) + "^")
    }

    @Test("nothing in a file can move the cursor, colour or reorder the terminal")
    func escapes() {
        let line = "a\u{1B}[31m\u{202E}\u{9B}b"
        #expect(shown(line, column: 8)[1] == #"    a\u{1B}[31m\u{202E}\u{9B}b"#)
    }

    @Test("what may be a secret is not shown, nor what follows it")
    func conceals() {
        #expect(
            shown("value: hunter2 # x", column: 8, conceals: true)[1] == "    value: (not shown)")
    }

    @Test("a place beyond the text, and no place at all, still give the message")
    func noLine() {
        #expect(
            SourceTexts().render(Diagnostic(.note, "x", "words", hint: "do"))
                == "note: words\nhint: do")
        #expect(shown("x", column: 99)[2] == "     ^")
    }

    @Test("JSON has every member, and null for what there is none of")
    func json() {
        let place = Place(file: "p.yaml", line: 2, column: 3)
        let diagnostic = Diagnostic(.warning, "x", "words", at: place)
        #expect(
            diagnostic.json == [
                "severity": "warning", "code": "x", "file": "p.yaml", "line": 2, "column": 3,
                "message": "words", "hint": nil,
            ])
        #expect(Diagnostic(.note, "x", "words").json["file"] == .null)
    }

    @Test("they are sorted by place, what has none first")
    func order() {
        func at(_ line: Int, _ severity: Diagnostic.Severity, _ code: String) -> Diagnostic {
            Diagnostic(severity, code, "", at: Place(file: "p", line: line, column: 1))
        }
        let sorted = Diagnostic.inOrder([
            at(2, .note, "d"), at(1, .error, "b"), at(2, .error, "c"), Diagnostic(.error, "a", ""),
        ])
        #expect(sorted.map(\.code) == ["a", "b", "c", "d"])
    }
}
