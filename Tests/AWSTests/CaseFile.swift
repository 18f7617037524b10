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

/// How many cases of a group agree, printed when a test is done with them.
struct Tally {
    private let group: String
    private(set) var run = 0
    /// What of a case is otherwise than recorded.
    private(set) var differences: [String: [String]] = [:]

    init(_ group: String) { self.group = group }

    mutating func add(_ id: String, _ differences: [String]) {
        run += 1
        if !differences.isEmpty { self.differences[id] = differences }
    }

    func report() {
        let different = differences.count
        print("\(group): \(run) run, \(run - different) agree, \(different) differ")
    }
}
