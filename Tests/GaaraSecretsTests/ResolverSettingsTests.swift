import GaaraSecrets
import POSIX
import Testing

@Suite struct ResolverSettingsTests {
    private func settings(_ environment: [String: String]) throws(SecretError) -> ResolverSettings {
        try ResolverSettings(processEnvironment: environment)
    }

    private func message(_ environment: [String: String]) -> String? {
        do {
            _ = try settings(environment)
            return nil
        } catch {
            return error.code == .configuration ? error.message : "\(error.code)"
        }
    }

    @Test("ENVIRONMENT alone gives the defaults")
    func defaults() throws {
        let settings = try settings(["ENVIRONMENT": "production", "SECRET_CACHE_TTL": ""])
        #expect(settings.environment == .production)
        #expect(settings.application == "gaara-store")
        #expect(settings.cacheTTL == 300)
        #expect(settings.dotEnvPath == "./.env")
        #expect(settings.aliases == [:])
    }

    @Test(
        "ENVIRONMENT is required, and no unknown word becomes development",
        arguments: [
            ([:], "ENVIRONMENT is not set; it is one of development, staging, production"),
            (
                ["ENVIRONMENT": ""],
                "ENVIRONMENT is not set; it is one of development, staging, production"
            ),
            (
                ["ENVIRONMENT": "prod"],
                "ENVIRONMENT is none of development, staging, production"
            ),
            (
                ["ENVIRONMENT": "Production"],
                "ENVIRONMENT is none of development, staging, production"
            ),
            (
                ["ENVIRONMENT": "prod", "GAARA_ENVIRONMENTS": "qa, eu-staging"],
                "ENVIRONMENT is none of development, staging, production, qa, eu-staging"
            ),
            (
                ["ENVIRONMENT": "staging", "GAARA_ENVIRONMENTS": "QA"],
                "GAARA_ENVIRONMENTS has a word that is no lower-case name of an environment"
            ),
        ])
    func environment(environment: [String: String], expected: String) {
        #expect(message(environment) == expected)
    }

    @Test("a word of GAARA_ENVIRONMENTS is an environment")
    func moreEnvironments() throws {
        let settings = try settings(["ENVIRONMENT": "qa", "GAARA_ENVIRONMENTS": "eu-staging,qa"])
        #expect(settings.environment.name == "qa")
    }

    @Test(
        "SECRET_CACHE_TTL is a number of seconds, and anything else names the variable",
        arguments: ["abc", "-1", "1.5", "5m", " 5", "٣", "86401", "99999999999999999999"])
    func badTTL(text: String) {
        #expect(
            message(["ENVIRONMENT": "staging", "SECRET_CACHE_TTL": text])
                == "SECRET_CACHE_TTL is not a number of seconds from 0 to 86400")
    }

    @Test("SECRET_CACHE_TTL may be 0", arguments: [("0", 0), ("60", 60), ("86400", 86_400)])
    func goodTTL(text: String, seconds: Int) throws {
        #expect(
            try settings(["ENVIRONMENT": "staging", "SECRET_CACHE_TTL": text]).cacheTTL == seconds)
    }

    @Test("one error names everything that is wrong, and no value")
    func allAtOnce() throws {
        let said = try #require(
            message([
                "ENVIRONMENT": "canary", "SECRET_CACHE_TTL": "canary",
                "GAARA_APPLICATION": "canary canary", "GAARA_NAMES": "/nowhere/names.json",
            ]))
        for variable in ["ENVIRONMENT", "SECRET_CACHE_TTL", "GAARA_APPLICATION", "GAARA_NAMES"] {
            #expect(said.contains(variable))
        }
        #expect(!said.contains("canary"))
    }

    @Test("GAARA_NAMES gives the application and the variables of the secrets")
    func names() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("names.json")
        let text = """
            {"format_version": 1, "application": "shop", "environment": "production",
             "names": {"jwt-secret": "JWT_SECRET_KEY", "database-url": "DATABASE_URL"}}
            """
        try File.writePrivate(path, Array(text.utf8))
        let settings = try settings(["ENVIRONMENT": "development", "GAARA_NAMES": path])
        #expect(settings.application == "shop")
        #expect(settings.aliases[try SecretName(validating: "jwt-secret")] == "JWT_SECRET_KEY")
        #expect(settings.aliases.count == 2)

        let other = [
            "ENVIRONMENT": "development", "GAARA_NAMES": path, "GAARA_APPLICATION": "store",
        ]
        #expect(message(other) == "GAARA_NAMES is of application shop, not of store")
    }

    @Test(
        "a file of names that is none is refused with the reason",
        arguments: [
            ("{", "1:2: the JSON text ends too early"), ("[]", "format_version is not 1"),
            (#"{"format_version": 2}"#, "format_version is not 1"),
            (#"{"format_version": 1}"#, "application or names is missing"),
            (
                #"{"format_version": 1, "application": "a", "names": {"a b": "A"}}"#,
                "the secret name 'a b' holds ' '; allowed are letters, digits and / _ + = . @ -"
            ),
            (
                #"{"format_version": 1, "application": "a", "names": {"a": 1}}"#,
                "a has no variable"
            ),
            (
                #"{"format_version": 1, "application": "a", "names": {"a": "A", "a": "B"}}"#,
                "1:63: this key stands twice in one JSON object"
            ),
        ])
    func badNames(text: String, expected: String) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("names.json")
        try File.writePrivate(path, Array(text.utf8))
        #expect(
            message(["ENVIRONMENT": "development", "GAARA_NAMES": path])
                == "GAARA_NAMES: \(path): \(expected)")
    }
}
