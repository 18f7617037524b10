import HTTP
import POSIX
import SigV4
import Synchronization
import Testing

@testable import AWS

/// The providers over real connections: what a script cannot show.
@Suite("Metadata over sockets")
struct MetadataOverSocketsTests {
    private static let answer = """
        {"Code":"Success","AccessKeyId":"ASIAEXAMPLE","SecretAccessKey":"s","Token":"t",\
        "Expiration":"2015-08-30T18:36:00Z"}
        """

    private static func context(
        _ environment: [String: String], names: [String: [[String]]] = [:]
    ) throws -> CredentialContext {
        var context = try MetadataBench(environment, names: names).context
        context.transport = PatientTransport()
        return context
    }

    @Test("an instance's credentials come in three requests, the first a PUT without a body")
    func instance() async throws {
        let seen = Mutex<[LoopbackListener.Request]>([])
        let listener = try LoopbackListener { request in
            seen.withLock { $0.append(request) }
            return switch request.target {
            case "/latest/api/token": .response(status: 200, "tok==")
            case "/latest/meta-data/iam/security-credentials/": .response(status: 200, "app")
            default: .response(status: 200, Self.answer)
            }
        }
        let context = try Self.context(["AWS_EC2_METADATA_SERVICE_ENDPOINT": listener.url])
        let credentials = try await InstanceCredentials(context).credentials()
        #expect(credentials.signing.accessKeyID == "ASIAEXAMPLE")
        let requests = seen.withLock { $0 }
        #expect(requests.map(\.method) == ["PUT", "GET", "GET"])
        #expect(requests[0].body.isEmpty)
        #expect(requests[0].header("x-aws-ec2-metadata-token-ttl-seconds") == "21600")
        #expect(requests[2].header("x-aws-ec2-metadata-token") == "tok==")
        #expect(requests[2].target.hasSuffix("/app"))
    }

    // libcurl reads 167772161 as 10.0.0.1 by itself, so the look at the name and its use differ,
    // as they do when a name is bound anew in between.
    @Test("a name that leads elsewhere than its addresses said gets neither request nor token")
    func rebinding() async throws {
        let context = try Self.context(
            [
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://167772161/c",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN": "canary",
            ], names: ["167772161": [["127.0.0.1"]]])
        let error = try #require(await MetadataBench.failure(ContainerCredentials(context)))
        #expect(error.text.contains("167772161 leads to 10.0.0.1, which is not this machine"))
        #expect(error.text.contains("nothing was sent"))
        #expect(!error.text.contains("canary"))
    }

    @Test("a redirect is not followed, and its target hears nothing")
    func redirect() async throws {
        let target = try LoopbackListener { _ in .response(status: 200, Self.answer) }
        let location = "\(target.url)/c"
        let listener = try LoopbackListener { _ in
            .response(status: 302, headers: [.init("Location", location)], body: [])
        }
        for environment in [
            ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "\(listener.url)/c"],
            ["AWS_EC2_METADATA_SERVICE_ENDPOINT": listener.url],
        ] {
            let context = try Self.context(environment)
            let provider: any CredentialProvider =
                environment.keys.contains { $0.contains("CONTAINER") }
                ? ContainerCredentials(context) : InstanceCredentials(context)
            let error = try #require(await MetadataBench.failure(provider))
            #expect(error.text.contains("status 302"))
        }
        #expect(target.connectionCount == 0)
    }

    @Test("an answer larger than 64 KiB is cut off and refused")
    func endless() async throws {
        let listener = try LoopbackListener { _ in
            .response(status: 200, String(repeating: " ", count: 64 << 10) + Self.answer)
        }
        let context = try Self.context([
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": "\(listener.url)/c"
        ])
        let error = try #require(await MetadataBench.failure(ContainerCredentials(context)))
        #expect(error.text.contains("larger than 65536 bytes"))
        #expect(listener.connectionCount == 1)
    }
}

/// libcurl with time for a busy machine: a second or two are a lot on EC2, and little in a test.
private struct PatientTransport: HTTPTransport {
    private let transport = CurlTransport()

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        var request = request
        request.limits.connectMilliseconds = 20_000
        request.limits.totalMilliseconds = 20_000
        return try await transport.send(request)
    }
}
