import Testing

@testable import GaaraPlan

@Suite("Patterns")
struct PatternTests {
    private let name = Pattern.sequence([
        .oneOf([.literal("role/"), .literal("user/")]),
        .repeated(.sequence([.characters("a-z-", 1...8), .literal("/")]), 0...2),
        .characters("a-z0-9_-", 1...Int.max),
    ])

    @Test(
        "match the whole of a text, backing up where they must",
        arguments: [
            ("role/app", true), ("user/a/b/c", true), ("role/a/b/c/d", false), ("role/", false),
            ("group/app", false), ("role/app ", false), ("role/App", false), ("", false),
            ("role/a-b/c-1", true),
        ])
    func matches(text: String, isMatch: Bool) {
        #expect(name.matches(text) == isMatch)
    }

    @Test("print as the same regular expression")
    func prints() {
        #expect(
            name.regularExpression == #"^(role\/|user\/)([a-z-]{1,8}\/){0,2}[a-z0-9_-]+$"#)
    }

    @Test(
        "of integers hold exactly the range",
        arguments: [
            7...30, 90...2560, 1...1000, 1...24, 0...0, 5...5, 199...1101, 1...99_999,
        ])
    func integers(range: ClosedRange<Int>) {
        let pattern = Pattern.integers(range)
        let near = max(0, range.lowerBound - 120)...min(range.upperBound + 120, 12_000)
        #expect(near.allSatisfy { pattern.matches(String($0)) == range.contains($0) })
        #expect(!pattern.matches("0\(range.upperBound)"))
        #expect(pattern.matches(String(range.upperBound)))
        #expect(!pattern.matches(String(range.upperBound + 1)))
    }
}
