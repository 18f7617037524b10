import AWSSandbox
import Glibc
import JSON
import POSIX
import Testing

@testable import gaara_infra

@Suite("apply --journal")
struct JournalTests {
    private func stage() throws -> Stage {
        let stage = try Stage()
        for file in ["store.yaml", "store.env"] {
            try stage.write(file, try TranscriptFolder.text(file))
        }
        stage.account.addRole("gaara-store-app")
        return stage
    }

    private func apply(_ stage: Stage, journal: String = "journal") async -> Stage.Result {
        await stage.run([
            "apply", stage.path("store.yaml"), "--env-file", stage.path("store.env"), "--yes",
            "--journal", stage.path(journal),
        ])
    }

    private func lines(_ stage: Stage, _ name: String = "journal") throws -> [JSON] {
        let text = String(
            decoding: try File.read(stage.path(name), maximumBytes: 1 << 20), as: UTF8.self)
        return try text.split(separator: "\n").map { try JSON(parsing: String($0)) }
    }

    private func events(_ lines: [JSON], _ name: String) -> [JSON] {
        lines.filter { $0.object?["event"]?.string == name }
    }

    @Test("has every write before and after it is made, and no value")
    func whole() async throws {
        let stage = try stage()
        #expect(await apply(stage).code == 0)
        let lines = try lines(stage)
        #expect(lines.first?.object?["event"]?.string == "begin")
        #expect(lines.last?.object?["event"]?.string == "end")
        let writes = stage.sandbox.writes.map { "\($0.service):\($0.operation)" }.sorted()
        #expect(!writes.isEmpty)
        for event in ["call", "answer"] {
            let actions = events(lines, event).compactMap { $0.object?["action"]?.string }
            #expect(actions.sorted() == writes)
        }
        #expect(
            events(lines, "answer").allSatisfy {
                $0.object?["request_id"]?.string?.isEmpty == false
            })
        #expect(events(lines, "step").count == events(lines, "step-end").count)
        let text = String(
            decoding: try File.read(stage.path("journal"), maximumBytes: 1 << 20), as: UTF8.self)
        let values = try TranscriptFolder.text("store.env").split(separator: "\n")
            .compactMap { $0.split(separator: "=", maxSplits: 1).last.map(String.init) }
        #expect(!values.isEmpty)
        for value in values { #expect(!text.contains(value)) }
        var status = stat()
        #expect(unsafe stat(stage.path("journal"), &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test("tells of a call that failed whether it may have been done")
    func failure() async throws {
        let stage = try stage()
        stage.deny("secretsmanager:CreateSecret")
        #expect(await apply(stage).code == 1)
        let failure = try #require(events(try lines(stage), "failure").first?.object)
        #expect(failure["action"]?.string == "secretsmanager:CreateSecret")
        #expect(failure["code"]?.string == "AccessDeniedException")
        #expect(failure["may_be_done"]?.bool == false)
    }

    @Test("that is there already is refused before anything is changed", arguments: [true, false])
    func taken(isLink: Bool) async throws {
        let stage = try stage()
        try stage.write("other", "kept\n")
        if isLink {
            #expect(unsafe symlink(stage.path("other"), stage.path("journal")) == 0)
        } else {
            try stage.write("journal", "kept\n")
        }
        let result = await apply(stage)
        #expect(result.code == 1)
        #expect(result.complaint.contains("nothing was changed"))
        #expect(stage.sandbox.writes.isEmpty)
        #expect(try File.read(stage.path("journal"), maximumBytes: 9) == Array("kept\n".utf8))
    }
}
