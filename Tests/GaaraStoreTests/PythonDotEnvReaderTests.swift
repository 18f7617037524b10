import GaaraStore
import POSIX
import Testing

/// Our reading in the terms of python-dotenv's.
private func reading(_ question: PythonDotEnv.Question) -> PythonDotEnv.Answer {
    let read = DotEnv(
        reading: question.text, environment: question.environment, precedence: question.precedence)
    guard !read.errors.contains(where: { $0.code == "encoding" }) else { return .notUTF8 }
    let pairs = read.keys.map { key in
        PythonDotEnv.Answer.Pair(key: key, value: read[key]?.value?.bytes.withBytes { $0 })
    }
    // What python-dotenv drops with a warning is an error here; `nul` and `key` are our errors
    // about statements that it accepts, since no environment variable can have such a value or
    // name.
    let accepted: Set = ["nul", "key"]
    return .values(pairs, dropped: read.errors.count { !accepted.contains($0.code) })
}

private func compare(_ questions: [PythonDotEnv.Question]) throws {
    let answers = try PythonDotEnv.answers(questions)
    try #require(answers.count == questions.count)
    for (question, answer) in zip(questions, answers) {
        let ours = reading(question)
        #expect(ours == answer, "\(question) in \(question.environment), \(question.precedence)")
    }
}

@Suite struct PythonDotEnvReaderTests {
    private let environment = ["A": "of the environment", "E": "", "HOME": "/home/x"]

    @Test("every written case reads as python-dotenv 1.2.4 reads it")
    func written() throws {
        let texts = Self.texts.map { Array($0.utf8) } + Self.bytes
        try compare(
            texts.map { PythonDotEnv.Question(text: $0) }
                + texts.map { PythonDotEnv.Question(text: $0, environment: environment) }
                + texts.map {
                    PythonDotEnv.Question(
                        text: $0, environment: environment, precedence: .environment)
                })
    }

    @Test("5,000 texts made of the pieces that matter read as python-dotenv 1.2.4 reads them")
    func generated() throws {
        var random = Sequence(state: 0x6761_6172_6121)
        let questions = (0..<5_000).map { number in
            let count = Int(random.next() % 16) + 1
            let text = (0..<count).map { _ in Self.pieces.randomElement(using: &random) ?? "" }
            return PythonDotEnv.Question(
                text: Array(text.joined().utf8), environment: number % 3 == 0 ? [:] : environment,
                precedence: number % 3 == 1 ? .environment : .file)
        }
        try compare(questions)
    }

    @Test("2,000 texts of random bytes read as python-dotenv 1.2.4 reads them")
    func randomBytes() throws {
        var random = Sequence(state: 0x6761_6172_6122)
        let alphabet: [UInt8] = Array("AB=='\"\\#${}:- \n\r".utf8) + [0xC3, 0xA9, 0xE2, 0x80, 0xA8]
        let questions = (0..<2_000).map { _ in
            let count = Int(random.next() % 12) + 1
            return PythonDotEnv.Question(
                text: (0..<count).map { _ in alphabet.randomElement(using: &random) ?? 0 })
        }
        try compare(questions)
    }

    /// SplitMix64, so that a failure comes again.
    private struct Sequence: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static let pieces = [
        "A", "B", "A=", "B=", "A='", "B=\"", "=", " = ", "'", "\"", "`", "\\", "\\\\", "\\n",
        "\\'", "\\\"", "#", " #", "\n", "\n", "\r\n", "\r", "$", "${", "}", ":-", ":", "${A}",
        "${B}", "${E}", "${N}", "${A:-d}", "${E:-d}", "${N:-d}", "${A:+x}", "export ", "export",
        "é", "\u{a0}", "\t", "\u{b}", "x y", "\u{85}", "\u{2028}", "\u{1c}", "\u{3000}", "\u{0}",
        "\u{FEFF}", "1", ".", "😀", " ",
    ]

    private static let bytes: [[UInt8]] = [
        [0x41, 0x3D, 0xFF], [0x41, 0x3D, 0xC0, 0xAF], [0x41, 0x3D, 0xED, 0xA0, 0x80],
        [0x41, 0x3D, 0xF4, 0x90, 0x80, 0x80], [0x41, 0x3D, 0xE2, 0x80], [0x23, 0x20, 0xFF, 0x0A],
        [0xFF, 0xFE, 0x41, 0x00], [0xEF, 0xBB, 0xBF], [0xEF, 0xBB], [0x41, 0x3D, 0x00, 0x0A],
        [0x41, 0x3D, 0xF0, 0x9F, 0x98, 0x80], [0x41, 0x3D, 0xF0, 0x8F, 0x98, 0x80],
    ]

