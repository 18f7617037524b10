import GaaraPlan
import JSON
import Testing

@Suite("Names for the library")
struct PlanNamesTests {
    @Test("every secret is there with its variable, each role that reads, and no value or source")
    func names() throws {
        let plan = try #require(
            PlanText.read(
                "secrets: { jwt: { variable: JWT_SECRET_KEY, value: { from: environment } },"
                    + " database-url: { value: external } }\n"
                    + "access: { app: { read: all, attach: { roles: [web, worker] } },"
                    + " job: { read: [jwt], attach: { roles: [job, web] } } }\n"
            ).plan)
        #expect(
            PlanNames.json(of: plan) == [
                "format_version": 1, "application": "gaara-store", "environment": "staging",
                "names": ["database-url": "DATABASE_URL", "jwt": "JWT_SECRET_KEY"],
                "readers": ["job", "web", "worker"],
            ])
    }
}
