@testable import AWS

/// The answers of IAM and STS.
enum XMLTarget: FuzzTarget {
    static let name = "xml"

    static func check(_ input: [UInt8]) {
        guard let root = try? XMLElement(parsing: input) else { return }
        require(!hasDeclaration(input), "a text with a DOCTYPE is refused")
        // Each entity that is known stands for fewer bytes than its name has.
        require(size(root) <= input.count, "nothing expands")
        require(depth(root) <= 64, "no deeper than 64")
        see(root)
        let rendered = render(root)
        guard let again = try? XMLElement(parsing: rendered) else {
            fatalError("what was read cannot be written and read")
        }
        require(again == root, "written and read again it is the same")
    }

    /// Whether `<!` stands outside comments, CDATA sections and instructions.
    private static func hasDeclaration(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[start...]
            let skipped = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")]
            if let (opening, closing) = skipped.first(where: { rest.starts(with: $0.0.utf8) }) {
                rest = rest.dropFirst(opening.utf8.count)
                while !rest.isEmpty, !rest.starts(with: closing.utf8) { rest = rest.dropFirst() }
                rest = rest.dropFirst(closing.utf8.count)
            } else if rest.starts(with: "<!".utf8) {
                return true
            } else {
                rest = rest.dropFirst()
            }
        }
        return false
    }

    private static func size(_ element: XMLElement) -> Int {
        element.name.utf8.count + element.text.utf8.count
            + element.children.reduce(0) { $0 + size($1) }
    }

    private static func depth(_ element: XMLElement) -> Int {
        1 + (element.children.map(depth).max() ?? 0)
    }

    private static func see(_ element: XMLElement) {
        Plant.see(element.text)
        element.children.forEach(see)
    }

    private static func render(_ element: XMLElement) -> [UInt8] {
        var bytes = Array("<\(element.name)>".utf8)
        for byte in element.text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: "&"): bytes += "&#38;".utf8
            default: bytes.append(byte)
            }
        }
        for child in element.children { bytes += render(child) }
        return bytes + "</\(element.name)>".utf8
    }
}
