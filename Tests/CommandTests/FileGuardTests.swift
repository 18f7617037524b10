import AWSSandbox
import JSON
import POSIX
import Testing

@testable import gaara_infra

@Suite("Files that commands read and write")
struct FileGuardTests {
    private func stage() throws -> Stage {
        let stage = try Stage()
        for file in ["store.yaml", "store.env"] {
            try stage.write(file, try TranscriptFolder.text(file))
        }
        stage.account.addRole("gaara-store-app")
        return stage
    }

    private func plan(_ stage: Stage, envFile: String = "store.env") async -> Stage.Result {
        await stage.run(["plan", stage.path("store.yaml"), "--env-file", stage.path(envFile)])
    }

    @Test("an env file that others can read is warned of, and still used")
    func readableByOthers() async throws {
        let stage = try stage()
        try stage.write("open.env", try TranscriptFolder.text("store.env"), mode: 0o644)
        let result = await plan(stage, envFile: "open.env")
        #expect(result.code == 0)
        let path = stage.path("open.env")
        #expect(
            result.complaint.hasPrefix(
                "warning: \(path) can be read by other users\nhint: chmod 600 \(path)\n"))
        #expect(await !plan(stage).complaint.contains("can be read"))
    }

    @Test("in JSON the same warning is an event, and not lost")
    func readableByOthersAsEvent() async throws {
        let stage = try stage()
        try stage.write("open.env", try TranscriptFolder.text("store.env"), mode: 0o644)
        let result = await stage.run([
            "plan", stage.path("store.yaml"), "--env-file", stage.path("open.env"), "--json",
        ])
        let event = try JSON(parsing: result.complaint)
        #expect(event["event"] == "diagnostic")
        #expect(event["diagnostic"]?["code"] == "readable-by-others")
        #expect(try JSON(parsing: result.output)["diagnostics"]?.array?.isEmpty == true)
    }

    @Test("a fault of the env file is told with its place, and no value is shown")
    func envFault() async throws {
        let stage = try stage()
        try stage.write("bad.env", "REDIS_URL=redis://ok\nDATABASE_URL='hunter2\n")
        let result = await plan(stage, envFile: "bad.env")
        #expect(result.code == 1)
        #expect(result.complaint.contains("bad.env:2:"))
        #expect(!result.complaint.contains("hunter2"))
        #expect(stage.sandbox.calls.isEmpty)
    }

    @Test("an env file that is not there is an error with its name")
    func envMissing() async throws {
        let stage = try stage()
        let result = await plan(stage, envFile: "none.env")
        #expect(result.code == 1)
        #expect(
            result.complaint
                == "error: cannot read \(stage.path("none.env")): no such file or directory\n")
    }

    private func makePipe(_ name: String, on stage: Stage) throws {
        let made = try ChildProcess(["/usr/bin/mkfifo", stage.path(name)], environment: [:]).run()
        try #require(made.isSuccess)
    }

    @Test("an env file may be a pipe, so that no value has to stand in a file")
    func envPipe() async throws {
        let stage = try stage()
        try makePipe("pipe.env", on: stage)
        let script = "cat \(stage.path("store.env")) >\(stage.path("pipe.env"))"
        let writer = try RunningProcess(ChildProcess(["/bin/sh", "-c", script], environment: [:]))
        let result = await plan(stage, envFile: "pipe.env")
        #expect(writer.wait() == .exited(0))
        #expect(result.code == 0)
        #expect(result.output == (await plan(stage)).output)
    }

    @Test("a plan that is a pipe is refused at once, nobody waits for its writer")
    func pipe() async throws {
        let stage = try stage()
        try makePipe("pipe.yaml", on: stage)
        let result = await stage.run(["validate", stage.path("pipe.yaml")])
        #expect(result.code == 1)
        #expect(result.complaint.contains("pipe.yaml"))
    }

    @Test("a plan of more than a mebibyte is refused")
    func tooLarge() async throws {
        let stage = try stage()
        try stage.write("large.yaml", String(repeating: "# ....\n", count: 150_000))
        let result = await stage.run(["validate", stage.path("large.yaml")])
        #expect(result.code == 1)
        #expect(result.complaint.contains("large.yaml"))
        #expect(result.complaint.contains("1048576"))
    }

    @Test(
        "an include that leaves the plan's folder is refused",
        arguments: ["../base.yaml", "/etc/passwd"])
    func includeOutside(path: String) async throws {
        let stage = try stage()
        try stage.write("including.yaml", "include: \(path)\nversion: 1\n")
        let result = await stage.run(["validate", stage.path("including.yaml")])
        #expect(result.code == 1)
        #expect(result.complaint.contains("leaves the plan's folder"))
    }

    @Test("an include that is a link is refused, since it may lead anywhere")
    func includeLink() async throws {
        let stage = try stage()
        try stage.write("including.yaml", "include: link.yaml\nversion: 1\n")
        let made = try ChildProcess(
            ["/bin/ln", "-s", stage.path("store.yaml"), stage.path("link.yaml")], environment: [:]
        ).run()
        try #require(made.isSuccess)
        let result = await stage.run(["validate", stage.path("including.yaml")])
        #expect(result.code == 1)
        #expect(result.complaint.contains("cannot read"))
    }

    @Test("validate and plan write no file and nothing to the account")
    func writesNothing() async throws {
        let stage = try stage()
        let before = try Folder.list(stage.folder.path).sorted()
        _ = await stage.run(["validate", stage.path("store.yaml")])
        #expect(await plan(stage).code == 0)
        #expect(try Folder.list(stage.folder.path).sorted() == before)
        #expect(stage.sandbox.writes.isEmpty)
    }

    @Test("validate asks AWS nothing")
    func validateIsOffline() async throws {
        let stage = try stage()
        #expect(await stage.run(["validate", stage.path("store.yaml")]).code == 0)
        #expect(stage.sandbox.calls.isEmpty)
    }

    @Test("validate --names writes what the library reads")
    func names() async throws {
        let stage = try stage()
        let result = await stage.run([
            "validate", stage.path("store.yaml"), "--names", stage.path("names.json"),
        ])
        #expect(result.code == 0)
        let text = try stage.read("names.json")
        #expect(text.contains("\"jwt-secret\": \"JWT_SECRET_KEY\""))
    }

    @Test("a missing value and a wrong account leave the account untouched")
    func refusalsWriteNothing() async throws {
        let stage = try stage()
        _ = await stage.run(["apply", stage.path("store.yaml"), "--yes"])
        stage.useCredentials(of: stage.sandbox.addAccount(id: "999999999999"))
        let result = await stage.run([
            "apply", stage.path("store.yaml"), "--yes", "--env-file", stage.path("store.env"),
        ])
        #expect(result.code == 1)
        #expect(stage.sandbox.writes.isEmpty)
    }
}
