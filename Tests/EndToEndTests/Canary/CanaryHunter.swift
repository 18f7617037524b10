import POSIX

/// Runs a program and looks for canaries wherever it may let them out.
///
/// It watches both outputs, every file below the folders that the program may write to, also while
/// it runs, and arguments and environment of it and all that it starts.
struct CanaryHunter: Sendable {
    let canaries: [Canary]
    /// Folders that are searched with all that is in them.
    let folders: [String]
    /// Paths where canaries stand rightly.
    let excluded: Set<String>
    /// Told after each look what was found so far.
    var afterLook: @Sendable (Set<Finding>) -> Void = { _ in }

    struct Finding: Hashable, Sendable, CustomStringConvertible {
        let canary: String
        let channel: String
        let form: Canary.Form

        var description: String { "\(canary) in \(channel), \(form)" }
    }

    struct Hunt: Sendable {
        let run: Run
        let findings: Set<Finding>
        /// How often the running program was looked at.
        let looks: Int
    }

    func hunt(
        _ arguments: [String], environment: [String: String], folder: String
    ) async throws -> Hunt {
        let started = try Started(arguments, environment: environment, folder: folder)
        let (seen, looks) = try await Program.outsidePool { watch(started.process) }
        let run = try await started.end()
        var findings = seen
        findings.formUnion(search(Array(run.output.utf8), "output"))
        findings.formUnion(search(Array(run.errors.utf8), "errors"))
        findings.formUnion(searchFiles())
        return Hunt(run: run, findings: findings, looks: looks)
    }

    private func watch(_ process: RunningProcess) -> (Set<Finding>, looks: Int) {
        var findings: Set<Finding> = []
        var looks = 0
        let deadline = SystemTime().monotonicNanoseconds() + 60_000_000_000
        while process.outcome == nil, SystemTime().monotonicNanoseconds() < deadline {
            looks += 1
            for identifier in ProcessTable.descendants(of: process.identifier) {
                let place = "/proc/\(identifier)/"
                if let bytes = try? File.read(place + "cmdline", maximumBytes: 4 << 20) {
                    findings.formUnion(search(bytes, "arguments"))
                }
                if let bytes = try? File.read(place + "environ", maximumBytes: 4 << 20) {
                    findings.formUnion(search(bytes, "environment"))
                }
            }
            findings.formUnion(searchFiles())
            afterLook(findings)
            Pause.milliseconds(2)
        }
        return (findings, looks)
    }

    private func searchFiles() -> Set<Finding> {
        var findings: Set<Finding> = []
        for path in folders.flatMap(FolderTree.files) where !excluded.contains(path) {
            guard let bytes = try? File.read(path, maximumBytes: 256 << 20, options: []) else {
                continue
            }
            let name = path.split(separator: "/").last ?? ""
            findings.formUnion(search(bytes, name.hasPrefix("core") ? "core" : "file"))
            findings.formUnion(search(Array(path.utf8), "file"))
        }
        return findings
    }

    func search(_ bytes: [UInt8], _ channel: String) -> Set<Finding> {
        var beginnings: [[(canary: String, form: Canary.Form, bytes: [UInt8])]] =
            .init(repeating: [], count: 256)
        for canary in canaries where !(channel == "environment" && canary.isInEnvironment) {
            for needle in canary.needles {
                guard let first = needle.bytes.first else { continue }
                beginnings[Int(first)].append((canary.name, needle.form, needle.bytes))
            }
        }
        var findings: Set<Finding> = []
        for position in bytes.indices where !beginnings[Int(bytes[position])].isEmpty {
            for needle in beginnings[Int(bytes[position])]
            where bytes[position...].starts(with: needle.bytes) {
                findings.insert(
                    Finding(canary: needle.canary, channel: channel, form: needle.form))
            }
        }
        return findings
    }
}

/// Files below a folder.
enum FolderTree {
    /// The paths of all that is no folder.
    static func files(below folder: String) -> [String] {
        guard let names = try? Folder.list(folder) else { return [] }
        return names.flatMap { name -> [String] in
            let path = folder + "/" + name
            // Listing a file fails, and a folder's own name is no place for a secret.
            return (try? Folder.list(path)) == nil ? [path] : files(below: path)
        }
    }
}

/// Which processes there are, from /proc.
enum ProcessTable {
    /// The process and all that it started, directly or not.
    static func descendants(of root: Int32) -> [Int32] {
        var children: [Int32: [Int32]] = [:]
        for name in (try? Folder.list("/proc")) ?? [] {
            guard let identifier = Int32(name), let parent = parent(of: identifier) else {
                continue
            }
            children[parent, default: []].append(identifier)
        }
        var found = [root]
        var next = 0
        while next < found.count {
            found += children[found[next]] ?? []
            next += 1
        }
        return found
    }

    /// The fourth field of stat; the second, the name, stands in parentheses (proc(5)).
    private static func parent(of identifier: Int32) -> Int32? {
        guard let bytes = try? File.read("/proc/\(identifier)/stat", maximumBytes: 4_096),
            let end = bytes.lastIndex(of: UInt8(ascii: ")"))
        else { return nil }
        let fields = String(decoding: bytes[(end + 1)...], as: UTF8.self).split(separator: " ")
        return fields.count > 1 ? Int32(fields[1]) : nil
    }
}
