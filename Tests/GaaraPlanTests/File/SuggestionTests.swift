import Testing

@testable import GaaraPlan

@Suite("Did you mean")
struct SuggestionTests {
    private let words = ["recovery-window", "protect", "replicas", "rotation", "value", "variable"]

    @Test(
        "the nearest word is meant, and a far one is not",
        arguments: [
            ("recovery_window", "recovery-window"), ("Protect", "protect"), ("rotaton", "rotation"),
            ("vaule", "value"), ("replica", "replicas"), ("varaible", "variable"), ("colour", nil),
            ("", nil), ("x", nil),
        ])
    func nearest(text: String, word: String?) {
        #expect(Suggestion.nearest(to: text, among: words) == word)
    }
}
