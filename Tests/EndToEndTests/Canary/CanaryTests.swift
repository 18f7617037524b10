import JSON
import POSIX
import Testing

/// Every verb, with canaries in all places where a secret comes from.
@Suite struct CanaryTests {
    /// What there is to find.
    private struct Nest: Sendable {
        let inEnvFile = Canary.value("value of the env file")
        let inEnvironment = Canary.value("value of the environment", isInEnvironment: true)
        let inFile = Canary.value("value of a file")
        let byCommand = Canary.value("value of a command")
        let inPlan = Canary.value("value in the plan by mistake")
        let secretKey = Canary.credential("secret access key")
        let sessionToken = Canary.credential("session token")

        var all: [Canary] {
            [inEnvFile, inEnvironment, inFile, byCommand, inPlan, secretKey, sessionToken]
        }

        var environment: [String: String?] {
            [
                "PROCESS_VALUE": inEnvironment.text, "AWS_SECRET_ACCESS_KEY": secretKey.text,
                "AWS_SESSION_TOKEN": sessionToken.text,
            ]
        }

        /// The files in which canaries stand rightly, by their names in the work folder.
        var files: [String: String] {
            [
                "values.env": "DATABASE_URL='\(inEnvFile.text)'\nREDIS_URL=harmless\n",
                "broken.env": "REDIS_URL=harmless\nDATABASE_URL=\"\(inEnvFile.text)\n",
                "file-source": inFile.text, "command-source": byCommand.text,
                "literal.yaml": ShopPlan().text.replacing(
                    "redis-url:\n    value: { from: env-file }",
                    with: "redis-url:\n    value: '\(inPlan.text)'"),
            ]
        }

        /// The program waits a moment, so that it is seen while it runs.
        var plan: ShopPlan {
            var plan = ShopPlan()
            plan.moreSecrets = """
                  process-value:
                    recovery-window: 7 days
                    value: { from: environment }
                  file-value:
                    recovery-window: 7 days
                    value: { from: file, path: file-source }
                  command-value:
                    recovery-window: 7 days
                    value: { from: command, run: [/bin/sh, -c, "sleep 0.1; cat command-source"] }

                """
            return plan
        }
    }

    /// The account answers this one call with all that it was sent.
    @Sendable private static func echo(
        _ operation: String, _ request: LoopbackListener.Request
    ) async -> LoopbackListener.Answer? {
        guard operation == "CreateSecret" || operation == "PutSecretValue" else { return nil }
        let sent = request.headers.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
        let text = (String(decoding: request.body, as: UTF8.self) + sent)
            .replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return .response(
            status: 400, headers: [.init("Content-Type", "application/x-amz-json-1.1")],
            body: Array(#"{"__type":"ValidationException","message":"\#(text)"}"#.utf8))
    }

    @Test("no verb lets a value or a credential out, whether it succeeds or fails")
    func verbs() async throws {
        let nest = Nest()
        try await Scene.with(nest.plan) { scene in
            for (name, text) in nest.files { try scene.write(name, text) }
            let hunter = CanaryHunter(
                canaries: nest.all, folders: ["work", "home", "tmp"].map(scene.folder.file),
                excluded: Set(nest.files.keys.map { scene.work + "/" + $0 }))
            let echoing = try Proxy(to: scene.moto, Self.echo)
            let nobody = "http://127.0.0.1:\(try LoopbackListener.freePort())"
            let values = ["plan.yaml", "--env-file", "values.env", "--allow-commands"]
            let debug = ["--log-level", "debug"]
            let before = try FolderTree.files(below: scene.folder.path)
                .filter { try scene.isOurs($0) }

            func expectNothing(
                _ arguments: [String], at endpoint: String? = nil, code: Int32,
                _ location: SourceLocation = #_sourceLocation
            ) async throws {
                let hunt = try await hunter.hunt(
                    [scene.binary] + arguments,
                    environment: scene.environment(at: endpoint, with: nest.environment),
                    folder: scene.work)
                #expect(
                    hunt.findings.isEmpty, "\(arguments): \(hunt.findings)",
                    sourceLocation: location)
                #expect(
                    hunt.run.code == code, "\(arguments): \(hunt.run.errors)",
                    sourceLocation: location)
            }

            try await expectNothing(["--help"], code: 0)
            try await expectNothing(["apply", "--help"], code: 0)
            try await expectNothing(["validate", "plan.yaml"], code: 0)
            try await expectNothing(["validate", "literal.yaml"], code: 1)
            try await expectNothing(["validate", "literal.yaml", "--json"], code: 1)
            try await expectNothing(["policy", "plan.yaml"], code: 0)
            try await expectNothing(
                ["plan", "plan.yaml", "--env-file", "broken.env", "--allow-commands"], code: 1)
            try await expectNothing(["plan"] + values + debug, code: 0)
            try await expectNothing(["plan"] + values + ["--json"], code: 0)
            try await expectNothing(["plan"] + values, at: nobody, code: 1)
            try await expectNothing(["apply"] + values + ["--yes"], at: echoing.url, code: 1)
            try await expectNothing(
                ["apply"] + values + ["--yes", "--json"] + debug, at: echoing.url, code: 1)
            try await expectNothing(["apply"] + values + ["--yes"] + debug, code: 0)
            try await expectNothing(["apply"] + values + ["--yes", "--json"], code: 0)
            try await expectNothing(["plan"] + values + ["--json"] + debug, code: 0)
            // The command did bring the values to where they belong.
            let account = try await scene.judge.stateWithValues()
            for (name, canary) in [
                ("database-url", nest.inEnvFile), ("process-value", nest.inEnvironment),
                ("file-value", nest.inFile), ("command-value", nest.byCommand),
            ] {
                #expect(account.secret("shop/staging/" + name)?["value"] == .string(canary.text))
            }
            try await expectNothing(["destroy", "plan.yaml"] + debug, code: 1)
            try await expectNothing(["destroy", "plan.yaml", "--yes", "--json"], code: 0)
            let after = try FolderTree.files(below: scene.folder.path)
                .filter { try scene.isOurs($0) }
            #expect(after == before, "no file is left behind")
        }
    }
}

extension Scene {
    /// Whether a path lies where only the command writes.
    fileprivate func isOurs(_ path: String) throws -> Bool {
        ["work", "home", "tmp"].contains { path.hasPrefix(folder.file($0) + "/") }
    }
}
