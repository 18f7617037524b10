import POSIX
import Testing

@testable import gaara_infra

@Suite("policies/ of the repository")
struct PoliciesTests {
    private static let root = String(
        #filePath.dropLast("/Tests/CommandTests/PoliciesTests.swift".count))

    @Test("follows from plans/", arguments: ["staging", "production"])
    func isFresh(environment: String) async throws {
        let stage = try Stage()
        let result = await stage.run([
            "policy", "\(Self.root)/plans/\(environment).yaml", "--check", "\(Self.root)/policies",
        ])
        #expect(result.code == 0, "\(result.complaint)")
    }

    @Test("is found stale when a plan changes")
    func becomesStale() async throws {
        let stage = try Stage()
        try stage.write("store.yaml", try TranscriptFolder.text("store.yaml"))
        let policies = stage.path("policies")
        let written = await stage.run(["policy", stage.path("store.yaml"), "--output", policies])
        #expect(written.code == 0)
        let fresh = await stage.run(["policy", stage.path("store.yaml"), "--check", policies])
        #expect(fresh.code == 0)
        let document = "policies/staging/reader-app.json"
        try stage.write(document, try stage.read(document) + "\n")
        let stale = await stage.run(["policy", stage.path("store.yaml"), "--check", policies])
        #expect(stale.code == 1)
    }
}
