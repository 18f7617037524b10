import Testing

struct SnippetTests {
    @Test("every line of Swift in the documents that uses the library is compiled here")
    func compiled() throws {
        let source = try Documents.lines("Tests/DocumentationTests/Snippets.swift").map(code)
        let blocks = try Block.all().filter {
            $0.kind == "swift" && $0.lines.contains("import GaaraSecrets")
        }
        #expect(blocks.count >= 3)
        for line in blocks.flatMap(\.lines).map(code) where !line.isEmpty {
            #expect(source.contains(line), "\(line)")
        }
    }

    @Test("a test of a service gives the resolver an environment of its own, as Usage.md says")
    func ownEnvironment() async throws {
        #expect(try await Snippets.testing() == "postgresql://test")
    }

    /// Without indentation and comment.
    private func code(_ line: String) -> String {
        var text = line.drop { $0 == " " }
        if let comment = text.firstRange(of: "//"), !text.contains("://") {
            text = text[..<comment.lowerBound]
        }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
