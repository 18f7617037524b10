import POSIX
import Testing

/// The hunter, on a program that leaks: before it may be believed when it finds nothing.
@Suite struct CanaryHunterTests {
    private func hunt(_ channel: String, _ form: Canary.Form) async throws -> CanaryHunter.Hunt {
        let place = try TemporaryFolder()
        let work = place.file("work")
        try Folder.make(work)
        let canary = Canary.value("the secret")
        let source = place.file("source")
        try File.writePrivate(source, Array(canary.text.utf8))
        let hunter = CanaryHunter(canaries: [canary], folders: [work], excluded: []) { findings in
            let isFound = findings.contains { $0.form == form }
            if isFound { try? File.writePrivate(source + ".found", []) }
        }
        return try await hunter.hunt(
            [
                Repository.python, Repository.judge + "leaker.py", source, channel, form.rawValue,
            ], environment: Repository.environment, folder: work)
    }

    @Test(
        "a secret that leaks is found in each channel and each form",
        arguments: [
            "output", "errors", "file", "file-for-a-moment", "arguments", "environment",
        ], Canary.Form.allCases)
    func leak(_ channel: String, _ form: Canary.Form) async throws {
        let hunt = try await hunt(channel, form)
        #expect(hunt.run.code == 0, "\(hunt.run.errors)")
        let name = channel == "file-for-a-moment" ? "file" : channel
        let wanted = CanaryHunter.Finding(canary: "the secret", channel: name, form: form)
        #expect(hunt.findings.contains(wanted), "\(hunt.findings) in \(hunt.looks) looks")
    }

    @Test(
        "a secret that leaks into a core file is found",
        .enabled(if: CoreFiles.areLeftBehind, "the kernel gives core files to another program"),
        arguments: [Canary.Form.plain, .json])
    func core(_ form: Canary.Form) async throws {
        let hunt = try await hunt("core", form)
        let wanted = CanaryHunter.Finding(canary: "the secret", channel: "core", form: form)
        #expect(hunt.findings.contains(wanted), "\(hunt.findings)")
    }

    @Test("where nothing leaks nothing is found")
    func nothing() async throws {
        let hunt = try await hunt("nothing", .plain)
        #expect(hunt.run.code == 0)
        #expect(hunt.findings.isEmpty)
        #expect(hunt.looks > 0)
    }
}

/// What the kernel does with the memory of a crashed program.
enum CoreFiles {
    /// Whether core files are written to the program's own folder (core(5)).
    static let areLeftBehind: Bool = {
        let pattern = (try? Repository.text("/proc/sys/kernel/core_pattern")) ?? "|"
        return !pattern.hasPrefix("|") && !pattern.hasPrefix("/")
    }()
}
