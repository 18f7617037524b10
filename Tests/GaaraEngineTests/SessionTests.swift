import AWS
import AWSSandbox
import GaaraPlan
import Testing

@testable import GaaraEngine

@Suite("A session")
struct SessionTests {
    private let bench = Bench()

    @Test("with credentials of another account is refused after one call")
    func wrongAccount() async throws {
        let other = bench.sandbox.addAccount(id: "210987654321")
        let client = try other.client(as: Bench.applier, in: Bench.region)
        let plan = try PlanText.small()
        let error = try await engineError {
            _ = try await Session.open(client, for: plan.identity, acceptsSimulation: true)
        }
        #expect(error?.code == .wrongAccount)
        #expect(
            error?.message
                == "the credentials belong to account 210987654321, the plan is for account"
                + " 123456789012")
        #expect(bench.sandbox.calls.map(\.operation) == ["GetCallerIdentity"])
    }

    @Test("for production is refused on a simulation, unless that is meant")
    func simulation() async throws {
        let production = try PlanText.repository("production").identity
        let client = try bench.client()
        let error = try await engineError { _ = try await Session.open(client, for: production) }
        #expect(error?.code == .simulation)
        _ = try await Session.open(client, for: production, acceptsSimulation: true)
        _ = try await Session.open(client, for: try PlanText.repository("staging").identity)
        #expect(bench.sandbox.writes == [])
    }

    @Test("for a region of another partition than the answers' is refused")
    func otherPartition() async throws {
        let plan = try PlanText.small()
        let identity = Identity(
            application: "gaara-store", environment: plan.identity.environment,
            account: Bench.accountID, region: "cn-north-1")
        let client = try bench.client()
        let error = try await engineError {
            _ = try await Session.open(client, for: identity)
        }
        #expect(error?.code == .strange)
    }

    @Test("that meets things of another region, as through a wrong endpoint, stops the observation")
    func otherRegion() async throws {
        let plan = try PlanText.small()
        try await bench.apply(plan, values: .apiToken("v1"))
        let elsewhere = Identity(
            application: "gaara-store", environment: plan.identity.environment,
            account: Bench.accountID, region: "us-east-2")
        var moved = plan
        moved.identity = elsewhere
        let error = try await engineError {
            [moved] in _ = try await bench.compare(moved)
        }
        #expect(error?.code == .strange)
        #expect(error?.message.contains("which is of another account or region") == true)
    }

    @Test("takes the ARN of a key, secret or policy for that one only, in its account and region")
    func arns() async throws {
        let session = try await Session.open(
            try bench.client(), for: try PlanText.small().identity)
        let kms = "arn:aws:kms:us-east-1:123456789012:"
        let secrets = "arn:aws:secretsmanager:us-east-1:123456789012:secret:"
        let policies = "arn:aws:iam::123456789012:policy"
        let name = "gaara-store/staging/a"
        #expect(try session.checked(key: "k1", kms + "key/k1") == kms + "key/k1")
        #expect(try session.checked(secret: name, secrets + name + "-AbC123").hasSuffix("AbC123"))
        #expect(
            try session.checked(policy: "p", path: "/a/b/", policies + "/a/b/p").hasSuffix("/p"))
        let strange: [() throws -> String] = [
            { try session.checked(key: "k1", kms + "key/k2") },
            { try session.checked(key: "k1", kms + "alias/k1") },
            { try session.checked(key: "k1\u{1B}[2J", kms + "key/k1\u{1B}[2J") },
            { try session.checked(key: "k1", secrets + "key/k1") },
            { try session.checked(key: "k1", "arn:aws:kms:eu-west-1:123456789012:key/k1") },
            { try session.checked(key: "k1", "arn:aws:kms:us-east-1:210987654321:key/k1") },
            { try session.checked(secret: name, secrets + "gaara-store/production/a-AbC123") },
            { try session.checked(secret: name, secrets + name) },
            { try session.checked(secret: name, secrets + name + "-other-AbC123") },
            { try session.checked(secret: name, secrets + name + "-AbC1\u{1B}3") },
            { try session.checked(policy: "p", path: "/a/b/", policies + "/a/c/p") },
            { try session.checked(policy: "p", path: "/a/b/", policies + "/a/b/p\n") },
        ]
        for (number, ask) in strange.enumerated() {
            let error = #expect(throws: EngineError.self, "\(number)") { _ = try ask() }
            #expect(error?.code == .strange)
        }
    }
}
