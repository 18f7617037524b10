import Glibc
import POSIX
import Testing

@Suite struct TerminalTests {
    @Test(
        "control characters become visible, all else stays",
        arguments: [
            ("plain, \u{E9}\u{4E2D}\u{1F600} \\", "plain, \u{E9}\u{4E2D}\u{1F600} \\"),
            ("\u{1B}[31mred", "\\u{1b}[31mred"),
            ("\u{1B}]52;c;aGk=\u{07}", "\\u{1b}]52;c;aGk=\\u{7}"),
            ("a\r\nb\tc\0", "a\\u{d}\\u{a}b\\u{9}c\\u{0}"),
            ("\u{7F}\u{80}\u{9B}\u{9F}\u{A0}", "\\u{7f}\\u{80}\\u{9b}\\u{9f}\u{A0}"),
            ("\u{202A}\u{202E}\u{2066}\u{2069}", "\\u{202a}\\u{202e}\\u{2066}\\u{2069}"),
            ("\u{200E}\u{200F}\u{61C}\u{2028}", "\\u{200e}\\u{200f}\\u{61c}\\u{2028}"),
            ("e\u{301}\u{200D}", "e\u{301}\u{200D}"),
        ])
    func escaped(_ text: String, _ expected: String) {
        #expect(Terminal.escaped(text) == expected)
    }

    @Test("what is no terminal has no width")
    func noTerminal() {
        let descriptor = dup(STDERR_FILENO)
        close(descriptor)
        #expect(!Terminal.isTerminal(descriptor))
        #expect(Terminal.width(descriptor) == nil)
    }
}
