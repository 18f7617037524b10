import GaaraSecrets
import POSIX
import Synchronization
import Testing

/// The resolver of a program, with a listener as the metadata of its machine and as Secrets Manager.
@Suite("The region of a resolver") struct MachineRegionTests {
    /// What was asked of the listener, and the regions that requests were signed for.
    private final class Seen: Sendable {
        private let targets = Mutex<[String]>([])
        var all: [String] { targets.withLock { $0 } }
        func add(_ target: String) { targets.withLock { $0.append(target) } }
    }

    private static let secret = """
        {"ARN":"arn:aws:secretsmanager:eu-south-1:123456789012:secret:x-AbCdEf",\
        "Name":"gaara-store/staging/database-url","SecretString":"of the region",\
        "VersionId":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}
        """

    private let seen = Seen()

    /// - Parameter region: what the metadata gives; `nil` answers as another cloud does.
    private func listener(region: String?) throws -> LoopbackListener {
        try LoopbackListener { [seen] request in
            if let authorization = request.header("authorization") {
                seen.add(Self.region(of: authorization))
                return .response(status: 200, Self.secret)
            }
            seen.add(request.target)
            guard let region else { return .response(status: 404, "") }
            return .response(status: 200, request.method == "PUT" ? "token" : region)
        }
    }

    /// The third part of `Credential=ID/DAY/REGION/SERVICE/aws4_request`.
    private static func region(of authorization: String) -> String {
        let parts = authorization.split(separator: "/")
        return parts.count > 2 ? String(parts[2]) : authorization
    }

    private func resolver(
        at listener: LoopbackListener, _ more: [String: String] = [:]
    ) throws -> SecretResolver {
        let environment = [
            "AWS_CONFIG_FILE": "/nowhere", "AWS_SHARED_CREDENTIALS_FILE": "/nowhere",
            "AWS_ACCESS_KEY_ID": "ASIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "s",
            "AWS_SESSION_TOKEN": "t", "AWS_ENDPOINT_URL": listener.url,
            "AWS_EC2_METADATA_SERVICE_ENDPOINT": listener.url,
            // Seconds; a busy machine is not as quick as an instance.
            "AWS_METADATA_SERVICE_TIMEOUT": "60",
        ]
        var settings = ResolverSettings(
            environment: .staging, processEnvironment: environment.merging(more) { $1 })
        settings.cacheTTL = 0
        return try SecretResolver(settings)
    }

    @Test("where nobody set one, the first read asks the machine's metadata, and only the first")
    func asked() async throws {
        let listener = try listener(region: "eu-south-1")
        let resolver = try resolver(at: listener)
        #expect(seen.all.isEmpty)
        let secret = try await resolver.getSecret("database-url")
        #expect(secret.value.revealed() == "of the region")
        #expect(
            secret.origin
                == .secretsManager(path: "gaara-store/staging/database-url", region: "eu-south-1"))
        _ = try await resolver.getSecret("database-url")
        #expect(
            seen.all == [
                "/latest/api/token", "/latest/meta-data/placement/region", "eu-south-1",
                "eu-south-1",
            ])
    }

    @Test("where somebody set one, the metadata is not asked")
    func set() async throws {
        let listener = try listener(region: "eu-south-1")
        _ = try await resolver(at: listener, ["AWS_REGION": "eu-north-1"]).getSecret("database-url")
        #expect(seen.all == ["eu-north-1"])
    }

    @Test("where the metadata gives none, each read says so and asks again")
    func none() async throws {
        let listener = try listener(region: nil)
        let resolver = try resolver(at: listener)
        for _ in 1...2 {
            let error = await #expect(throws: SecretError.self) {
                try await resolver.getSecret("database-url", default: "d")
            }
            #expect(error?.code == .region)
            #expect(error?.message.contains("there is no EC2 metadata service there") == true)
            #expect(error?.hint == "export AWS_REGION=us-east-1")
        }
        #expect(seen.all == ["/latest/api/token", "/latest/api/token"])
    }

    @Test("where the metadata may not be asked, making the resolver fails and says what to set")
    func forbidden() async throws {
        let listener = try listener(region: "eu-south-1")
        let error = #expect(throws: SecretError.self) {
            try resolver(at: listener, ["AWS_EC2_METADATA_DISABLED": "true"])
        }
        #expect(error?.code == .region)
        #expect(error?.message.hasSuffix("AWS_EC2_METADATA_DISABLED is true") == true)
        #expect(error?.hint == "export AWS_REGION=us-east-1")
        #expect(seen.all.isEmpty)
    }

    @Test("32 first reads at the same time are signed for the one region")
    func together() async throws {
        let listener = try listener(region: "eu-south-1")
        let resolver = try resolver(at: listener)
        await withTaskGroup(of: Void.self) { group in
            for _ in 1...32 {
                group.addTask {
                    _ = try? await resolver.getSecret("database-url", forceRefresh: true)
                }
            }
        }
        #expect(seen.all.count { $0 == "eu-south-1" } == 32)
    }
}
