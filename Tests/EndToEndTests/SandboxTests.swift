import Glibc
import JSON
import POSIX
import Testing

/// The built command against the sandbox that it serves itself.
@Suite struct SandboxTests {
    @Test("plan, apply, plan and destroy, with the server killed and started again in between")
    func wholeLife() async throws {
        let scene = try SandboxScene()
        let first = try await scene.sandbox()
        let planned = try await scene.plan(at: first, "--detailed-exitcode")
        #expect(planned.code == 2)
        #expect(planned.output.contains("in a simulation of AWS"))
        let applied = try await scene.apply(at: first)
        #expect(applied.code == 0, "\(applied.errors)")
        #expect(try await first.end(by: SIGKILL) == .signalled(SIGKILL))

        let second = try await scene.sandbox(after: first)
        #expect(second.exports == first.exports)
        let unchanged = try await scene.plan(at: second, "--detailed-exitcode")
        #expect(unchanged.code == 0, "\(unchanged.output)\(unchanged.errors)")
        let read = try await scene.run(
            ["secret", "get", "database-url"], at: second,
            with: ["ENVIRONMENT": "staging", "GAARA_APPLICATION": "shop"])
        #expect(read.output == ShopPlan.databaseURL)
        let destroyed = try await scene.run(
            ["destroy", "plan.yaml", "--yes", "--confirm", "secret/database-url"], at: second)
        #expect(destroyed.code == 0, "\(destroyed.errors)")
        #expect(try await second.end(by: SIGTERM) == .exited(143))
        let third = try await scene.sandbox(after: second)
        #expect(try await third.end(by: SIGINT) == .exited(130))
        #expect(
            try Folder.list(scene.folder.path) + Folder.list(scene.work)
                == ["state.json", "work", "plan.yaml", "values.env"])
    }

    @Test(
        "no answered write is lost when the server is killed, whatever the moment", arguments: 1...3
    )
    func killedServer(round: Int) async throws {
        let scene = try SandboxScene()
        let first = try await scene.sandbox()
        let hammer = try Started(
            [Repository.python, Repository.judge + "hammer.py", first.endpoint, "\(round * 20)"],
            environment: scene.environment(first))
        try await hammer.firstLine()
        #expect(try await first.end(by: SIGKILL) == .signalled(SIGKILL))
        let answered = Set(try await hammer.end().outputLines.dropFirst())
        #expect(answered.count >= round * 20)

        let second = try await scene.sandbox(after: first)
        let listed = try await scene.python(["listed.py", second.endpoint], at: second)
        #expect(answered.subtracting(listed.outputLines).isEmpty, "\(listed.errors)")
    }

    @Test("an apply that is killed is finished by the next one", arguments: [3, 6, 9])
    func killedApply(call: Int) async throws {
        let scene = try SandboxScene()
        let sandbox = try await scene.sandbox()
        let apply = try Started(
            [
                scene.binary, "apply", "plan.yaml", "--env-file", "values.env", "--yes",
                "--log-level", "debug",
            ], environment: scene.environment(sandbox), folder: scene.work)
        try await apply.errors(have: "Create", times: call / 3)
        apply.process.send(signal: SIGKILL)
        _ = try await apply.end()
        let finished = try await scene.apply(at: sandbox)
        #expect(finished.code == 0, "\(finished.errors)")
        #expect(try await scene.plan(at: sandbox, "--detailed-exitcode").code == 0)
    }

    @Test("production is refused unless --sandbox says that a simulation is meant")
    func production() async throws {
        var plan = ShopPlan()
        plan.environment = "production"
        let scene = try SandboxScene(plan)
        let sandbox = try await scene.sandbox()
        for command in [
            ["plan", "plan.yaml"], ["apply", "plan.yaml", "--yes"],
            ["destroy", "plan.yaml", "--yes"],
        ] {
            let refused = try await scene.run(command, at: sandbox)
            #expect(refused.code == 1)
            #expect(refused.errors.contains("the endpoint is a simulation of AWS"))
        }
        let applied = try await scene.apply(at: sandbox, "--sandbox")
        #expect(applied.code == 0, "\(applied.errors)")
        #expect(applied.output.contains("in a simulation of AWS"))
        let read = ["secret", "get", "database-url"]
        let environment = [
            "ENVIRONMENT": "production", "GAARA_APPLICATION": "shop",
        ]
        let refused = try await scene.run(read, at: sandbox, with: environment)
        #expect(refused.code == 1 && refused.output.isEmpty)
        let allowed = try await scene.run(read + ["--sandbox"], at: sandbox, with: environment)
        #expect(allowed.output == ShopPlan.databaseURL)
        #expect(allowed.errors.contains("note: in a simulation of AWS"))
    }

    @Test("a state file is refused when another server has it, others may read it, or it is a link")
    func guardedState() async throws {
        let scene = try SandboxScene()
        let sandbox = try await scene.sandbox()
        func refused(_ file: String, _ words: String) async throws {
            let run = try await Program.run(
                [scene.binary, "sandbox", "--state", file], folder: scene.work)
            #expect(run.code == 1 && run.output.isEmpty)
            #expect(run.errors.contains(words), "\(run.errors)")
        }
        try await refused("../state.json", "another process holds it")
        try File.write(scene.folder.file("open.json"), [], mode: 0o644)
        try await refused("../open.json", "others than its owner may read or change it")
        try await refused("missing/state.json", "no such file or directory")
        try File.writePrivate(scene.folder.file("other.json"), Array("{}".utf8))
        try await refused("../other.json", "this is no state file of a sandbox")
        _ = try await Program.run(["/bin/ln", "-s", "state.json", scene.folder.file("link.json")])
        try await refused("../link.json", "it is a symbolic link")
        #expect(try await scene.plan(at: sandbox).code == 0)
    }

    @Test("the server lets no value out on a screen, as an argument or in its environment")
    func canaries() async throws {
        let canaries = [Canary.value("database"), Canary.value("redis")]
        let scene = try SandboxScene(
            values: "DATABASE_URL='\(canaries[0].text)'\nREDIS_URL='\(canaries[1].text)'\n")
        let hunter = CanaryHunter(
            canaries: canaries, folders: [scene.work],
            excluded: [scene.work + "/values.env"])
        let sandbox = try await scene.sandbox()
        for arguments in [
            ["apply", "plan.yaml", "--env-file", "values.env", "--yes"],
            ["plan", "plan.yaml", "--env-file", "values.env"],
            // Refused: what it was sent must not come up in what is said about it.
            ["apply", "plan.yaml", "--env-file", "values.env", "--yes", "--region", "eu-west-1"],
        ] {
            let hunt = try await hunter.hunt(
                [scene.binary] + arguments, environment: scene.environment(sandbox),
                folder: scene.work)
            #expect(hunt.findings.isEmpty, "\(arguments): \(hunt.findings)")
        }
        let state = try File.read(scene.folder.file("state.json"), maximumBytes: 1 << 24)
        #expect(!hunter.search(state, "state").isEmpty, "the values did arrive")
        let identifier = sandbox.process.identifier
        for name in ["cmdline", "environ"] {
            // Without core dumps the environment is root's to read (prctl(2)).
            let place = "/proc/\(identifier)/\(name)"
            let bytes = (try? File.read(place, maximumBytes: 1 << 20)) ?? []
            #expect(hunter.search(bytes, "arguments").isEmpty)
        }
        #expect(try await sandbox.end(by: SIGTERM) == .exited(143))
        let (output, errors) = try sandbox.outputs()
        #expect(hunter.search(Array((output + errors).utf8), "output").isEmpty)
    }

    @Test("with --json one document says how to reach it")
    func document() async throws {
        let scene = try SandboxScene()
        let run = try Started(
            [scene.binary, "sandbox", "--json", "--account", "210987654321"], environment: [:],
            folder: scene.work)
        try await run.firstLine(ending: "}\n")
        run.process.send(signal: SIGTERM)
        let ended = try await run.end()
        #expect(ended.code == 143)
        let json = try JSON(parsing: ended.output)
        #expect(json["account"] == "210987654321")
        #expect(json["simulation"] == true)
        #expect(json["state"] == .null)
        #expect(json["endpoint"]?.string?.hasPrefix("http://127.0.0.1:") == true)
        for key in ["access_key_id", "secret_access_key", "region"] {
            #expect(json[key]?.string?.isEmpty == false)
        }
    }
}
