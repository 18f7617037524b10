import AWS
import AWSSandbox
import HTTP
import JSON
import POSIX
import SigV4
import Testing

/// Swift Testing has a `Tag` too.
typealias Tag = AWS.Tag

/// A sandbox with one account, a client of it, and a way to send what no client would.
struct Bench {
    static let region = "us-east-1"
    static let accountID = "123456789012"

    let sandbox: Sandbox
    let account: SandboxAccount
    let client: AWSClient

    init(seed: UInt64 = 1, faults: Faults = .none) throws {
        let sandbox = Sandbox(seed: seed, faults: faults)
        try self.init(sandbox: sandbox, account: sandbox.addAccount(id: Self.accountID))
    }

    init(sandbox: Sandbox, account: SandboxAccount) throws {
        self.sandbox = sandbox
        self.account = account
        client = try account.client(as: "user/alice", in: Self.region)
    }

    /// What the sandbox answers to a JSON call that is signed properly.
    func raw(_ target: String, _ input: JSON) async throws -> HTTPResponse {
        let key = account.accessKey(for: "user/alice")
        let service = target.hasPrefix("Trent") ? "kms" : "secretsmanager"
        return try await sandbox.send(
            request(service: service, target: target, body: input.compactBytes, signedWith: key))
    }

    /// What the sandbox answers to an IAM or STS call of that action, for what the client has no
    /// operation for.
    ///
    /// - Parameter fields: percent-encoded here.
    func call(
        _ service: String, _ action: String, _ fields: [String: String] = [:],
        as key: SigningCredential? = nil
    ) async throws -> HTTPResponse {
        let version = service == "iam" ? "2010-05-08" : "2011-06-15"
        var form = "Action=\(action)&Version=\(version)"
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
            form += "&\(name)=\(Self.encoded(value))"
        }
        return try await sandbox.send(
            query(
                service: service, form: form,
                signedWith: key ?? account.accessKey(for: "user/alice")))
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            if scalar.properties.isAlphabetic || ("0"..."9").contains(scalar), scalar.isASCII {
                return String(Character(scalar))
            }
            return (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    /// A JSON request, signed as of the sandbox's clock plus `skew` seconds, or not at all.
    func request(
        service: String, target: String, body: [UInt8], signedWith key: SigningCredential?,
        skew: Int = 0, region: String = Bench.region
    ) -> HTTPRequest {
        let headers = [
            (name: "Host", value: "\(service).\(Bench.region).amazonaws.com"),
            (name: "Content-Type", value: "application/x-amz-json-1.1"),
            (name: "X-Amz-Target", value: target),
        ]
        return signed(headers, service, body, key, skew, region)
    }

    /// An STS or IAM request.
    func query(
        service: String, form: String, signedWith key: SigningCredential?, skew: Int = 0
    ) -> HTTPRequest {
        let headers = [
            (name: "Host", value: "\(service).amazonaws.com"),
            (name: "Content-Type", value: "application/x-www-form-urlencoded; charset=utf-8"),
        ]
        return signed(headers, service, Array(form.utf8), key, skew, Bench.region)
    }

    private func signed(
        _ headers: [(name: String, value: String)], _ service: String, _ body: [UInt8],
        _ key: SigningCredential?, _ skew: Int, _ region: String
    ) -> HTTPRequest {
        var headers = headers
        if let key {
            headers += SigV4(region: region, service: service).sign(
                SignableRequest(method: "POST", target: "/", headers: headers, body: body),
                with: key, at: SigningDate(secondsSince1970: sandbox.now + skew))
        }
        return HTTPRequest(
            method: "POST", scheme: .https, host: headers[0].value,
            headers: headers.map { HTTPHeader($0.name, $0.value) }, body: body)
    }
}

extension HTTPResponse {
    /// The text of the first XML element of that name, entities as they stand.
    func element(_ name: String) -> String? {
        guard let start = text.firstRange(of: "<\(name)>") else { return nil }
        let rest = text[start.upperBound...]
        return rest.firstRange(of: "</\(name)>").map { String(rest[..<$0.lowerBound]) }
    }

    /// The texts of all XML elements of that name, in order.
    func elements(_ name: String) -> [String] {
        text.split(separator: "<\(name)>").dropFirst().compactMap { part in
            part.firstRange(of: "</\(name)>").map { String(part[..<$0.lowerBound]) }
        }
    }

    /// Status, code and text of a refusal in XML, with the quotation marks back.
    var xmlRefusal: String {
        let message = (element("Message") ?? "").replacing("&quot;", with: "\"")
        return "\(status) \(element("Code") ?? "") \(message)"
    }

    var json: JSON? { try? JSON(parsing: body) }
    var text: String { String(decoding: body, as: UTF8.self) }
    /// The error's code and text, from JSON with either spelling of the member.
    var refusal: [String?] {
        [json?["__type"]?.string, json?["message"]?.string ?? json?["Message"]?.string]
    }
}

/// Expects the service to refuse with this code, and with this text where one is given.
func expectRefusal<Output>(
    _ code: String, _ text: String? = nil, status: Int = 400,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ call: () async throws -> Output
) async {
    do {
        _ = try await call()
        Issue.record("\(code) was expected, and the call succeeded", sourceLocation: sourceLocation)
    } catch let error as AWSError {
        #expect(error.code == code, sourceLocation: sourceLocation)
        #expect(error.status == status, sourceLocation: sourceLocation)
        if let text { #expect(error.message == text, sourceLocation: sourceLocation) }
    } catch {
        Issue.record("\(error)", sourceLocation: sourceLocation)
    }
}

/// A request token of 32 characters.
func token(_ character: Character) -> String { String(repeating: character, count: 32) }

extension SecretsManager.Value {
    static func text(_ text: String) -> SecretsManager.Value {
        .string(ProtectedBytes(Array(text.utf8)))
    }
}
