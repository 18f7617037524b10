import Testing
import YAML

@Suite struct YAMLLimitsTests {
    private func codes(_ text: String) -> [String] {
        YAMLReader().read(Array(text.utf8)).faults.map {
            "\($0.mark.line):\($0.mark.column) \($0.code)"
        }
    }

    @Test("32 levels are read, and the 33rd is refused")
    func depth() {
        let brackets = { (count: Int) in
            String(repeating: "[", count: count) + String(repeating: "]", count: count)
        }
        #expect(codes(brackets(32)) == [])
        #expect(codes(brackets(33)) == ["1:33 too-deep"])
    }

    // libyaml 0.2.5 needs 36 seconds for these when it is left alone.
    @Test("100,000 opening brackets are refused in under two seconds")
    func manyBrackets() {
        let text = String(repeating: "[", count: 100_000)
        let taken = ContinuousClock().measure {
            #expect(codes(text) == ["1:33 too-deep"])
        }
        #expect(taken < .seconds(2))
    }

    // libyaml 0.2.5 needs 8 seconds for these when it is left alone.
    @Test("a megabyte of %TAG directives is refused in under two seconds")
    func manyDirectives() {
        let text = (0..<35_000).map { "%TAG !a\($0)! tag:x,\($0):\n" }.joined() + "---\na: b\n"
        let taken = ContinuousClock().measure {
            let found = codes(text)
            #expect(found.count == 100)
            #expect(found.first == "1:1 directive")
        }
        #expect(taken < .seconds(2))
    }

    @Test("nested aliases are refused, not expanded")
    func aliasBomb() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...11 {
            let alias = "*a\(level - 1)"
            text +=
                "a\(level): &a\(level) [" + (1...9).map { _ in alias }.joined(separator: ",")
                + "]\n"
        }
        let found = codes(text)
        #expect(found.count == 100)
        #expect(found.allSatisfy { $0.hasSuffix("alias") || $0.hasSuffix("anchor") })
    }

    @Test("more than a mebibyte is refused unread, and a mebibyte is read")
    func size() {
        let comment = "a: b\n#" + String(repeating: "x", count: (1 << 20) - 6)
        #expect(codes(comment) == [])
        #expect(codes(comment + "x") == ["1:1 too-large"])
    }

    @Test("more than 100,000 events are refused")
    func events() {
        // Four events beside the entries: stream start, document start, list start and list end
        // come before the document's own end.
        let list = { (count: Int) in String(repeating: "-\n", count: count) }
        #expect(codes(list(90_000)) == [])
        #expect(codes(list(100_001)).map { $0.split(separator: " ").last } == ["too-large"])
    }

    @Test("after 100 faults reading stops")
    func faults() {
        let text = (0..<500).map { "a\($0): &b c\n" }.joined()
        #expect(codes(text).count == 100)
    }
}
