import GaaraStore
import Testing

@Suite struct DeploymentEnvironmentTests {
    @Test(
        "a lower-case word of at most 32 letters, digits and hyphens names an environment",
        arguments: ["production", "qa2", "eu-west", "a", String(repeating: "a", count: 32)])
    func accepted(name: String) {
        #expect(DeploymentEnvironment(name)?.description == name)
    }

    @Test(
        "any other text names none",
        arguments: [
            "", "Production", "2qa", "-a", "a_b", "a b", "é", "a/b",
            String(repeating: "a", count: 33),
        ])
    func refused(name: String) {
        #expect(DeploymentEnvironment(name) == nil)
    }

    @Test("the known ones equal those made of their words")
    func known() {
        #expect(DeploymentEnvironment("development") == .development)
        #expect(DeploymentEnvironment("staging") == .staging)
        #expect(DeploymentEnvironment("production") == .production)
    }
}
