import Testing

struct SecurityTests {
    /// The cells of each rule: what has to be true, the file, and the test's name.
    private static func rules() throws -> [[String]] {
        let lines = try Documents.lines("docs/Security.md")
        let start = lines.firstIndex { $0.hasPrefix("## The client's rules") } ?? lines.endIndex
        let section = lines[start...].dropFirst().prefix { !$0.hasPrefix("## ") }
        return section.filter { $0.hasPrefix("| ") }.dropFirst().map { line in
            line.dropFirst(2).dropLast(2).split(separator: " | ").map(String.init)
        }
    }

    @Test("every rule of docs/Security.md names a test that there is")
    func tests() throws {
        let rules = try Self.rules()
        #expect(rules.count >= 30)
        for rule in rules {
            try #require(rule.count == 3, "\(rule)")
            let file = try Documents.text("Tests/" + rule[1].filter { $0 != "`" })
            #expect(Self.has(rule[2], in: file), "\(rule[1]): \(rule[2])")
        }
        #expect(Set(rules.map { $0[0] }).count == rules.count)
    }

    private static func has(_ test: String, in source: String) -> Bool {
        source.split(separator: "@Test(", omittingEmptySubsequences: false).dropFirst().contains {
            rest in
            rest.drop(while: \.isWhitespace).hasPrefix("\"\(test)\"")
        }
    }

    @Test("a test is found by its name, and what only looks like one is not")
    func names() {
        let source = """
            @Test("one") @Test(
                "two", arguments: [1]) // "three"
            """
        #expect(
            ["one", "two", "three", "on"].map { Self.has($0, in: source) } == [
                true, true, false, false,
            ])
    }
}
