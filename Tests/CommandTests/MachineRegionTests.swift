import AWSSandbox
import Testing

@testable import gaara_infra

/// `secret get` has no plan that names a region.
@Suite("Where nobody set a region")
struct MachineRegionTests {
    private let stage: Stage

    init() throws {
        stage = try Stage()
        stage.set("ENVIRONMENT", to: "staging")
    }

    @Test("the instance metadata names it")
    func found() async throws {
        stage.place(in: "eu-west-3")
        let result = await stage.run(["secret", "get", "database-url"])
        #expect(result.complaint.contains("eu-west-3"), "\(result.complaint)")
        #expect(stage.sandbox.calls.map(\.region) == ["eu-west-3"])
    }

    @Test("a region that is set is not asked for")
    func set() async throws {
        stage.place(in: "eu-west-3")
        stage.set("AWS_REGION", to: "eu-west-1")
        _ = await stage.run(["secret", "get", "database-url"])
        #expect(stage.sandbox.calls.map(\.region) == ["eu-west-1"])
    }

    @Test("a machine without metadata says all places that were looked at")
    func nowhere() async throws {
        let result = await stage.run(["secret", "get", "database-url"])
        #expect(result.code == 1)
        #expect(
            result.complaint.contains(
                "AWS_DEFAULT_REGION and region of profile default; the instance metadata of this"
                    + " machine gives none"), "\(result.complaint)")
        #expect(stage.sandbox.calls.isEmpty)
    }
}
