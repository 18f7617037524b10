import YAML

/// Plans: libyaml's events and the tree that is made of them.
enum YAMLTarget: FuzzTarget {
    static let name = "yaml"

    static func check(_ input: [UInt8]) {
        let reading = YAMLReader().read(input)
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let extent = TextExtent(input.starts(with: mark) ? Array(input.dropFirst(3)) : input)
        for fault in reading.faults {
            require(
                extent.contains(line: fault.mark.line, column: fault.mark.column),
                "\(fault.code) at \(fault.mark) is inside the text")
        }
        require(reading.faults.count <= 100, "no more than 100 faults")
        require(reading.root != nil || !reading.faults.isEmpty, "no tree without a reason")
        guard let root = reading.root else { return }
        check(root, in: extent, depth: 0)
        guard reading.faults.isEmpty else { return }
        let again = YAMLReader().read(render(root))
        require(again.faults.isEmpty, "what was read can be written and read")
        require(again.root.map { isSame($0, root) } == true, "and then it is the same")
    }

    private static func check(_ node: Node, in extent: TextExtent, depth: Int) {
        require(
            extent.contains(line: node.mark.line, column: node.mark.column),
            "a node at \(node.mark) is inside the text")
        require(depth <= 32, "no deeper than 32")
        switch node.content {
        case .scalar(let text, _): Plant.see(text)
        case .sequence(let nodes): for each in nodes { check(each, in: extent, depth: depth + 1) }
        case .mapping(let entries):
            require(
                Set(entries.map { Array($0.key.utf8) }).count == entries.count, "keys are unique")
            for entry in entries {
                let place = entry.keyMark
                require(
                    extent.contains(line: place.line, column: place.column),
                    "a key at \(place) is inside the text")
                check(entry.value, in: extent, depth: depth + 1)
            }
        }
    }

    /// The tree in flow style, all scalars in double quotes.
    private static func render(_ node: Node) -> [UInt8] {
        switch node.content {
        case .scalar(let text, _): return quoted(text)
        case .sequence(let nodes):
            return Array("[".utf8) + nodes.flatMap { render($0) + ",".utf8 } + "]".utf8
        case .mapping(let entries):
            // The question mark, since libyaml takes no longer key than 1024 characters without it.
            let pairs = entries.flatMap {
                "? ".utf8 + quoted($0.key) + ": ".utf8 + render($0.value) + ",".utf8
            }
            return Array("{".utf8) + pairs + "}".utf8
        }
    }

    private static func quoted(_ text: String) -> [UInt8] {
        var bytes = Array("\"".utf8)
        for scalar in text.unicodeScalars {
            if scalar.isASCII, scalar.properties.isAlphabetic {
                bytes += String(scalar).utf8
            } else {
                let digits = String(scalar.value, radix: 16)
                bytes += ("\\U" + String(repeating: "0", count: 8 - digits.count) + digits).utf8
            }
        }
        return bytes + "\" ".utf8
    }

    private static func isSame(_ a: Node, _ b: Node) -> Bool {
        switch (a.content, b.content) {
        case (.scalar(let a, _), .scalar(let b, _)): a.utf8.elementsEqual(b.utf8)
        case (.sequence(let a), .sequence(let b)):
            a.count == b.count && zip(a, b).allSatisfy(isSame)
        case (.mapping(let a), .mapping(let b)):
            a.count == b.count
                && zip(a, b).allSatisfy {
                    $0.key.utf8.elementsEqual($1.key.utf8) && isSame($0.value, $1.value)
                }
        default: false
        }
    }
}
