import GaaraStore
import Testing

@Suite struct DotEnvTests {
    private func read(_ text: String) -> DotEnv { DotEnv(reading: Array(text.utf8)) }

    private func errors(_ text: String) -> [String] {
        read(text).errors.map { "\($0.place) \($0.code)" }
    }

    @Test("an entry knows the places of its key and value, counted in characters")
    func places() throws {
        let text = "\u{FEFF}# é\r\n  export A = 'é\r\nx' # c\r\n\u{a0}B=\"b\"; \n"
        let read = read(text)
        let entry = try #require(read["A"])
        #expect(entry.keyPlace.description == "2:10")
        #expect(entry.valuePlace?.description == "2:14")
        #expect(entry.isExported)
        #expect(entry.quoting == .single)
        #expect(entry.value?.revealed() == "é\nx")
        #expect(
            read.errors.map(\.description) == [
                "4:7: text follows the quote that ends the value"
            ])
    }

    @Test(
        "each of 80,000 keys is found without looking through the others", .timeLimit(.minutes(1)))
    func manyKeys() {
        let read = read((0..<80_000).map { "K\($0)=\($0)\n" }.joined() + "K1=again\n")
        #expect(read.keys.count == 80_000)
        #expect(read.keys.allSatisfy { read[$0] != nil })
        #expect(read["K1"]?.value?.revealed() == "again")
        #expect(read["K80000"] == nil)
    }

    @Test("an entry knows its bytes: the statement without comment, and the value with quotes")
    func spans() throws {
        let text = "\u{FEFF}export A=\"b\\n\" # c\nB = c d # e\nC\nD=\n"
        let bytes = Array(text.utf8)
        let parts = DotEnv(reading: bytes).entries.map { entry in
            [
                String(decoding: bytes[entry.statement], as: UTF8.self),
                entry.rawValue.map { String(decoding: bytes[$0], as: UTF8.self) } ?? "-",
            ]
        }
        #expect(
            parts == [
                ["export A=\"b\\n\"", "\"b\\n\""], ["B = c d", "c d"], ["C", "-"], ["D=", ""],
            ])
    }

    @Test(
        "what would be lost or cannot be is an error at its place",
        arguments: [
            ("A=\"b\nC=1\n", ["1:3 unterminated-quote"]),
            ("C=1\n A = 'b\n", ["2:6 unterminated-quote"]),
            ("A='b'c\n", ["1:6 text-after-value"]),
            ("A B=1\n", ["1:3 not-an-assignment"]),
            ("A=1\n=x\n", ["2:1 no-key"]),
            ("export =x\n", ["1:8 no-key"]),
            ("'A=1\n", ["1:1 unterminated-key"]),
            ("A=é\u{0}\n", ["1:4 nul"]),
            ("a.b=1\n2=1\nÄ=1\n'A B'=1\n", ["1:1 key", "2:1 key", "3:1 key", "4:1 key"]),
            ("A='b\nB=2\n=\n", ["1:3 unterminated-quote", "3:1 no-key"]),
        ])
    func errorPlaces(text: String, expected: [String]) {
        #expect(errors(text) == expected)
    }

    @Test("a text that is not UTF-8 gives no entry, and the place of the first such byte")
    func encoding() {
        let read = DotEnv(reading: Array("A=1\nB=é".utf8) + [0xFF])
        #expect(read.entries.isEmpty)
        #expect(read.errors.map(\.place.description) == ["2:4"])
        #expect(read.errors.map(\.code) == ["encoding"])
    }

    @Test("of a repeated key the last counts, all are entries, and a note names both places")
    func duplicates() {
        let read = read("A=1\nB=2\nA=3\n")
        #expect(read.errors == [])
        #expect(read.keys == ["A", "B"])
        #expect(read.entries.map { $0.value?.revealed() } == ["1", "2", "3"])
        #expect(read["A"]?.value?.revealed() == "3")
        #expect(
            read.notes.map { "\($0), \($0.hint)" } == [
                "3:1: A stands here again, and this counts, it stands first at line 1; remove one"
            ])
    }

    @Test("a reference to nothing is noted without its name, which may be part of a password")
    func unsetVariable() {
        let read = read("A=p${canary}w\nB=${A}\n")
        #expect(read.notes.map(\.code) == ["unset-variable"])
        #expect(read.notes.map(\.place.description) == ["1:3"])
        #expect(!read.notes.contains { "\($0) \($0.hint)".contains("canary") })
        #expect(read["A"]?.isInterpolated == true)
        #expect(read["B"]?.value?.revealed() == "pw")
    }

    @Test("the environment counts before or after the file, as the caller says")
    func precedence() {
        let text = Array("A=file\nB=${A}\n".utf8)
        let environment = ["A": "environment"]
        let byFile = DotEnv(reading: text, environment: environment)
        let byEnvironment = DotEnv(
            reading: text, environment: environment, precedence: .environment)
        #expect(byFile["B"]?.value?.revealed() == "file")
        #expect(byEnvironment["B"]?.value?.revealed() == "environment")
    }

    @Test("nothing prints a value, and no error quotes a key that is none")
    func redaction() {
        let read = read("A=canary\ncanary+/x=1\n\"canary\"=2 3\nB='canary' canary\nC='canary\n")
        var printed = "\(read) \(read.entries) \(read.errors) \(String(reflecting: read))"
        dump(read, to: &printed)
        #expect(read.errors.count == 4)
        #expect(!printed.contains("canary"))
    }

    @Test("a text in which every line doubles the one before is refused")
    func doubling() {
        let lines = (1...40).map { "A\($0)=${A\($0 - 1)}${A\($0 - 1)}\n" }
        let codes = Set(read("A0=xxxxxxxx\n" + lines.joined()).errors.map(\.code))
        #expect(codes == ["too-large"])
    }

    @Test("more than a mebibyte is refused unread")
    func size() {
        let read = DotEnv(reading: [UInt8](repeating: 0x0A, count: 1 << 20 + 1))
        #expect(read.errors.map(\.code) == ["too-large"])
    }

    @Test("openings without end cost no more than other text: eight times as many, no 64 times")
    func openings() {
        func taken(_ count: Int) -> Duration {
            let text = "A=" + String(repeating: "${a", count: count) + ":x\n"
            let tries = (1...3).map { _ in
                ContinuousClock().measure { #expect(read(text).errors == []) }
            }
            return tries.min() ?? .zero
        }
        #expect(taken(200_000) < taken(25_000) * 32)
    }
}
