import AWSSandbox
import GaaraEngine
import HTTP
import JSON
import SigV4
import Testing

@testable import gaara_infra

/// What the transcript does not show.
@Suite("doctor")
struct DoctorTests {
    private static let keys = [
        "format_version", "simulation", "passed", "summary", "checks", "reads", "writes",
        "occasion", "diagnostics",
    ]

    private func stage(_ plan: String? = nil) throws -> Stage {
        let stage = try Stage()
        try stage.write("store.yaml", plan ?? TranscriptFolder.text("store.yaml"))
        try stage.write("store.env", try TranscriptFolder.text("store.env"))
        try stage.write("faulty.yaml", try TranscriptFolder.text("faulty.yaml"))
        stage.account.addRole("gaara-store-app")
        stage.front.simulate()
        stage.front.date(ahead: 0)
        stage.set("AWS_REGION", to: "us-east-1")
        stage.set("ENVIRONMENT", to: "staging")
        stage.set("AWS_EC2_METADATA_DISABLED", to: "true")
        return stage
    }

    private func document(_ stage: Stage, _ words: [String] = []) async throws -> JSON {
        let located = words.map { $0.hasSuffix(".yaml") ? stage.path($0) : $0 }
        let result = await stage.run(["doctor", "--json"] + located)
        let json = try JSON(parsing: result.output)
        #expect(result.complaint.isEmpty)
        #expect(json.object?.members.map(\.key) == Self.keys)
        #expect((result.code == 0) == (json["passed"] == true))
        #expect((json["summary"]?["obstacles"] == 0) == (result.code == 0))
        return json
    }

    private func row(_ subject: String, of json: JSON) -> JSON? {
        json["checks"]?.array?.first { $0["subject"]?.string == subject }
    }

