import Testing
import YAML

/// A tree as one line, for comparison: text unquoted, "quoted", [list], {key: value}.
private func sketch(_ node: Node?) -> String {
    guard let node else { return "nil" }
    switch node.content {
    case .scalar(let text, isQuoted: false): return text
    case .scalar(let text, isQuoted: true): return "\"\(text)\""
    case .sequence(let items): return "[" + items.map(sketch).joined(separator: ", ") + "]"
    case .mapping(let entries):
        return "{" + entries.map { "\($0.key): \(sketch($0.value))" }.joined(separator: ", ") + "}"
    }
}

private func read(_ text: String, limits: YAMLLimits = YAMLLimits()) -> YAMLReading {
    YAMLReader(limits: limits).read(Array(text.utf8))
}

/// `line:column code` of each fault.
private func codes(_ text: String) -> [String] {
    read(text).faults.map { "\($0.mark.line):\($0.mark.column) \($0.code)" }
}

@Suite struct YAMLReaderTests {
    @Test("collections nest, and a scalar keeps its text and whether it was quoted")
    func tree() {
        let reading = read(
            """
            version: 1
            account: "123456789012"
            tags: { team: platform, when: 2026-11-23 }
            list:
            - 'a'
            - no
            -
            text: |
              one
              two
            """)
        #expect(reading.faults == [])
        #expect(
            sketch(reading.root)
                == "{version: 1, account: \"123456789012\", "
                + "tags: {team: platform, when: 2026-11-23}, list: [\"a\", no, ], "
                + "text: \"one\ntwo\"}")
    }

    @Test("every node and key knows its line and column, counted in characters from 1")
    func marks() throws {
        let reading = read("é: ü\n\"ключ\": { 漢: 字, 😀: x }\n")
        #expect(reading.faults == [])
        guard case .mapping(let entries) = try #require(reading.root).content else {
            Issue.record("not a mapping")
            return
        }
        #expect(entries[0].keyMark == Mark(line: 1, column: 1))
        #expect(entries[0].value.mark == Mark(line: 1, column: 4))
        #expect(entries[1].keyMark == Mark(line: 2, column: 1))
        #expect(entries[1].value.mark == Mark(line: 2, column: 9))
        guard case .mapping(let inner) = entries[1].value.content else {
            Issue.record("not a mapping")
            return
        }
        #expect(inner[0].keyMark == Mark(line: 2, column: 11))
        #expect(inner[1].keyMark == Mark(line: 2, column: 17))
        #expect(inner[1].value.mark == Mark(line: 2, column: 20))
    }

    // libyaml ends such a line itself, and then is one line further.
    @Test("in a text whose last line has no end, everything stands inside the text")
    func noFinalLineFeed() throws {
        #expect(codes("a: 1\nb") == ["2:2 syntax"])
        #expect(codes("a: [1,\nb") == ["2:2 syntax"])
        guard case .mapping(let entries) = try #require(read("? ").root).content else {
            Issue.record("not a mapping")
            return
        }
        #expect(entries.map(\.keyMark) == [Mark(line: 1, column: 2)])
        #expect(entries.map(\.value.mark) == [Mark(line: 1, column: 3)])
    }

    @Test("a byte order mark and CRLF change neither text nor places")
    func byteOrderMark() {
        let reading = read("\u{FEFF}a: b\r\nc: d\r\n")
        #expect(sketch(reading.root) == "{a: b, c: d}")
        #expect(reading.root?.mark == Mark(line: 1, column: 1))
        #expect(codes("\u{FEFF}a: *b\r\nc: *d\r\n") == ["1:4 alias", "2:4 alias"])
    }

    @Test("a duplicate key names both places, and the first remains")
    func duplicateKey() {
        let reading = read("a: 1\nb: 2\na: 3\n\"a\": 4\n")
        #expect(
            reading.faults == [
                YAMLFault(
                    code: "duplicate-key", message: "the key a stands here a second time",
                    hint: "it stands first at line 1, column 1; keep one",
                    mark: Mark(line: 3, column: 1)),
                YAMLFault(
                    code: "duplicate-key", message: "the key a stands here a second time",
                    hint: "it stands first at line 1, column 1; keep one",
                    mark: Mark(line: 4, column: 1)),
            ])
        #expect(sketch(reading.root) == "{a: 1, b: 2}")
    }

    @Test("a key may stand again in another mapping")
    func sameKeyElsewhere() {
        #expect(codes("a: { a: 1 }\nb: { a: 1 }\n") == [])
    }

    @Test(
        "what a plan may not have is refused where it stands",
        arguments: [
            ("a: &x 1", ["1:4 anchor"]),
            ("a: *x", ["1:4 alias"]),
            ("*x : a", ["1:1 alias"]),
            ("a: !!str b", ["1:4 tag"]),
            ("a: ! b", ["1:4 tag"]),
            ("a: !!python/object:os.system b", ["1:4 tag"]),
            ("!<tag:x> {a: b}", ["1:1 tag"]),
            ("<<: { a: b }", ["1:1 merge-key"]),
            ("<<: *x", ["1:1 merge-key", "1:5 alias"]),
            ("\"<<\": b", []),
            ("? [a, b]\n: c\nd: e", ["1:3 key-kind"]),
            ("{a: b}: c", ["1:1 key-kind"]),
            ("a: 1\n---\nb: 2", ["2:1 several-documents"]),
            ("--- 1\n--- 2\n--- 3\n", ["2:1 several-documents"]),
            ("%YAML 1.1\n---\na: 1", ["1:1 directive"]),
            ("a: |\n  %b\n", []),
            ("a: \"b\n%c\"", ["2:1 directive"]),
            ("a: \"x\\0y\"", ["1:4 nul"]),
            ("a: x\u{0}y\nb: \u{0}", ["1:5 nul", "2:4 nul"]),
            ("a: \u{7}", ["1:4 control-character"]),
            ("a: b\rc: d", ["1:5 line-break"]),
            ("a: b\u{2028}c: d\u{85}", ["1:5 line-break", "1:10 line-break"]),
            ("", ["1:1 empty"]),
            ("# only a comment\n", ["1:1 empty"]),
            ("---\n...\n", ["1:1 empty"]),
            ("--- \"\"\n", []),
        ])
    func refused(text: String, expected: [String]) {
        #expect(codes(text) == expected)
    }

    @Test("the faults of different kinds come at once, in the order of their places")
    func allAtOnce() {
        let text = """
            %TAG ! tag:x,2026:
            a: &one 1
            b: *one
            a: !!int 2
            c: [1, 2
            d: 3
            """
        #expect(
            codes(text) == [
                "1:1 directive", "2:4 anchor", "3:4 alias", "4:1 duplicate-key", "4:4 tag",
                "6:2 syntax",
            ])
        #expect(read(text).root == nil)
    }

    @Test("the tree stands beside faults that leave it whole")
    func treeBesideFaults() {
        #expect(
            sketch(read("a: &x [1]\n[q]: { r: s }\nb: *x\nc: !t d\n").root) == "{a: [1], b: , c: d}"
        )
    }

    @Test(
        "a syntax error says where, what and what to do",
        arguments: [
            ("a: 'b\nc: d\n", "1:4 the quoted text that begins here has no end | close the quote"),
            (
                "a: b: c",
                "1:5 a value cannot begin with this colon | "
                    + "check the indentation, or put the text that holds the colon in quotes"
            ),
            ("a:\n\tb: c", "2:1 a tab stands where the line is indented | indent with spaces"),
            (
                "a: @b",
                "1:4 this character cannot begin a text without quotes | put the text in quotes"
            ),
            (
                "a: 1\n  b: 2\n",
                "2:4 a value cannot begin with this colon | "
                    + "check the indentation, or put the text that holds the colon in quotes"
            ),
            (
                "a: 1\nbcd\ne: 2\n",
                "3:1 a key without a colon | write 'key: value', both on one line; "
                    + "it begins at line 2, column 1"
            ),
            (
                "a: \"\\q\"",
                "1:5 no such escape in double quotes | "
                    + "write \\\\ for a backslash, or use single quotes"
            ),
        ])
    func syntax(text: String, expected: String) {
        let said = read(text).faults.map {
            "\($0.mark.line):\($0.mark.column) \($0.message) | \($0.hint ?? "")"
        }
        #expect(said == [expected])
    }

    @Test(
        "bytes that are not UTF-8 are refused at their place",
        arguments: [
            ([0x61, 0x3A, 0x20, 0xFF], "1:4"),  // never a byte of UTF-8
            ([0x61, 0x0A, 0xC3, 0xA9, 0x20, 0xC3, 0x28], "2:3"),  // no continuation byte
            ([0xED, 0xA0, 0x80], "1:1"),  // a surrogate, RFC 3629 section 3
            ([0xC0, 0xAF], "1:1"),  // longer than needed, RFC 3629 section 10
            ([0xFE, 0xFF, 0x00, 0x61], "1:1"),  // UTF-16 with its byte order mark
        ] as [([UInt8], String)])
    func encoding(bytes: [UInt8], place: String) throws {
        let reading = YAMLReader().read(bytes)
        let fault = try #require(reading.faults.first)
        #expect(fault.code == "encoding")
        #expect("\(fault.mark.line):\(fault.mark.column)" == place)
        #expect(reading.root == nil)
    }
}
