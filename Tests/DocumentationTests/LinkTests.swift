import POSIX
import Testing

struct LinkTests {
    @Test("every link of a document to a file of the repository leads to one")
    func files() throws {
        var count = 0
        for name in Documents.names + ["CHANGELOG.md"] {
            let folder = name.contains("/") ? "docs/" : ""
            for match in try Documents.text(name).matches(of: /\]\(([^)]+)\)/) {
                let target = match.1.split(separator: "#", omittingEmptySubsequences: false)[0]
                guard !target.isEmpty, !target.hasPrefix("https://") else { continue }
                count += 1
                let path = Documents.root + folder + target
                #expect(throws: Never.self, "\(name): \(target)") {
                    _ = try File.read(path, maximumBytes: 1 << 20)
                }
            }
        }
        #expect(count >= 10)
    }
}
