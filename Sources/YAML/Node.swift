/// Where something stands in a YAML text.
///
/// Lines and columns count from 1; columns count characters (Unicode scalars).
package struct Mark: Hashable, Sendable, Comparable {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static func < (a: Mark, b: Mark) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// A piece of a YAML text with its place.
///
/// Nothing is resolved: a scalar is its text and whether it was quoted, and a schema decides what
/// that means.
package struct Node: Sendable {
    package enum Content: Sendable {
        case scalar(String, isQuoted: Bool)
        case sequence([Node])
        case mapping([Entry])
    }

    package struct Entry: Sendable {
        package let key: String
        package let keyMark: Mark
        package let value: Node

        package init(key: String, keyMark: Mark, value: Node) {
            self.key = key
            self.keyMark = keyMark
            self.value = value
        }
    }

    package let content: Content
    package let mark: Mark

    package init(_ content: Content, at mark: Mark) {
        self.content = content
        self.mark = mark
    }
}

/// A fault in a YAML text, at its place.
package struct YAMLFault: Error, Hashable, Sendable {
    /// A stable word for the kind of fault, such as `duplicate-key`.
    package let code: String
    package let message: String
    package let hint: String?
    package let mark: Mark

    package init(code: String, message: String, hint: String? = nil, mark: Mark) {
        self.code = code
        self.message = message
        self.hint = hint
        self.mark = mark
    }
}
