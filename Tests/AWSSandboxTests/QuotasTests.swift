import AWS
import AWSSandbox
import HTTP
import JSON
import Testing

@Suite struct QuotasTests {
    /// Makes `count` keys at once; gives how often the service said that this is too fast.
    private func makeKeys(_ count: Int, quotas: SandboxQuotas) async throws -> (Bench, Int) {
        let bench = try Bench(delays: .none, quotas: quotas)
        for _ in 0..<count {
            _ = try await bench.client.send(KMS.CreateKey())
        }
        let refused = bench.sandbox.calls.count { $0.outcome == .refused("ThrottlingException") }
        return (bench, refused)
    }

    @Test("a client that keeps its pace never meets a quota")
    func paced() async throws {
        let (bench, refused) = try await makeKeys(23, quotas: .aws)
        #expect(refused == 0)
        // Five a second: the last three after four seconds.
        #expect(bench.sandbox.now - 1_767_225_600 == 4)
    }

    @Test("a client that paces alarms, secrets and reads never meets a quota")
    func pacedOthers() async throws {
        let bench = try Bench(delays: .none, quotas: .aws)
        let client = bench.client
        for number in 0..<70 {
            let name = "s\(number)"
            _ = try await client.send(
                SecretsManager.CreateSecret(
                    name: name, clientRequestToken: token("1"), value: .text("x")))
            _ = try await client.send(
                SecretsManager.PutSecretValue(
                    secretID: name, clientRequestToken: token("2"), value: .text("y")))
            _ = try await client.send(
                SecretsManager.TagResource(secretID: name, tags: [Tag("a", "b")]))
            _ = try await client.send(CloudWatch.DescribeAlarms(.prefix("x")))
            _ = try await client.send(SecretsManager.DescribeSecret(secretID: name))
        }
        #expect(bench.sandbox.calls.allSatisfy { $0.outcome == .done })
        #expect(bench.sandbox.calls.count == 350)
    }

    @Test("a storm without pace is throttled by each service's own error, and later is not")
    func storm() async throws {
        let bench = try Bench(delays: .none, quotas: .aws)
        func storm(_ count: Int, _ call: () async throws -> HTTPResponse) async throws
            -> [HTTPResponse]
        {
            var refused: [HTTPResponse] = []
            for _ in 0..<count {
                let answer = try await call()
                if answer.status != 200 { refused.append(answer) }
            }
            return refused
        }
        let keys = try await storm(8) { try await bench.raw("TrentService.CreateKey", [:]) }
        #expect(
            keys.map(\.refusal)
                == Array(repeating: ["ThrottlingException", "Rate exceeded"], count: 3))
        #expect(bench.account.keys(in: Bench.region).count == 5)
        let alarms = try await storm(10) { try await bench.cloudWatch("DescribeAlarms", [:]) }
        #expect(alarms.count == 1)
        #expect(alarms.first?.header("x-amzn-query-error") == "Throttling;Sender")
        let identities = try await storm(601) {
            try await bench.sandbox.send(
                bench.query(
                    service: "sts", form: "Action=GetCallerIdentity&Version=2011-06-15",
                    signedWith: bench.account.accessKey(for: "user/alice")))
        }
        #expect(identities.count == 1)
        #expect(identities.first?.text.contains("<Code>Throttling</Code>") ?? false)
        bench.sandbox.advance(by: 1)
        #expect(try await bench.raw("TrentService.CreateKey", [:]).status == 200)
    }

    @Test("operations that share a quota share it, and regions and accounts do not")
    func shared() async throws {
        let bench = try Bench(delays: .none, quotas: .aws)
        let other = bench.sandbox.addAccount(id: "210987654321")
        func use(_ account: SandboxAccount, _ region: String, _ target: String) async throws -> Int
        {
            let answer = try await bench.sandbox.send(
                bench.request(
                    service: "secretsmanager", target: "secretsmanager.\(target)",
                    body: Array("{}".utf8), signedWith: account.accessKey(for: "root"),
                    region: region))
            return answer.refusal[0] == "ThrottlingException" ? 1 : 0
        }
        var refused = 0
        for number in 0..<52 {
            let name = number % 2 == 0 ? "PutSecretValue" : "UpdateSecret"
            refused += try await use(bench.account, Bench.region, name)
        }
        #expect(refused == 2)
        #expect(try await use(other, Bench.region, "PutSecretValue") == 0)
        #expect(try await use(bench.account, Bench.region, "RotateSecret") == 0)
    }

    @Test("without quotas nothing is throttled")
    func off() async throws {
        let bench = try Bench(delays: .none)
        for _ in 0..<50 { _ = try await bench.raw("TrentService.CreateKey", [:]) }
        #expect(bench.account.keys(in: Bench.region).count == 50)
    }
}
