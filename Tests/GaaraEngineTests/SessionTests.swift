import AWS
import AWSSandbox
import GaaraEngine
import GaaraPlan
import Testing

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
}
