import GaaraPlan
import GaaraStore
import Testing

@Suite("The repository's plans")
struct RepositoryPlansTests {
    @Test(
        "are valid, and nothing in them waits for a later version",
        arguments: ["staging", "production"])
    func areValid(name: String) throws {
        let reading = try PlanText.read(path: "plans/\(name).yaml", as: "plans/\(name).yaml")
        #expect(reading.errors == [], "\(reading.rendered)")
        #expect(reading.codes == ["partial-arn"], "only jwt-secret is worth a note")
        let plan = try #require(reading.plan)
        #expect(plan.unsupported() == [])
        #expect(plan.identity.prefix == "gaara-store/\(name)")
        #expect(
            plan.secrets.map(\.name.text) == [
                "database-login", "database-url", "jwt-secret", "redis-url", "sentry-dsn",
                "smtp-password",
            ])
    }

    @Test("share one file, and each has its own windows and readers")
    func differ() throws {
        let staging = try #require(
            try PlanText.read(path: "plans/staging.yaml", as: "plans/staging.yaml").plan)
        let production = try #require(
            try PlanText.read(path: "plans/production.yaml", as: "plans/production.yaml").plan)
        #expect(staging.secrets.allSatisfy { $0.recoveryWindowDays == 7 && !$0.isProtected })
        #expect(production.secrets.allSatisfy { $0.recoveryWindowDays == 30 })
        #expect(production.secrets.filter(\.isProtected).map(\.variable) == ["DATABASE_URL"])
        #expect(staging.access.flatMap(\.roles).map(\.name) == ["gaara-store-staging-app"])
        #expect(staging.secrets[2].variable == "JWT_SECRET_KEY")
        #expect(staging.secrets[5].variable == "MAIL_PASSWORD")
        #expect(staging.secrets[1].place.file == "plans/staging.yaml")
        #expect(staging.digest != production.digest)
    }
}
