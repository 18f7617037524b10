import AWSSandbox
import JSON
import POSIX
import Testing

@testable import gaara_infra

/// What scripts rely on: one strict JSON document on standard output, whatever happens, with the
/// keys of design section 4; on standard error one object a line.
@Suite("JSON of the commands")
struct JSONContractTests {
    private static let keys = [
        "steps", "not_compared", "orphans", "notes", "summary", "fingerprint", "diagnostics",
    ]

    private func stage() async throws -> Stage {
        let stage = try Stage()
        for file in ["store.yaml", "store.env", "faulty.yaml"] {
            try stage.write(file, try TranscriptFolder.text(file))
        }
        stage.account.addRole("gaara-store-app")
        return stage
    }

    private func arguments(_ verb: String, _ stage: Stage, _ more: [String] = []) -> [String] {
        let file = verb == "destroy" ? [] : ["--env-file", stage.path("store.env")]
        return [verb, stage.path("store.yaml"), "--json"] + file + more
    }

    /// The only document on standard output, with all its keys.
    private func document(_ result: Stage.Result) throws -> JSON {
        let json = try JSON(parsing: result.output)
        #expect(json["format_version"] == 1)
        for key in Self.keys { #expect(json.object?[key] != nil, "\(key) is not there") }
        for line in result.complaint.split(separator: "\n") {
            let event = try JSON(parsing: String(line))
            #expect(event["event"]?.string != nil, "\(line)")
        }
        return json
    }

    @Test("plan shows each step with address, verb, calls, changes and reason")
    func plan() async throws {
        let stage = try await stage()
        let result = await stage.run(arguments("plan", stage))
        let json = try document(result)
        #expect(result.code == 0)
        let steps = try #require(json["steps"]?.array)
        #expect(steps.count == 7)
        for step in steps {
            #expect(
                step.object?.members.map(\.key)
                    == ["address", "verb", "calls", "changes", "reason"])
            for change in step["changes"]?.array ?? [] {
                #expect(change.object?.members.map(\.key) == ["path", "before", "after"])
            }
            for call in step["calls"]?.array ?? [] {
                #expect(call["action"]?.string?.contains(":") == true)
            }
        }
        #expect(json["summary"]?["create"] == 7)
        #expect(json["fingerprint"]?.string?.hasPrefix("sha256:") == true)
    }

    @Test("apply tells the beginning and the end of each step as events, then what was done")
    func apply() async throws {
        let stage = try await stage()
        let result = await stage.run(arguments("apply", stage, ["--yes"]))
        let json = try document(result)
        #expect(result.code == 0)
        let events = try result.complaint.split(separator: "\n").map {
            try JSON(parsing: String($0))
        }
        #expect(events.filter { $0["event"]?.string == "started" }.count == 7)
        #expect(events.filter { $0["outcome"]?.string == "done" }.count == 7)
        #expect(json["receipt"]?.array?.count == 7)
        #expect(json["diagnostics"]?.array?.isEmpty == true)
    }

    @Test(
        "a failure is a document of the same keys with a diagnostic",
        arguments: [
            (["plan", "faulty.yaml"], "not-quoted", 1),
            (["plan", "store.yaml", "--region", "eu-west-1"], "wrong-region", 1),
            (["plan", "none.yaml"], "cannot-read", 1),
            (["plan"], "usage", 64),
            (["apply", "store.yaml"], "value-missing", 1),
            (["apply", "store.yaml", "--env-file", "store.env"], "no-consent", 1),
            (["apply", "store.yaml", "--approve", "sha256:0"], "approval-stale", 3),
            (["validate", "faulty.yaml"], "not-quoted", 1),
        ])
    func failure(words: [String], code: String, exit: Int32) async throws {
        let stage = try await stage()
        let located = words.map { word in
            word.hasSuffix(".yaml") || word.hasSuffix(".env") ? stage.path(word) : word
        }
        let result = await stage.run(located + ["--json"])
        let json = try document(result)
        #expect(result.code == exit)
        let first = try #require(json["diagnostics"]?.array?.first)
        #expect(first["code"]?.string == code)
        #expect(
            first.object?.members.map(\.key)
                == ["severity", "code", "file", "line", "column", "message", "hint"])
    }

    @Test("what was planned stands in the document of an apply that was refused")
    func refusal() async throws {
        let stage = try await stage()
        let result = await stage.run(arguments("apply", stage))
        let json = try document(result)
        #expect(json["steps"]?.array?.count == 7)
        #expect(json["fingerprint"]?.string?.hasPrefix("sha256:") == true)
        #expect(stage.sandbox.writes.isEmpty)
    }

    @Test("a signal stands in the diagnostics, and what was not tried in the receipt")
    func signal() async throws {
        let stage = try await stage()
        stage.send(Signals.terminate, at: "CreateSecret")
        let result = await stage.run(arguments("apply", stage, ["--yes"]))
        let json = try document(result)
        #expect(result.code == 143)
        #expect(json["diagnostics"]?.array?.compactMap { $0["code"]?.string } == ["stopped"])
        let outcomes = json["receipt"]?.array?.compactMap { $0["outcome"]?.string } ?? []
        #expect(outcomes.filter { $0 == "not-tried" }.count == 2)
    }

    @Test("a signal after the last step ends the look at what was done")
    func lateSignal() async throws {
        let stage = try await stage()
        // A first apply reads a key's policy only when it looks again.
        stage.send(Signals.interrupt, at: "GetKeyPolicy")
        let result = await stage.run(arguments("apply", stage, ["--yes"]))
        let json = try document(result)
        #expect(result.code == 130)
        #expect(json["diagnostics"]?.array?.compactMap { $0["code"]?.string } == ["stopped"])
        let outcomes = json["receipt"]?.array?.compactMap { $0["outcome"]?.string } ?? []
        #expect(outcomes.count == 7 && outcomes.allSatisfy { $0 == "done" })
    }

    @Test("no document holds a value", arguments: ["plan", "apply", "destroy"])
    func values(verb: String) async throws {
        let stage = try await stage()
        let more = verb == "plan" ? [] : ["--yes"]
        if verb == "destroy" { _ = await stage.run(arguments("apply", stage, ["--yes"])) }
        let result = await stage.run(arguments(verb, stage, more))
        #expect(result.code == 0)
        for secret in ["postgres:", "redis:", "db.internal", "cache.internal"] {
            #expect(!(result.output + result.complaint).contains(secret))
        }
    }

    @Test("policy gives its documents in one, by name")
    func policy() async throws {
        let stage = try await stage()
        let result = await stage.run(["policy", stage.path("store.yaml"), "--json"])
        let json = try JSON(parsing: result.output)
        #expect(result.code == 0)
        #expect(json["documents"]?["reader-app.json"]?["Version"]?.string == "2012-10-17")
    }
}
