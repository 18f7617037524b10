import AWS
import HTTP
import POSIX
import SigV4
import Synchronization
import Testing

@testable import AWSSandbox

@Suite struct SandboxServerTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Runs `body` beside a server on that state file.
    private func with<Value: Sendable>(
        state name: String? = nil, time: any TimeSource = SystemTime(),
        _ body: @Sendable (SandboxServer) async throws -> Value
    ) async throws -> Value {
        let server = try SandboxServer(
            .init(seed: 7, account: Bench.accountID), port: 0,
            state: try name.map { name throws(StateFileError) in
                try StateFile(folder.file(name))
            }, time: time)
        async let served = Thread.value(for: "serve") {
            Result { () throws(SandboxServerError) in try server.run() }
        }
        do {
            let value = try await body(server)
            server.stop()
            try await served.get()
            return value
        } catch {
            server.stop()
            _ = try await served
            throw error
        }
    }

    /// A client over HTTP with the keys that are printed.
    private func client(of server: SandboxServer) throws -> AWSClient {
        AWSClient(
            transport: CurlTransport(),
            credentials: Credentials(
                accessKeyID: server.entrance.accessKeyID,
                secretAccessKey: server.entrance.secretAccessKey, source: "a test"),
            settings: try Settings(
                arguments: Settings.Arguments(region: "us-east-1", endpointURL: server.url),
                environment: [:], profile: [:]),
            time: SystemTime())
    }

    @Test("the keys that it gives open it, any other is refused, and every answer says what it is")
    func admission() async throws {
        try await with { server in
            let client = try client(of: server)
            let caller = try await client.send(STS.GetCallerIdentity())
            #expect(caller.arn == "arn:aws:iam::123456789012:user/administrator")
            #expect(client.sawSandbox)
            let answer = try await CurlTransport().send(
                HTTPRequest(
                    method: "POST", scheme: .http, host: "127.0.0.1", port: server.port,
                    headers: [
                        HTTPHeader("Host", "127.0.0.1"),
                        HTTPHeader("X-Amz-Target", "secretsmanager.ListSecrets"),
                    ]))
            #expect(answer.status == 400)
            #expect(answer.header("x-gaara-sandbox") == "1")
        }
    }

    @Test("what was answered is in the file before the server ends, and the keys stay the same")
    func kept() async throws {
        let first = try await with(state: "state") { server in
            let client = try client(of: server)
            _ = try await client.send(
                SecretsManager.CreateSecret(
                    name: "a", clientRequestToken: token("1"), value: .text("x")))
            // As after kill -9: what is on disk now.
            let bytes = try File.read(folder.file("state"), maximumBytes: 1 << 20)
            try File.writePrivate(folder.file("copy"), bytes)
            return server.entrance
        }
        for name in ["state", "copy"] {
            try await with(state: name) { server in
                #expect(server.entrance == first)
                let value = try await client(of: server).send(
                    SecretsManager.GetSecretValue(secretID: "a"))
                #expect(value.value.bytes.isEqual(to: ProtectedBytes(Array("x".utf8))))
            }
        }
    }

    @Test("without a file nothing is written")
    func memory() async throws {
        try await with { server in
            _ = try await client(of: server).send(KMS.CreateKey())
        }
        #expect(try Folder.list(folder.path).isEmpty)
    }

    @Test("its clock goes with the machine's, also where that jumps")
    func clock() async throws {
        let time = Jumping()
        try await with(time: time) { server in
            let before = server.sandbox.now
            time.jump(by: 3_600)
            // Signed by a clock an hour behind the server's.
            let status = try await CurlTransport().send(
                HTTPRequest(
                    method: "GET", scheme: .http, host: "127.0.0.1", port: server.port,
                    headers: [HTTPHeader("Host", "127.0.0.1")])
            ).status
            #expect(status == 501)
            #expect(server.sandbox.now >= before + 3_600)
        }
    }

    /// The machine's clocks, of which one can be set.
    private final class Jumping: TimeSource {
        private let offset = Mutex<Int64>(0)

        func jump(by seconds: Int64) { offset.withLock { $0 += seconds } }
        func secondsSince1970() -> Int64 {
            SystemTime().secondsSince1970() + offset.withLock { $0 }
        }
        func monotonicNanoseconds() -> UInt64 { SystemTime().monotonicNanoseconds() }
        func sleep(milliseconds: Int) async throws(CancellationError) {
            try await SystemTime().sleep(milliseconds: milliseconds)
        }
    }

    @Test("many clients at once are all answered, and nothing is lost")
    func crowd() async throws {
        let names = try await with(state: "state") { server in
            let client = try client(of: server)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        _ = try await client.send(
                            SecretsManager.CreateSecret(
                                name: "s\(number)", clientRequestToken: token("1"),
                                value: .text("x")))
                    }
                }
                try await group.waitForAll()
            }
            return server.account.secrets(in: "us-east-1").map(\.name)
        }
        #expect(Set(names).count == 100)
        let content = try #require(try StateFile(folder.file("state")).read())
        let again = Sandbox(content.world).addAccount(id: Bench.accountID)
        #expect(again.secrets(in: "us-east-1").map(\.name) == names)
    }
}
