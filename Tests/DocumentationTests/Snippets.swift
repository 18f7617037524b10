import GaaraSecrets

/// The Swift of the documents, in a form that the compiler reads.
enum Snippets {
    static func reading() async throws {
        let secrets = try SecretResolver()  // ENVIRONMENT says where they are
        let url = try await secrets.getSecret("database-url")
        print(url)  // database-url from gaara-store/production/database-url in us-east-1
        let text = url.value.revealed()  // the one word that gives a value
        _ = text
    }

    static func testing() async throws -> String? {
        let settings = ResolverSettings(
            environment: .development, processEnvironment: ["DATABASE_URL": "postgresql://test"])
        let secrets = try SecretResolver(settings)
        return try await secrets.getSecret("database-url").value.revealed()
    }
}
