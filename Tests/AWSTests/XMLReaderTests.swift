import Testing

@testable import AWS

@Suite("XMLReader")
struct XMLReaderTests {
    private func element(_ text: String) throws -> XMLElement {
        try XMLElement(parsing: Array(text.utf8))
    }

    @Test("elements, text, entities, CDATA, comments and attributes are read")
    func everything() throws {
        let root = try element(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- <a> --><ns:Root xmlns="https://x/" a='>"'>
              <A>1 &lt;&gt;&amp;&quot;&apos;&#65;&#x1F511;&#xfc;</A><B/><C ><![CDATA[<&amp;>]]]></C >
            </ns:Root>
            <!-- end -->

            """)
        #expect(root.name == "Root")
        #expect(root.children.map(\.name) == ["A", "B", "C"])
        #expect(root.children.map(\.text) == ["1 <>&\"'A🔑ü", "", "<&amp;>]"])
    }

    @Test(
        "what is not well formed is refused",
        arguments: [
            "", " ", "text", "<a>", "<a></b>", "</a>", "<a><b></a></b>", "<a/><b/>", "<a/>text",
            "<a>&nbsp;</a>", "<a>&amp</a>", "<a>&#0;</a>", "<a>&#xD800;</a>", "<a>&#x110000;</a>",
            "<a>&#;</a>", "<a>&#x;</a>", "<a>&#-5;</a>", "<a b></a>", "<a b=c></a>",
            "<a b='<'></a>",
            "<a b='c'd='e'></a>", "<a", "<", "<a><![CDATA[x</a>", "<a><!-- x</a>", "<1 2>",
            "<![CDATA[x]]><a/>", "<a>&amp;", "<?xml",
        ])
    func malformed(text: String) {
        #expect(throws: XMLReader.Fault.self) { try element(text) }
    }

    @Test("a document type declaration is refused before any entity of it counts")
    func documentType() {
        let bomb = """
            <!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><lolz>&lol2;</lolz>
            """
        #expect(throws: XMLReader.Fault("a document type declaration is refused")) {
            try element(bomb)
        }
        #expect(throws: XMLReader.Fault("a document type declaration is refused")) {
            try element("<a><!ELEMENT b EMPTY></a>")
        }
    }

    @Test("64 levels are read, 65 are refused")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
        }
        #expect(try element(nested(64)).name == "a")
        #expect(throws: XMLReader.Fault("nested too deeply")) { try element(nested(65)) }
        #expect(throws: XMLReader.Fault("nested too deeply")) { try element(nested(100_000)) }
    }

    @Test("200,000 elements are read, one more is refused")
    func elements() throws {
        func flat(_ count: Int) -> String {
            "<a>" + String(repeating: "<b/>", count: count - 1) + "</a>"
        }
        #expect(try element(flat(200_000)).children.count == 199_999)
        #expect(throws: XMLReader.Fault("too many elements")) { try element(flat(200_001)) }
    }

    @Test("bytes that are not UTF-8 are refused")
    func notUTF8() {
        #expect(throws: XMLReader.Fault("it is not UTF-8")) {
            try XMLElement(parsing: Array("<a>".utf8) + [0xff] + Array("</a>".utf8))
        }
    }
}
