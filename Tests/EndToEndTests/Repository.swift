import POSIX

/// Where the tests find what stands beside them.
enum Repository {
    /// The folder of Package.swift.
    static let root: String = {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return parts.dropLast(3).joined(separator: "/")
    }()

    /// The private Python that `Scripts/setup` makes, with moto and boto3.
    static let python = root + "/.build/python/bin/python3"
    static let judge = root + "/Tests/EndToEndTests/Judge/"
    static let scripts = root + "/Scripts/"

    /// The built command: `GAARA_INFRA_BINARY`.
    ///
    /// A missing one is a failure of every test here, never a reason to skip it.
    static func binary() throws -> String {
        guard let path = ProcessEnvironment.value("GAARA_INFRA_BINARY"), !path.isEmpty else {
            throw Unprepared("GAARA_INFRA_BINARY does not name the built gaara-infra")
        }
        guard File.exists(path) else {
            throw Unprepared("GAARA_INFRA_BINARY names \(path), which does not exist")
        }
        return path.hasPrefix("/") ? path : root + "/" + path
    }

    /// What a helper program needs, and nothing that belongs to an account.
    static let environment = ["PATH": "/usr/bin:/bin", "NO_PROXY": "*", "HOME": "/nonexistent"]

    static func text(_ path: String) throws -> String {
        String(decoding: try File.read(path, maximumBytes: 64 << 20), as: UTF8.self)
    }
}

/// Why a test has no ground to stand on.
struct Unprepared: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
