import POSIX

/// The repository's files, as they stand beside these tests.
enum Documents {
    /// The README and everything under `docs`.
    static let names = [
        "README.md", "docs/Env.md", "docs/Plan.md", "docs/Security.md", "docs/Usage.md",
    ]

    /// The repository's folder, with a slash at its end.
    static let root: String = {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return parts.dropLast(3).joined(separator: "/") + "/"
    }()

    static func text(_ name: String) throws -> String {
        let bytes = try File.read(root + name, maximumBytes: 1 << 20)
        return String(decoding: bytes, as: UTF8.self)
    }

    static func lines(_ name: String) throws -> [String] {
        try text(name).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// The texts of all files beneath a folder whose names end so.
    static func texts(under folder: String, endingIn end: String) throws -> [String] {
        var texts: [String] = []
        for name in try Folder.list(root + folder) where name != ".build" {
            let path = "\(folder)/\(name)"
            if (try? Folder.list(root + path)) != nil {
                texts += try self.texts(under: path, endingIn: end)
            } else if name.hasSuffix(end) {
                texts.append(try text(path))
            }
        }
        return texts
    }

    /// The rows of the tables beneath a heading of the second level, cell by cell, without heads.
    static func rows(of name: String, under heading: String) throws -> [[String]] {
        var isInside = false
        var rows: [[String]] = []
        for line in try lines(name) {
            if line.hasPrefix("## ") { isInside = line == "## \(heading)" }
            guard isInside, line.hasPrefix("| `") else { continue }
            let cells = line.dropFirst(2).dropLast(2).split(separator: " | ", maxSplits: 3)
            rows.append(cells.map(String.init))
        }
        return rows
    }
}
