import GaaraSecrets
import POSIX
import Testing

@Suite struct DotEnvSourceTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A resolver for development whose `.env` has that text; without a text there is no file.
    private func resolver(
        _ text: String?, environment: [String: String] = [:], aliases: [String: String] = [:]
    ) throws -> SecretResolver {
        var settings = ResolverSettings(
            environment: .development, processEnvironment: environment)
        settings.dotEnvPath = folder.file(".env")
        for (name, variable) in aliases {
            settings.aliases[try SecretName(validating: name)] = variable
        }
        if let text { try File.writePrivate(settings.dotEnvPath, Array(text.utf8)) }
        return try SecretResolver(settings)
    }

    @Test("database-url is DATABASE_URL of the file, and the answer says which line")
    func file() async throws {
        let resolver = try resolver("# c\nDATABASE_URL='postgres://x'\n")
        let secret = try await resolver.getSecret("database-url")
        #expect(secret.value.revealed() == "postgres://x")
        #expect(secret.origin == .dotEnv(path: folder.file(".env"), line: 2))
        #expect(!resolver.cacheStats().awsAvailable)
    }

    @Test("the process environment wins, also inside the file's references")
    func environment() async throws {
        let resolver = try resolver(
            "HOST=file\nDATABASE_URL=x\nURL=//${HOST}\n",
            environment: ["DATABASE_URL": "", "HOST": "process"])
        let secret = try await resolver.getSecret("database-url")
        #expect(secret.value.revealed() == "")
        #expect(secret.origin == .processEnvironment(variable: "DATABASE_URL"))
        #expect(try await resolver.getSecret("url").value.revealed() == "//process")
    }

    @Test("an alias replaces the variable that follows from the name")
    func alias() async throws {
        let resolver = try resolver(
            "JWT_SECRET=wrong\nJWT_SECRET_KEY=right\n", aliases: ["jwt-secret": "JWT_SECRET_KEY"])
        #expect(try await resolver.getSecret("jwt-secret").value.revealed() == "right")
    }

    @Test("a secret that is nowhere names every place that was looked at")
    func notFound() async throws {
        for (text, outcome) in [
            (nil, "no such file"), ("A=1\n", "no DATABASE_URL"),
            ("DATABASE_URL\n", "DATABASE_URL has no value"),
        ] {
            let resolver = try resolver(text)
            let error = await #expect(throws: SecretError.self) {
                try await resolver.getSecret("database-url")
            }
            #expect(
                error?.description == """
                    Secret 'database-url' not found in AWS or .env
                    looked at environment variable DATABASE_URL: not set
                    looked at \(folder.file(".env")): \(outcome)
                    hint: add a line DATABASE_URL=... to \(folder.file(".env")), or: \
                    export DATABASE_URL=...
                    """)
        }
    }

    @Test("a file with errors gives nothing, and all its errors with their places")
    func broken() async throws {
        let resolver = try resolver("DATABASE_URL=canary\nA='canary\nB=\"canary\" canary\n")
        let error = await #expect(throws: SecretError.self) {
            try await resolver.getSecret("database-url", default: "d")
        }
        #expect(error?.code == .configuration)
        let path = folder.file(".env")
        #expect(
            error?.message == "\(path):2:3: the quote that opens here is never closed; "
                + "\(path):3:12: text follows the quote that ends the value")
        #expect(error?.description.contains("canary") == false)
    }

    @Test("an edit counts when the cache lets go")
    func edited() async throws {
        let resolver = try resolver("A=1\n")
        #expect(try await resolver.getSecret("a").value.revealed() == "1")
        try File.writePrivate(folder.file(".env"), Array("A=2\n".utf8))
        #expect(try await resolver.getSecret("a").value.revealed() == "1")
        #expect(try await resolver.getSecret("a", forceRefresh: true).value.revealed() == "2")
    }

    @Test("settings and resolver print no variable of the environment")
    func redaction() throws {
        let resolver = try resolver(nil, environment: ["A": "canary"])
        var printed = "\(resolver.settings) \(String(reflecting: resolver.settings))"
        dump(resolver, to: &printed)
        #expect(!printed.contains("canary"))
    }
}
