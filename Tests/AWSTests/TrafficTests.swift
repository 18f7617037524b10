import HTTP
import POSIX
import Synchronization
import Testing

@testable import AWS

@Suite("Traffic")
struct TrafficTests {
    private static let key = #"""
        {"KeyMetadata":{"KeyId":"k","Arn":"arn:aws:kms:eu-west-1:123456789012:key/k","KeyState":"Enabled",
        "KeyUsage":"ENCRYPT_DECRYPT","KeySpec":"SYMMETRIC_DEFAULT","Origin":"AWS_KMS",
        "KeyManager":"CUSTOMER","CreationDate":1.5E9,"Description":"d"}}
        """#

    /// Answers every request with a key, and keeps the moments at which they came.
    private final class Clocked: HTTPTransport {
        let time: ManualTime
        private let state = Mutex<[UInt64]>([])

        var moments: [UInt64] { state.withLock { $0 } }

        init(_ time: ManualTime) { self.time = time }

        func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
            state.withLock { $0.append(time.monotonicNanoseconds()) }
            return HTTPResponse(status: 200, body: Array(TrafficTests.key.utf8))
        }
    }

    @Test("a thousand keys of three clients are made at five a second, as fast as is allowed")
    func sharedPace() async throws {
        let time = ManualTime()
        let transport = Clocked(time)
        let traffic = Traffic()
        let clients = try (0..<3).map { _ in
            AWSClient(
                transport: transport, credentials: Bench.credentials,
                settings: try Settings(region: "eu-west-1"), time: time, traffic: traffic)
        }
        for number in 0..<1_000 {
            _ = try await clients[number % 3].send(KMS.CreateKey())
        }
        let moments = transport.moments
        let second: UInt64 = 1_000_000_000
        #expect((5..<moments.count).allSatisfy { moments[$0] - moments[$0 - 5] >= second })
        #expect(moments.last == 199 * second)
    }

    @Test("the quota of retries is one for all clients, and one for each service and region")
    func sharedQuota() async throws {
        let traffic = Traffic()
        func attempts(_ region: String) async throws -> Int {
            let bench = try Bench(
                Array(repeating: .answer(500, ""), count: 99),
                settings: try Settings(region: region), traffic: traffic)
            for _ in 0..<20 { _ = await bench.failure(KMS.DescribeKey(keyID: "k")) }
            return bench.transport.sent.count
        }
        // 500 tokens pay for 35 retries of 14.
        #expect(try await attempts("eu-west-1") == 20 + 35)
        #expect(try await attempts("eu-west-1") == 20)
        #expect(try await attempts("us-east-1") == 20 + 35)
    }

    @Test("a success pays the last retry back, a first try one token, a failure nothing")
    func refund() async throws {
        let traffic = Traffic()
        var policy = RetryPolicy(isRepeatable: true)
        let operation = KMS.DescribeKey.operation
        func event(_ event: RetryPolicy.Event) -> RetryPolicy.Action {
            traffic.event(event, of: &policy, operation, in: "r", random: 0, at: 0)
        }
        // 35 retries that fail leave 10 tokens: too few for a lost answer, enough for two throttles.
        for _ in 0..<35 {
            policy = RetryPolicy(isRepeatable: true)
            #expect(event(.notSent) == .retry(afterSeconds: 0))
        }
        policy = RetryPolicy(isRepeatable: true)
        #expect(event(.notSent) == .fail)
        #expect(event(.throttled(retryAfterMilliseconds: nil)) == .retry(afterSeconds: 0))
        #expect(event(.throttled(retryAfterMilliseconds: nil)) == .retry(afterSeconds: 0))
        #expect(event(.throttled(retryAfterMilliseconds: nil)) == .fail)
        policy = RetryPolicy(isRepeatable: true)
        for _ in 0..<4 { #expect(event(.succeeded) == .succeed) }
        #expect(event(.throttled(retryAfterMilliseconds: nil)) == .fail)
        #expect(event(.succeeded) == .succeed)
        #expect(event(.throttled(retryAfterMilliseconds: nil)) == .retry(afterSeconds: 0))
        #expect(event(.succeeded) == .succeed)
        #expect(event(.throttled(retryAfterMilliseconds: nil)) == .retry(afterSeconds: 0))
    }

    @Test("a throttled call holds back the others of its lane as long as itself")
    func throttled() async throws {
        let refused = #"{"__type":"ThrottlingException","message":"slow down"}"#
        let settings = try Settings(region: "eu-west-1", maximumAttempts: 1)
        let bench = try Bench([.answer(400, refused), .answer(200, Self.key)], settings: settings)
        _ = await bench.failure(KMS.CreateKey())
        #expect(bench.time.sleeps.isEmpty)
        _ = try await bench.client.send(KMS.CreateKey())
        #expect(bench.time.sleeps == [1_000])
    }

    @Test("a task that is cancelled while it waits for its turn gives the place back")
    func cancelled() async throws {
        let time = Interrupted()
        let transport = Clocked(ManualTime())
        let client = AWSClient(
            transport: transport, credentials: Bench.credentials,
            settings: try Settings(region: "eu-west-1"), time: time)
        for _ in 0..<5 { _ = try await client.send(KMS.CreateKey()) }
        for _ in 0..<3 {
            let error = await #expect(throws: AWSError.self) {
                try await client.send(KMS.CreateKey())
            }
            #expect(error?.kind == .cancelled)
            #expect(error?.isAmbiguous == false)
        }
        #expect(transport.moments.count == 5)
        // Had the places been kept, the last would have had to wait just as long: all three stand
        // for the same second, which has five places; the sixth would be in the next.
        #expect(time.asked == [1_000, 1_000, 1_000])
        for _ in 0..<3 { _ = try? await client.send(KMS.CreateKey()) }
        #expect(time.asked == Array(repeating: 1_000, count: 6))
    }

    /// A clock that stands, and whose sleepers are cancelled.
    private final class Interrupted: TimeSource {
        private let state = Mutex<[Int]>([])

        /// Milliseconds of each wait that was asked for.
        var asked: [Int] { state.withLock { $0 } }

        func secondsSince1970() -> Int64 { 1_440_938_160 }
        func monotonicNanoseconds() -> UInt64 { 0 }
        func sleep(milliseconds: Int) async throws(CancellationError) {
            state.withLock { $0.append(milliseconds) }
            throw CancellationError()
        }
    }

    @Test("of a service without published quotas, four reads are under way at the same time")
    func reads() {
        let traffic = Traffic()
        for operation in [
            IAM.GetRole.operation, CloudWatch.DescribeAlarms.operation,
            Tagging.GetResources.operation, Lambda.GetPolicy.operation,
        ] {
            let gate = traffic.gate(for: operation, in: "r")
            #expect(gate != nil)
            #expect(gate === traffic.gate(for: operation, in: "r"))
            #expect(gate !== traffic.gate(for: operation, in: "s"))
        }
        #expect(traffic.gate(for: IAM.CreateRole.operation, in: "r") == nil)
        #expect(traffic.gate(for: KMS.DescribeKey.operation, in: "r") == nil)
        #expect(Traffic.concurrentReads == 4)
    }

    @Test("many reads of IAM at once are no more than four on the wire")
    func readsOnTheWire() async throws {
        let transport = Crowd()
        let client = AWSClient(
            transport: transport, credentials: Bench.credentials,
            settings: try Settings(region: "eu-west-1"), time: ManualTime())
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<60 {
                group.addTask { _ = try? await client.send(IAM.GetUser(userName: "u")) }
            }
        }
        #expect(transport.total == 60)
        #expect(transport.most <= 4)
    }

    /// Counts the requests that are under way.
    private final class Crowd: HTTPTransport {
        private let state = Mutex((inside: 0, most: 0, total: 0))

        var most: Int { state.withLock { $0.most } }
        var total: Int { state.withLock { $0.total } }

        func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
            state.withLock {
                $0.inside += 1
                $0.total += 1
                $0.most = max($0.most, $0.inside)
            }
            for _ in 0..<5 { await Task.yield() }
            state.withLock { $0.inside -= 1 }
            return HTTPResponse(status: 403)
        }
    }
}
