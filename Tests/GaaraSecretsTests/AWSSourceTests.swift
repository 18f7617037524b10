import AWS
import AWSSandbox
import GaaraSecrets
import POSIX
import Testing

@Suite struct AWSSourceTests {
    private let sandbox = Sandbox()
    private let account: SandboxAccount
    private let writer: AWSClient

    init() throws {
        account = sandbox.addAccount(id: "123456789012")
        writer = try account.client(as: "user/writer", in: "us-east-1")
    }

    private func create(_ name: String, _ value: SecretsManager.Value) async throws {
        _ = try await writer.send(
            SecretsManager.CreateSecret(
                name: name, clientRequestToken: String(repeating: "a", count: 32), value: value))
    }

    private func text(_ text: String) -> SecretsManager.Value {
        .string(ProtectedBytes(Array(text.utf8)))
    }

    private func resolver(
        _ environment: DeploymentEnvironment = .staging, allowsSandbox: Bool = false
    ) throws -> SecretResolver {
        var settings = ResolverSettings(
            environment: environment, processEnvironment: ["DATABASE_URL": "of the process"])
        settings.allowsSandbox = allowsSandbox
        settings.cacheTTL = 0
        let client = try account.client(
            as: "user/reader", in: "us-east-1", maximumAttempts: 1)
        return SecretResolver(settings, source: AWSSource(settings, client: client))
    }

    private func error(_ resolver: SecretResolver) async -> SecretError? {
        await #expect(throws: SecretError.self) { try await resolver.getSecret("database-url") }
    }

    @Test("staging reads its own secret, and neither another environment's nor a variable")
    func value() async throws {
        try await create("gaara-store/staging/database-url", text("of staging"))
        try await create("gaara-store/production/database-url", text("of production"))
        let secret = try await resolver().getSecret("database-url")
        #expect(secret.value.revealed() == "of staging")
        #expect(secret.value.kind == .string)
        #expect(secret.versionID == String(repeating: "a", count: 32))
        #expect(
            secret.origin
                == .secretsManager(path: "gaara-store/staging/database-url", region: "us-east-1"))
        #expect(
            sandbox.calls.map(\.operation) == ["CreateSecret", "CreateSecret", "GetSecretValue"])
    }

    @Test("a binary secret keeps its bytes and its kind")
    func binary() async throws {
        try await create("gaara-store/staging/database-url", .binary(ProtectedBytes([0, 0xFF])))
        let secret = try await resolver().getSecret("database-url")
        #expect(secret.value.kind == .binary)
        #expect(secret.value.constantTimeEquals(SecretValue(binary: [0, 0xFF])))
    }

    @Test("a secret that is not there names its place and the command that looks at it")
    func notFound() async throws {
        let resolver = try resolver()
        #expect(
            await error(resolver)?.description == """
                Secret 'database-url' not found in AWS or .env
                looked at gaara-store/staging/database-url in us-east-1: ResourceNotFoundException
                hint: aws secretsmanager describe-secret --secret-id \
                gaara-store/staging/database-url --region us-east-1
                """)
        let secret = try await resolver.getSecret("database-url", default: "d")
        #expect(secret.origin == .defaultValue)
    }

    @Test("a denied read is no missing secret, and no default hides it")
    func denied() async throws {
        try await create("gaara-store/staging/database-url", text("x"))
        account.deny("secretsmanager:GetSecretValue", for: "user/reader")
        let resolver = try resolver()
        let found = await error(resolver)
        #expect(found?.code == .accessDenied)
        #expect(found?.awsErrorCode == "AccessDeniedException")
        #expect(found?.hint?.contains("aws sts get-caller-identity") == true)
        await #expect(throws: SecretError.self) {
            try await resolver.getSecret("database-url", default: "d")
        }
    }

    @Test("a secret that is scheduled for deletion is refused, not missing")
    func pendingDeletion() async throws {
        try await create("gaara-store/staging/database-url", text("x"))
        _ = try await writer.send(
            SecretsManager.DeleteSecret(
                secretID: "gaara-store/staging/database-url", recoveryWindowInDays: 7))
        #expect(await error(try resolver())?.code == .refused)
    }

    @Test(
        "trouble on the way has its own code",
        arguments: [
            (.throttled, .throttled), (.notSent, .unreachable),
            (.lost(executed: true), .unreachable), (.cut, .unreachable), (.garbage, .unreachable),
            (.status(503, executed: false), .unreachable),
        ] as [(Fault, SecretError.Code)])
    func trouble(fault: Fault, code: SecretError.Code) async throws {
        try await create("gaara-store/staging/database-url", text("canary"))
        sandbox.setFaults(.always("GetSecretValue", fault))
        let found = await error(try resolver())
        #expect(found?.code == code)
        #expect(found?.hint != nil)
        #expect(found?.description.contains("canary") == false)
    }

    @Test("production is not read from a sandbox unless that is asked for")
    func sandboxProduction() async throws {
        try await create("gaara-store/production/database-url", text("x"))
        #expect(await error(try resolver(.production))?.code == .configuration)
        let secret = try await resolver(.production, allowsSandbox: true).getSecret("database-url")
        #expect(secret.value.revealed() == "x")
    }

    @Test("a resolver that is dumped shows nothing of the environment or the credentials")
    func redaction() async throws {
        let settings = ResolverSettings(
            environment: .staging,
            processEnvironment: [
                "AWS_REGION": "us-east-1", "AWS_CONFIG_FILE": "/nowhere",
                "AWS_SHARED_CREDENTIALS_FILE": "/nowhere", "AWS_ACCESS_KEY_ID": "ASIAEXAMPLE",
                "AWS_SECRET_ACCESS_KEY": "canary-secret", "AWS_SESSION_TOKEN": "canary-token",
                "DATABASE_URL": "canary-value",
                "AWS_ENDPOINT_URL": "http://127.0.0.1:\(try LoopbackListener.freePort())",
            ])
        let resolver = try SecretResolver(settings)
        #expect(await error(resolver)?.code == .unreachable)
        var dumped = ""
        dump(resolver, to: &dumped)
        dump(settings, to: &dumped)
        #expect(dumped.contains("SecretResolver"))
        #expect(!dumped.contains("canary"))
    }

    @Test("without credentials the first read says where they were looked for")
    func credentials() async throws {
        let settings = ResolverSettings(
            environment: .staging,
            processEnvironment: [
                "AWS_REGION": "us-east-1", "AWS_CONFIG_FILE": "/nowhere",
                "AWS_SHARED_CREDENTIALS_FILE": "/nowhere", "AWS_EC2_METADATA_DISABLED": "true",
            ])
        let resolver = try SecretResolver(settings)
        let found = await error(resolver)
        #expect(found?.code == .credentials)
        #expect(found?.message.contains("AWS_ACCESS_KEY_ID") == true)
        #expect(!resolver.cacheStats().awsAvailable)
    }
}
