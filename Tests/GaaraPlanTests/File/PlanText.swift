import GaaraPlan
import POSIX

/// Plans for tests, from texts and from files of the repository.
enum PlanText {
    /// The keys that every plan needs, without `secrets`.
    static let head = """
        version: 1
        application: gaara-store
        environment: staging
        account: "123456789012"
        region: us-east-1

        """

    /// Reads `head` and what follows it.
    static func read(_ rest: String) -> ReadPlan { read(whole: head + rest) }

    /// Reads a text; `files` are what it may include.
    static func read(whole text: String, files: [String: String] = [:]) -> ReadPlan {
        PlanReader.read(file: "plans/staging.yaml", text: Array(text.utf8)) {
            (path) throws(IncludeFault) in
            guard let file = files[path] else { throw IncludeFault(reason: "no such file") }
            return Array(file.utf8)
        }
    }

    /// Reads a file of the repository, by its path from there; `file` is how it is called.
    static func read(path: String, as file: String) throws -> ReadPlan {
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        let text = try File.read(repository + "/" + path, maximumBytes: 1 << 20)
        return PlanReader.read(file: file, text: text) { (name) throws(IncludeFault) in
            do {
                let last = name.split(separator: "/").last.map(String.init) ?? name
                return try File.read("\(repository)/\(folder)/\(last)", maximumBytes: 1 << 20)
            } catch {
                throw IncludeFault(reason: "no such file")
            }
        }
    }

    /// The folder of Package.swift.
    static var repository: String {
        #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
    }
}

extension ReadPlan {
    var codes: [String] { diagnostics.map(\.code) }
    var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
}
