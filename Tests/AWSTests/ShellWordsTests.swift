import Testing

@testable import AWS

@Suite("ShellWords")
struct ShellWordsTests {
    @Test(
        "a line is cut as a POSIX shell cuts it",
        arguments: [
            // Python 3 shlex.split, which the AWS CLI uses.
            ("a  b\tc", ["a", "b", "c"]), ("", []), ("   ", []), ("''", [""]),
            ("a 'b c' \"d e\"", ["a", "b c", "d e"]), ("a'b'\"c\"d", ["abcd"]),
            (#"a\ b \"c"#, ["a b", "\"c"]), (#"'a\b'"#, [#"a\b"#]),
            (#""a\"b\\c\d""#, [#"a"b\c\d"#]), ("'a|b' '|' x", ["a|b", "|", "x"]),
            ("p --url https://x?a=1&b=2", ["p", "--url", "https://x?a=1&b=2"]),
            ("p $HOME ~ *", ["p", "$HOME", "~", "*"]), ("é 'ü e\u{301}'", ["é", "ü e\u{301}"]),
        ])
    func words(line: String, words: [String]) throws {
        #expect(try ShellWords.split(line) == words)
    }

    @Test(
        "an open quote, a last backslash and a shell's operator are errors",
        arguments: [
            ("a 'b", ShellWords.Fault.unterminatedQuote), ("a \"b\\", .unterminatedQuote),
            ("a \\", .trailingBackslash), ("a | b", .shellOperator("|")),
            ("a && b", .shellOperator("&&")), ("a > b", .shellOperator(">")),
        ])
    func faults(line: String, fault: ShellWords.Fault) {
        #expect(throws: fault) { try ShellWords.split(line) }
    }
}
