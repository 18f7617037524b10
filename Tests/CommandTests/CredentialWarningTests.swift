import AWSSandbox
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
        environment: String, operators: String = Self.operators
    ) async throws -> String {
        let stage = try Stage()
        let text = try TranscriptFolder.text("store.yaml")
            .replacing("environment: staging", with: "environment: \(environment)")
        try stage.write("store.yaml", text + operators)
        try stage.write("store.env", try TranscriptFolder.text("store.env"))
        stage.account.addRole("gaara-store-app")
        stage.account.addRole("gaara-planner")
        stage.account.addRole("gaara-applier")
        return await stage.run([
            "plan", stage.path("store.yaml"), "--env-file", stage.path("store.env"), "--sandbox",
        ]).complaint
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
}
