import AWSSandbox
import JSON
import Testing

@testable import gaara_infra

@Suite("Warnings about credentials")
struct CredentialWarningTests {
    private static let operators = """

        operators:
          planner: [role/gaara-planner]
          applier: [role/gaara-applier]
        """

    private func complaint(
        environment: String, operators: String = Self.operators, _ options: String...
    ) async throws -> String {
        let stage = try Stage()
        let text = try TranscriptFolder.text("store.yaml")
            .replacing("environment: staging", with: "environment: \(environment)")
        try stage.write("store.yaml", text + operators)
        try stage.write("store.env", try TranscriptFolder.text("store.env"))
        stage.account.addRole("gaara-store-app")
        stage.account.addRole("gaara-planner")
        stage.account.addRole("gaara-applier")
        return await stage.run(
            [
                "plan", stage.path("store.yaml"), "--env-file", stage.path("store.env"),
                "--sandbox",
            ] + options
        ).complaint
    }

    @Test("a user's key in production is a warning that names the roles to use instead")
    func production() async throws {
        let text = try await complaint(environment: "production")
        let warning =
            "warning: the credentials from the environment are a key that never ends, in"
            + " production: assume role/gaara-planner to plan and role/gaara-applier to apply\n"
        #expect(text.contains(warning), "\(text)")
    }

    @Test("a plan without operators is told to name one")
    func noOperators() async throws {
        let text = try await complaint(environment: "production", operators: "")
        #expect(
            text.contains("in production: assume a role, and name it under `operators`"), "\(text)")
    }

    @Test("elsewhere a user's key is no warning")
    func staging() async throws {
        #expect(try await !complaint(environment: "staging").contains("never ends"))
    }

    /// The warnings among the events that a script reads on standard error.
    private func events(_ complaint: String) throws -> [JSON] {
        try complaint.split(separator: "\n").map { try JSON(parsing: String($0)) }
            .filter { $0["diagnostic"]?["severity"] == "warning" }
    }

    @Test("a script is told by an event")
    func json() async throws {
        let found = try events(try await complaint(environment: "production", "--json"))
        #expect(found.map { $0["event"] } == ["diagnostic"])
        #expect(found.map { $0["diagnostic"]?["code"] } == ["long-lived-key"])
        #expect(found[0]["diagnostic"]?["message"]?.string?.contains("role/gaara-planner") == true)
        #expect(try events(try await complaint(environment: "staging", "--json")) == [])
    }

    @Test("secret get warns of the same, and names the roles of the file of names")
    func secretGet() async throws {
        let stage = try Stage()
        let names = """
            {"format_version": 1, "application": "gaara-store", "environment": "production",
             "names": {"database-url": "DATABASE_URL"}, "readers": ["gaara-store-app"]}
            """
        try stage.write("names.json", names)
        for (variable, value) in [
            ("ENVIRONMENT", "production"), ("AWS_REGION", Stage.region),
            ("GAARA_NAMES", stage.path("names.json")),
        ] { stage.set(variable, to: value) }
        let text = await stage.run(["secret", "get", "database-url", "--sandbox"]).complaint
        let warning =
            "the credentials from the environment are a key that never ends, in production: use"
            + " role/gaara-store-app"
        #expect(text.contains("warning: \(warning)\n"), "\(text)")
        let script = await stage.run(["secret", "get", "database-url", "--sandbox", "--json"])
        let found = try events(script.complaint)
        #expect(found.map { $0["diagnostic"]?["code"] } == ["long-lived-key"])
        #expect(found.map { $0["diagnostic"]?["message"]?.string } == [warning])
        stage.set("ENVIRONMENT", to: "staging")
        #expect(
            await !stage.run(["secret", "get", "database-url"]).complaint.contains("never ends"))
    }
}
