import AWSSandbox
import JSON
import Testing

/// ListSecrets "might not reflect changes from the last five minutes" (botocore ListSecrets).
@Suite struct StaleListTests {
    private let bench: Bench

    init() throws { bench = try Bench(Sandbox(delays: Delays(list: 100...300))) }

    private func listed() async throws -> [JSON] {
        try await bench.done("Secrets.ListSecrets", [:])["SecretList"]?.array ?? []
    }

    @Test("a list shows what was, for a while that the seed decides; a description what is")
    func stale() async throws {
        try await bench.create("a")
        #expect(try await listed().isEmpty)
        try await bench.done("Secrets.DescribeSecret", ["SecretId": "a"])
        bench.sandbox.advance(by: 99)
        #expect(try await listed().isEmpty)
        bench.sandbox.advance(by: 201)
        #expect(try await listed().count == 1)

        try await bench.done("Secrets.UpdateSecret", ["SecretId": "a", "Description": "new"])
        #expect(try await listed().first?["Description"] == nil)
        bench.sandbox.advance(by: 300)
        #expect(try await listed().first?["Description"] == "new")

        try await bench.done(
            "Secrets.DeleteSecret", ["SecretId": "a", "ForceDeleteWithoutRecovery": true])
        #expect(try await listed().count == 1)
        try await bench.refused(
            "Secrets.DescribeSecret", ["SecretId": "a"], "ResourceNotFoundException")
        bench.sandbox.advance(by: 300)
        #expect(try await listed().isEmpty)
    }

    @Test("a refused call changes no list, and by default nothing is late")
    func otherwise() async throws {
        try await bench.refused(
            "Secrets.CreateSecret", ["Name": "no name", "ClientRequestToken": .string(token("1"))],
            "ValidationException")
        bench.sandbox.advance(by: 300)
        #expect(try await listed().isEmpty)
        let usual = try Bench()
        try await usual.create("a")
        #expect(
            try await usual.done("Secrets.ListSecrets", [:])["SecretList"]?.array?.count == 1)
    }
}
