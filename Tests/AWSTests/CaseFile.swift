import JSON
import POSIX

/// A file of `Cases/`, whose readme names where its cases are from.
struct CaseFile {
    let root: JSON

    init(_ name: String, source: String = #filePath) throws {
        let folder = source.split(separator: "/").dropLast().joined(separator: "/")
        root = try JSON(parsing: try File.read("/\(folder)/Cases/\(name)", maximumBytes: 1 << 20))
    }

    /// The cases of a group; none when there is no such group, which the tests count.
    func cases(_ group: String) -> [JSON] { root[group]?.array ?? [] }
}

extension JSON {
    /// The members of an object whose values are all strings.
    var strings: [String: String] {
        var strings: [String: String] = [:]
        for member in object?.members ?? [] { strings[member.key] = member.value.string }
        return strings
    }
}
