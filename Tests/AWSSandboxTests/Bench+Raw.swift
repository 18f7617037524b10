import AWSSandbox
import HTTP
import JSON
import POSIX
import SigV4
import Testing

/// Calls as JSON, beside the client: of operations, members and mistakes that it does not know.
extension Bench {
    static let elsewhere = "eu-west-1"

    /// The output of a call that must succeed.
    @discardableResult
    func done(
        _ target: String, _ input: JSON, in region: String = Bench.region,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> JSON {
        let answer = try await send(target, input, in: region)
        #expect(answer.status == 200, "\(answer.text)", sourceLocation: sourceLocation)
        return answer.body.isEmpty ? [:] : try JSON(parsing: answer.body)
    }

    /// Expects a refusal with that code and, where one is given, that text.
    func refused(
        _ target: String, _ input: JSON, _ code: String, _ text: String? = nil, status: Int = 400,
        in region: String = Bench.region, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let answer = try await send(target, input, in: region)
        #expect(answer.status == status, "\(answer.text)", sourceLocation: sourceLocation)
        #expect(answer.refusal[0] == code, "\(answer.text)", sourceLocation: sourceLocation)
        if let text { #expect(answer.refusal[1] == text, sourceLocation: sourceLocation) }
    }

    /// `Secrets.X` and `KMS.X` for the targets of the two services.
    private func send(
        _ operation: String, _ input: JSON, in region: String
    ) async throws -> HTTPResponse {
        let parts = operation.split(separator: ".").map(String.init)
        let (service, prefix) =
            parts[0] == "KMS" ? ("kms", "TrentService") : ("secretsmanager", "secretsmanager")
        let headers = [
            (name: "Host", value: "\(service).\(region).amazonaws.com"),
            (name: "Content-Type", value: "application/x-amz-json-1.1"),
            (name: "X-Amz-Target", value: "\(prefix).\(parts[1])"),
        ]
        let body = input.compactBytes
        let signature = SigV4(region: region, service: service).sign(
            SignableRequest(method: "POST", target: "/", headers: headers, body: body),
            with: account.accessKey(for: "user/alice"),
            at: SigningDate(secondsSince1970: sandbox.now))
        return try await sandbox.send(
            HTTPRequest(
                method: "POST", scheme: .https, host: headers[0].value,
                headers: (headers + signature).map { HTTPHeader($0.name, $0.value) }, body: body))
    }
}

extension JSON {
    /// The object with another member.
    func with(_ key: String, _ value: JSON) -> JSON {
        var object = object ?? JSONObject()
        object[key] = value
        return .object(object)
    }
}