    @Test("the document has the same keys whatever is found, and each part its own")
    func shape() async throws {
        let stage = try stage()
        let plan = try await document(stage, ["store.yaml"])
        #expect(plan["passed"] == true)
        for check in plan["checks"]?.array ?? [] {
            #expect(
                check.object?.members.map(\.key)
                    == ["subject", "verdict", "text", "hint", "details"])
        }
        for finding in (plan["reads"]?.array ?? []) + (plan["writes"]?.array ?? []) {
            #expect(
                finding.object?.members.map(\.key) == [
                    "action", "resource", "verdict", "evidence", "needed", "reason", "hint",
                ])
        }
        #expect(
            plan["checks"]?.array?.compactMap { $0["subject"]?.string } == [
                "library", "region", "credentials", "identity", "endpoint", "endpoint", "endpoint",
                "endpoint", "clock", "tls", "proxy", "secrets", "plan",
            ])
        #expect(plan["reads"]?.array?.count == 20)
        #expect(plan["writes"]?.array?.isEmpty == false)

        let faulty = try await document(stage, ["faulty.yaml"])
        #expect(faulty["diagnostics"]?.array?.first?["code"]?.string == "not-quoted")
        #expect(row("identity", of: faulty)?["verdict"]?.string == "ok")
        stage.set("AWS_ACCESS_KEY_ID", to: nil)
        stage.set("AWS_SECRET_ACCESS_KEY", to: nil)
        let none = try await document(stage)
        #expect(row("credentials", of: none)?["details"]?["looked_at"]?.array?.count == 5)
        #expect(row("tls", of: none)?["verdict"]?.string == "ok")
        #expect(none["reads"]?.array?.isEmpty == true)
    }

    @Test("the parts of what is found stand beside its words")
    func details() async throws {
        let json = try await document(try stage(), ["store.yaml"])
        #expect(row("region", of: json)?["details"]?["source"]?.string == "the plan")
        #expect(row("identity", of: json)?["details"]?["account"]?.string == Stage.accountID)
        #expect(row("clock", of: json)?["details"]?["offset_seconds"] == 0)
        #expect(row("tls", of: json)?["details"]?["libcurl"]?.string == "7.88.1")
        #expect(row("plan", of: json)?["details"]?["steps"] == 7)
        #expect(row("secrets", of: json)?["details"]?["absent"]?.array?.count == 3)
        #expect(row("endpoint", of: json)?["details"]?["services"]?.array == ["sts"])
    }

    @Test("nothing is written, and nothing but reading is asked for")
    func readsOnly() async throws {
        let stage = try stage()
        let applied = await stage.run([
            "apply", stage.path("store.yaml"), "--env-file", stage.path("store.env"), "--yes",
        ])
        #expect(applied.code == 0)
        let (writes, start) = (stage.sandbox.writes.count, stage.sandbox.calls.count)
        _ = try await document(stage, ["store.yaml"])
        #expect(stage.sandbox.writes.count == writes)
        let calls = stage.sandbox.calls.dropFirst(start)
        #expect(calls.contains { $0.operation == "DescribeSecret" })
        #expect(calls.allSatisfy { !$0.isWrite && $0.operation != "GetSecretValue" })
    }

    @Test("no secret, no token and no whole key id is shown, in no form", arguments: [true, false])
    func secrets(asJSON: Bool) async throws {
        let stage = try stage()
        let key = stage.account.accessKey(for: "role/gaara-store-app")
        let token = try #require(key.sessionToken)
        stage.set("AWS_ACCESS_KEY_ID", to: key.accessKeyID)
        stage.set("AWS_SECRET_ACCESS_KEY", to: key.secretAccessKey)
        stage.set("AWS_SESSION_TOKEN", to: token)
        stage.set("HTTPS_PROXY", to: "http://me:hunter2@proxy.internal:3128")
        let result = await stage.run(
            ["doctor", stage.path("store.yaml"), "--log-level", "debug"]
                + (asJSON ? ["--json"] : []))
        let shown = result.output + result.complaint
        #expect(shown.contains("assumed-role/gaara-store-app"))
        #expect(shown.contains("http://proxy.internal:3128"))
        for canary in [key.accessKeyID, key.secretAccessKey, token, "hunter2"] {
            #expect(!shown.contains(canary))
        }
        // Of a session, its role is what the simulator is asked about.
        #expect(
            stage.front.questions.first?["PolicySourceArn"]
                == "arn:aws:iam::\(Stage.accountID):role/gaara-store-app")
        // Nor does what is not a key's id: it may be the secret in the wrong place.
        stage.set("AWS_ACCESS_KEY_ID", to: key.secretAccessKey)
        let swapped = await stage.run(["doctor"])
        #expect(swapped.code == 1)
        #expect(!swapped.output.contains(key.secretAccessKey.prefix(4)))
        #expect(!swapped.output.contains(key.secretAccessKey.suffix(4)))
    }

    @Test("a user's key in production is a warning that names the roles to use instead")
    func longLived() async throws {
        let text = try TranscriptFolder.text("store.yaml")
            .replacing("environment: staging", with: "environment: production")
        let operators = """

            operators:
              planner: [role/gaara-planner]
              applier: [role/gaara-applier]
            """
        let stage = try stage(text + operators)
        stage.set("ENVIRONMENT", to: "production")
        let result = await stage.run(["doctor", stage.path("store.yaml"), "--sandbox"])
        #expect(result.output.contains("the environment, a key that never ends, in production"))
        #expect(
            result.output.contains(
                "fix: assume role/gaara-planner to plan and role/gaara-applier to apply\n"))
        #expect(result.code == 0)
    }

    @Test("a simulation of AWS is refused for production here too")
    func simulation() async throws {
        let text = try TranscriptFolder.text("store.yaml")
            .replacing("environment: staging", with: "environment: production")
        let json = try await document(try stage(text), ["store.yaml"])
        #expect(row("plan", of: json)?["text"]?.string?.contains("a simulation of AWS") == true)
        #expect(json["writes"]?.array?.isEmpty == true)
    }

    @Test("credentials tell when they end, and are doubtful when that is soon")
    func expiration() async throws {
        let stage = try stage()
        let key = stage.account.accessKey(for: "role/gaara-store-app")
        for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] { stage.set(name, to: nil) }
        for (end, verdict, minutes) in [
            ("2026-01-01T01:00:00Z", "ok", 60), ("2026-01-01T00:10:00Z", "warning", 10),
        ] {
            try stage.write(
                "credentials.json",
                """
                {"Version":1,"AccessKeyId":"\(key.accessKeyID)",\
                "SecretAccessKey":"\(key.secretAccessKey)",\
                "SessionToken":"\(key.sessionToken ?? "")","Expiration":"\(end)"}
                """)
            try stage.write(
                "config",
                "[default]\ncredential_process = /bin/cat \(stage.path("credentials.json"))\n")
            stage.set("AWS_CONFIG_FILE", to: stage.path("config"))
            let json = try await document(stage)
            let credentials = try #require(row("credentials", of: json))
            #expect(credentials["verdict"]?.string == verdict)
            #expect(credentials["details"]?["expiration"]?.string == end)
            let words = "until \(end) (in \(minutes) minutes)"
            #expect(credentials["text"]?.string?.contains(words) == true, "\(credentials)")
        }
    }

    @Test("an endpoint that cannot be reached is told with its address, and the rest goes on")
    func unreachable() async throws {
        let stage = try stage()
        stage.front.refuse("kms.us-east-1.amazonaws.com", HTTPError(.notSent, "no route"))
        let result = await stage.run(["doctor"])
        #expect(result.code == 1)
        #expect(
            result.output.contains(
                "✗ endpoint     https://kms.us-east-1.amazonaws.com (AWS's own) for kms: no route\n"
            ))
        #expect(result.output.contains("✓ endpoint     https://iam.amazonaws.com"))
        #expect(result.output.contains("1 thing stands in the way."))
    }

    @Test("services behind one address are told together")
    func sharedEndpoint() async throws {
        let stage = try stage()
        let result = await stage.run(["doctor", "--endpoint-url", "http://127.0.0.1:4566"])
        #expect(
            result.output.contains(
                "http://127.0.0.1:4566 (--endpoint-url) for sts, kms, secretsmanager, iam\n"))
    }

    @Test("a certificate that does not verify is told beside the certificates that are trusted")
    func untrusted() async throws {
        let stage = try stage()
        try stage.write("ca.pem", "-----BEGIN CERTIFICATE-----\n")
        stage.set("AWS_CA_BUNDLE", to: stage.path("ca.pem"))
        stage.front.refuse(
            "sts.us-east-1.amazonaws.com", HTTPError(.untrusted, "self-signed certificate"))
        let json = try await document(stage)
        let tls = try #require(row("tls", of: json))
        #expect(tls["verdict"]?.string == "failed")
        #expect(tls["details"]?["trust_source"]?.string == "AWS_CA_BUNDLE")
        #expect(tls["details"]?["trust"]?.string == stage.path("ca.pem"))
        #expect(tls["hint"]?.string?.contains("AWS_CA_BUNDLE") == true)
    }

    @Test("settings that cannot be used are told, and TLS all the same")
    func settings() async throws {
        let stage = try stage()
        stage.set("AWS_CA_BUNDLE", to: stage.path("nothing.pem"))
        let json = try await document(stage)
        #expect(row("settings", of: json)?["text"]?.string?.contains("AWS_CA_BUNDLE") == true)
        #expect(row("tls", of: json) != nil)
        stage.set("AWS_CA_BUNDLE", to: nil)
        stage.set("AWS_RETRY_MODE", to: "adaptive")
        let noted = try await document(stage)
        #expect(row("settings", of: noted)?["verdict"]?.string == "warning")
    }

    @Test("what the simulator denies is an obstacle, and what depends on the call is unknown")
    func simulator() async throws {
        let stage = try stage()
        stage.front.deny("kms:CreateKey")
        stage.front.miss("aws:SourceIp", for: "iam:CreatePolicy")
        let json = try await document(stage, ["store.yaml"])
        func finding(_ action: String) -> JSON? {
            json["writes"]?.array?.first { $0["action"]?.string == action }
        }
        #expect(finding("kms:CreateKey")?["verdict"]?.string == "denied")
        #expect(
            finding("kms:CreateKey")?["hint"]?.string
                == "allow it to arn:aws:iam::\(Stage.accountID):user/alice")
        #expect(finding("iam:CreatePolicy")?["verdict"]?.string == "unknown")
        #expect(finding("iam:CreatePolicy")?["reason"]?.string?.contains("aws:SourceIp") == true)
        #expect(finding("iam:TagPolicy")?["verdict"]?.string == "allowed")
        #expect(json["summary"]?["obstacles"] == 1)
    }

    @Test("colours are for a terminal whose person does not object")
    func colours() async throws {
        let stage = try stage()
        stage.set("AWS_REGION", to: nil)
        #expect(await !stage.run(["doctor"]).output.contains("\u{1B}"))
        stage.sit(atTerminal: true, columns: 100)
        #expect(await stage.run(["doctor"]).output.contains("\u{1B}[31m✗"))
        #expect(await !stage.run(["doctor", "--no-color"]).output.contains("\u{1B}"))
        stage.set("NO_COLOR", to: "1")
        #expect(await !stage.run(["doctor"]).output.contains("\u{1B}"))
    }

    @Test("a region that contradicts the plan is one obstacle, and the plan's is looked at")
    func region() async throws {
        let json = try await document(try stage(), ["store.yaml", "--region", "eu-west-1"])
        let verdicts = json["checks"]?.array?.filter { $0["subject"]?.string == "region" }
        #expect(verdicts?.compactMap { $0["verdict"]?.string } == ["failed", "ok"])
        #expect(json["summary"]?["obstacles"] == 1)
    }
}
