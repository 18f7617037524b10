import AWS
import HTTP
import SigV4

/// GetSecretValue on the server of the measurements.
struct Calls {
    let port: Int
    let transport: CurlTransport

    private static let secretID = "gaara-store/production/database-url"
    private static let credentials = Credentials(
        accessKeyID: "EXAMPLE", secretAccessKey: "made-up", source: "the benchmark")

    var client: AWSClient {
        get throws {
            AWSClient(
                transport: transport, credentials: Self.credentials,
                settings: try Settings(
                    arguments: .init(
                        region: "us-east-1", endpointURL: "https://127.0.0.1:\(port)"),
                    environment: [:], profile: [:]))
        }
    }

    /// The call as it goes on the wire, signed once for all.
    var request: HTTPRequest {
        let headers = [
            HTTPHeader("Host", "127.0.0.1:\(port)"),
            HTTPHeader("X-Amz-Target", "secretsmanager.GetSecretValue"),
            HTTPHeader("Content-Type", "application/x-amz-json-1.1"),
        ]
        let body = Array("{\"SecretId\":\"\(Self.secretID)\"}".utf8)
        let signed = SigV4(region: "us-east-1", service: "secretsmanager").sign(
            SignableRequest(
                method: "POST", target: "/",
                headers: headers.map { (name: $0.name, value: $0.value) }, body: body),
            with: Self.credentials.signing, at: SigningDate(secondsSince1970: 1_795_000_000))
        return HTTPRequest(
            method: "POST", scheme: .https, host: "127.0.0.1", port: port,
            headers: headers + signed.map { HTTPHeader($0.name, $0.value) }, body: body)
    }

    func isRight(_ body: [UInt8]) -> Bool {
        body.count > 200 && body.first == UInt8(ascii: "{")
            && body.suffix(2) == Array("}\n".utf8)[...]
    }

    func get(_ client: AWSClient) async throws {
        let answer = try await client.send(SecretsManager.GetSecretValue(secretID: Self.secretID))
        guard answer.name == Self.secretID, answer.versionID == "made-up-version-of-the-benchmark"
        else { throw Client.WrongAnswer() }
    }
}
