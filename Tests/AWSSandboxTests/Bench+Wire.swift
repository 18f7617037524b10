import AWSSandbox
import HTTP
import JSON
import SigV4

/// Calls as no client of ours would send them.
extension Bench {
    /// A new sandbox with delays or quotas.
    init(delays: Delays = .none, quotas: SandboxQuotas = .none, seed: UInt64 = 1) throws {
        let sandbox = Sandbox(seed: seed, delays: delays, quotas: quotas)
        let account = sandbox.addAccount(id: Self.accountID)
        try self.init(sandbox: sandbox, account: account)
    }

    /// What CloudWatch answers, in query mode unless a test says otherwise.
    func cloudWatch(
        _ operation: String, _ input: JSON, inQueryMode: Bool = true
    ) async throws -> HTTPResponse {
        try await ask(
            "monitoring", "GraniteServiceVersion20100801.\(operation)", input,
            headers: inQueryMode ? [("X-Amzn-Query-Mode", "true")] : [])
    }

    func tagging(_ input: JSON) async throws -> HTTPResponse {
        try await ask("tagging", "ResourceGroupsTaggingAPI_20170126.GetResources", input)
    }

    func ask(
        _ service: String, _ target: String, _ input: JSON,
        headers: [(name: String, value: String)] = []
    ) async throws -> HTTPResponse {
        try await send(
            "POST", "/", service,
            [("X-Amz-Target", target), ("Content-Type", "application/x-amz-json-1.1")] + headers,
            input.compactBytes)
    }

    /// What Lambda answers to a REST call.
    func lambda(
        _ method: String, _ target: String, _ input: JSON? = nil
    ) async throws -> HTTPResponse {
        try await send(
            method, "/2015-03-31/functions/\(target)", "lambda",
            input == nil ? [] : [("Content-Type", "application/json")], input?.compactBytes ?? [])
    }

    func send(
        _ method: String, _ target: String, _ service: String,
        _ headers: [(name: String, value: String)], _ body: [UInt8]
    ) async throws -> HTTPResponse {
        let key = account.accessKey(for: "user/alice")
        var headers =
            [(name: "Host", value: "\(service).\(Self.region).amazonaws.com")] + headers
        headers += SigV4(region: Self.region, service: service).sign(
            SignableRequest(method: method, target: target, headers: headers, body: body),
            with: key, at: SigningDate(secondsSince1970: sandbox.now))
        return try await sandbox.send(
            HTTPRequest(
                method: method, scheme: .https, host: headers[0].value, target: target,
                headers: headers.map { HTTPHeader($0.name, $0.value) }, body: body))
    }
}

extension HTTPResponse {
    /// The code after the name space, and the text.
    var bareRefusal: [String?] {
        [refusal[0]?.split(separator: "#").last.map(String.init), refusal[1]]
    }
}