    /// The constructs of which loaders differ, and the corners of python-dotenv's own rules.
    private static let texts = [
        "", "\n", " ", "#", "# c", "# c\nA=1", "A=1", "A=1\n", "A=1\r\n", "A=1\rB=2\r",
        "A=1\r\nB=2\r\n", "\u{FEFF}A=1\n", "\u{FEFF}\u{FEFF}A=1\n", "A=\"x y\"", "A='x y'",
        "A=`x y`", "A=it's", "A=x\"y\"", "A=\"say \\\"hi\\\"\"", "A='it\\'s'", "A=\"it\\'s\"",
        "A='say \\\"hi\\\"'", "A=\"a\\nb\"", "A='a\\nb'", "A=a\\nb", "A=\"a\\tb\\rc\\\\d\"",
        "A=\"\\a\\b\\f\\v\\0101\\x41\\u0041\\z\"", "A='a\\\\b'", "A=\"a\\\\nb\"", "A=\"a\\\\\\nb\"",
        "A=C:\\new", "A='C:\\dir\\'", "A=\"C:\\dir\\\"", "A='C:\\dir\\'\nB='2'\n",
        "A=\"one\ntwo\"\nB=1", "A='one\r\ntwo\rthree\nfour'\r\nB=1", "A=\"one\\\r\ntwo\"",
        "A=`one\ntwo`\nB=1", "A=\"open\nB=2\n", "A='open\nB=2\n", "A=\"open\nB=\"2\"\nC=3",
        "A=\"x\"y\nB=2", "A='x' y\nB=2", "A='it'\\''s'\nB=2", "A=b # c", "A=b\t# c", "A=b#c",
        "A=#ff0000", "A= #ff0000", "A=\t#x", "A=  # c\nB=1", "A=\"b\" # c", "A=\"b\"#c", "A='#b'",
        "A=\"b # c\"", "A=b \u{a0}# c", "A=a # b # c", "A=a #", "A=a#", "A=a # ", "export A=1",
        "export\tA=1", "export  A=1", "export A", "export", "export=1", "export =1", "export ",
        "export \n", "export # c", "export\nA=1", "export 'A'=1", "exportA=1", " export A=1",
        "export export A=1", "A = 1", "A =1", "A= 1", " A=1", "\tA=1 ", "A=", "A=\"\"", "A=''",
        "A=   ", "A=\nB=2", "A", "A\nB=1", "A # c", "A#c", "A #=1", "A B=1", "A B", "A=1\nA=2",
        "A=1\nA", "A\nA=1", "A=1\nB=${A}\nA=2", "A=1\nA=${A}2", "B=$A", "B=${A}", "B='${A}'",
        "B=\"${A}\"", "B='\\${A}'", "B=\\${A}", "B=${N}", "B=${N:-d}", "B=${N-d}", "B=${N:-}",
        "B=${E:-d}", "B=${E}", "B=${A:+x}", "B=${A:?x}", "B=${A:x}", "B=${}", "B=${:-d}",
        "B=${:-}", "B=${", "B=${A", "B=${A:-", "B=${A:-d", "B=$", "B=$$", "B=$}", "B=${A}}",
        "B=${a${A}", "B=${N:-${A}}", "B=${N:-a b}", "B=\"${N:-a\nb}\"", "B=\"${N\nM}\"",
        "B=${A}${A}-${N:-d}", "B=x${A}y", "B=${A:b${A}", "B=${HOME}/x", "B=${A }", "B=${ A}",
        "B=$2b$12$abcdefghijklmnopqrstuv", "B=$(id)", "B=`id`", "B=${C}\nC=1", "C\nB=${C}",
        "C\nB=${C:-d}", "C=\nB=${C:-d}", "a.b=1", "a-b=1", "1A=1", "KÉY=1", "'A'=1", "'A B'=1",
        "'A=B'=1", "'A\nB'=1", "'A", "'A=1\nB=2", "''=1", "'A' =1", "'A'B=1", "'A'", "'A' # c",
        "\"A\"=1", "A[0]=1", "A: b", "A:b", "=x", "= x", "=", "hello world", "hello=world=x",
        "A==", "A=b=c", "A==b", "A=x;y&z|w", "A=(1 2)", "A=~", "A=*", "A={\"a\": 1}",
        "A=\"{\\\"a\\\": 1}\"", "A='{\"a\": 1}'", "A=\u{a0}x\u{a0}", "A=x\u{3000}y\u{3000}",
        "\u{a0}A\u{a0}=\u{a0}1", "A=1\u{2028}B=2", "A=1\u{85}B=2", "A=1\u{c}B=2", "A\u{b}=2",
        "A=1\u{1c}#c", "A=a\u{0}b", "A\u{0}=1", "# \u{0}", "A=é # ü", "A=😀", "A='😀\\'😀'",
        "A=\"\\😀\"", "A='\\😀'", "A=\\", "A=\"\\", "A='\\\\'", "A=\"\\\\\"", "A=\"\\\\\" # c",
        "A='a''b'", "A=\"a\"\"b\"", "A='a'\"b\"", "A=a'b c'd", "A=\"a\" 'b'", "A= 'x' ",
        "A=\t\"x\"",
        "A=-----BEGIN KEY-----\nMIIEvQ==\n-----END KEY-----",
        "A=\"-----BEGIN KEY-----\nMIIEvQ==\n-----END KEY-----\"\n", "/* c */\nA=1", "; c\nA=1",
        "// c\nA=1", "[section]\nA=1", "A=1;", "set A=1", "A=\"x\\\"", "A=\"x\\\\\\\"y\"",
        "A=x\\ # c", "A=x \\# c", "A=yes\nB=\nC='3'\n\n\n# end\nD=\"4\"\n   \n",
        "A=${B}\nB=${A}\n", "A=${A}", "A=${A:-x}\nA=${A:-y}", "E=\nB=${E:-d}", "  # c",
        "A=1 \n B=2",
    ]
}
