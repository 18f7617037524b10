import HTTP
import JSON
import POSIX
import SigV4
import Testing

@testable import AWS

/// The recorded cases in which variables and files are the whole world, and the exchanges the only
/// HTTP.
@Suite("Credential cases")
struct CredentialCaseTests {
    /// What we deliberately answer otherwise, and why.
    private static let deviations: [String: String] = [
        "assume_role_override_global_env_url": plain,
        "assume_role_override_global_profile_url": plain,
        "assume_role_override_service_env_url": plain,
        "assume_role_override_service_profile_url": plain,
        "sso_override_global_env_url": plain,
        "sso_server_error": once,
    ]

    private static let plain = "plain http beyond this machine is refused; with https it agrees"

    private static let once =
        "status 503 is tried again, and one answer is recorded; with one attempt it agrees"

    /// Where a recording contradicts the case's own variables and files, which its origin does not
    /// compare: what they say instead.
    private static let corrections: [String: [(recorded: String, actual: String)]] = [
        // The container gives ASIARTEST.
        "ecs_assume_role": [("ASIARSTSBASE", "ASIARTEST")],
        "web_identity_token_env": [("123456789123", "123456789012")],
        "web_identity_token_profile": [
            ("arn:aws:iam::134095065856:role/s3-reader", "arn:aws:iam::1234567890123:role/RoleA")
        ],
        "web_identity_token_source_profile": [
            ("134095065856", "123456789012")
        ],
    ]

    @Test("every recorded search for credentials makes its calls and comes to its end")
    func endToEnd() async throws {
        let cases = try CaseFile("credentials.json").cases("endToEnd")
        #expect(cases.count == 47)
        var tally = Tally("credentials.json endToEnd")
        for value in cases {
            let id = try #require(value["id"]?.string)
            tally.add(id, try await differences(value, id), because: Self.deviations[id])
        }
        tally.report()
        #expect(tally.differences == [:])
        #expect(
            tally.deviations.values.reduce(into: Set()) { $0.formUnion($1) }
                == Set(Self.deviations.keys))
    }

    @Test("what we answer otherwise agrees without what makes us do so")
    func deviations() async throws {
        let cases = try CaseFile("credentials.json").cases("endToEnd")
        for (id, reason) in Self.deviations {
            let value = try #require(cases.first { $0["id"]?.string == id })
            let differences =
                reason == Self.plain
                ? try await differences(value.replacing("http://aws.", with: "https://aws."), id)
                : try await differences(value, id, ["AWS_MAX_ATTEMPTS": "1"])
            #expect(differences == [], "\(id)")
        }
    }

    private func differences(
        _ value: JSON, _ id: String, _ variables: [String: String] = [:]
    ) async throws -> [String] {
        let folder = try TemporaryFolder()
        var files = value["files"]?.strings ?? [:]
        if value["needsShell"]?.bool == true {
            try Self.useScript(in: &files, folder)
        }
        let transport = ExchangeTransport(try Self.exchanges(value, id, files))
        var bench = CredentialBench(
            arguments: Settings.Arguments(region: value["regionArgument"]?.string),
            environment: (value["env"]?.strings ?? [:]).merging(variables) { $1 },
            files: TableFiles(files),
            transport: transport,
            // Before the end of the oldest recorded credentials, 2009-02-13T23:31:30Z.
            time: ManualTime(start: 1_234_560_000))
        bench.run = { (child) async throws(POSIXError) in
            try await Thread.value(for: "start") { () throws(POSIXError) in try child.run() }
        }
        let context: CredentialContext
        do {
            context = try bench.context()
        } catch {
            return Self.compare(
                .failure(.unusable("\(error)")), transport, value["expect"])
        }
        let chain =
            value["group"]?.string == "profile-provider"
            ? CredentialChain(ProfileCredentials(context), time: bench.time, random: { 0 })
            : CredentialChain.standard(context)
        return Self.compare(await chain.outcome(), transport, value["expect"])
    }

    private static func exchanges(
        _ value: JSON, _ id: String, _ files: [String: String]
    ) throws -> [JSON] {
        var exchanges = value["exchanges"]?.array ?? []
        for (recorded, actual) in corrections[id] ?? [] {
            exchanges = exchanges.map { $0.replacing(recorded, with: actual) }
        }
        // Tokens were recorded with the file's line end, or with another file.
        let token = files["/token.jwt"].map { String($0.filter { $0 != "\n" }) }
        let session: String? =
            switch id {
            case "web_identity_token_source_profile": "TESTSESSIONTOKEN"
            case "ecs_assume_role":
                try JSON(
                    parsing: Array((exchanges[0]["response"]?["body"]?.string ?? "").utf8))[
                        "Token"]?.string
            default: nil
            }
        return exchanges.map { $0.replacingTokens(token, session: session) }
    }

    private static func compare(
        _ outcome: Result<Credentials, CredentialError>, _ transport: ExchangeTransport,
        _ expected: JSON?
    ) -> [String] {
        var differences = transport.differences
        switch outcome {
        case .success(let found):
            let ours = [
                "access_key_id": found.signing.accessKeyID,
                "secret_access_key": found.signing.secretAccessKey,
                "session_token": found.signing.sessionToken, "account_id": found.accountID,
                "expiry": found.expiration.map { "\($0)" },
            ].compactMapValues { $0 }
            var theirs = expected?["credentials"]?.strings ?? [:]
            theirs["expiry"] = expected?["credentials"]?["expiry"]?.int.map { "\($0)" }
            if ours != theirs { differences.append("credentials: \(ours) instead of \(theirs)") }
        case .failure(let error):
            let word = expected?["error"]?.string ?? "credentials"
            if !error.isMeant(by: word) { differences.append("\(error) instead of \(word)") }
        }
        return differences
    }

    /// Puts the line of `credential_process` into a script, since we run no shell.
    private static func useScript(
        in files: inout [String: String], _ folder: TemporaryFolder
    ) throws {
        let name = "/home/.aws/config"
        let start = "credential_process = "
        let lines = (files[name] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        files[name] = try lines.map { line in
            guard line.hasPrefix(start) else { return String(line) }
            let script = folder.file("script")
            try File.write(script, Array(line.dropFirst(start.count).utf8))
            return "\(start)/bin/sh \(script)"
        }.joined(separator: "\n")
    }
}

extension JSON {
    /// This exchange with the tokens that its request must have.
    ///
    /// - Parameter session: of the call before, where the two were not recorded together.
    fileprivate func replacingTokens(_ token: String?, session: String?) -> JSON {
        var exchange = self
        for member in self["request"]?["form"]?.array ?? []
        where member[0]?.string == "WebIdentityToken" {
            if let token, let recorded = member[1]?.string {
                exchange = exchange.replacing(recorded, with: token)
            }
        }
        if let session, let recorded = self["request"]?["headers"]?["x-amz-security-token"]?.string
        {
            exchange = exchange.replacing(recorded, with: session)
        }
        return exchange
    }
}

extension CredentialError {
    /// Whether a person would call it that.
    fileprivate func isMeant(by word: String) -> Bool {
        let parts: [String: [String]] = [
            "config-parse-error": ["~/.aws/config:2: a property has no name"],
            "sso-token-only-profile": ["sso_account_id and sso_role_name"],
            "web-identity-without-role": ["web_identity_token_file needs a role_arn"],
            "process-nonzero-exit": ["ended with status 1"],
            "process-bad-output": ["the output is not a JSON object"],
            "sts-invalid-identity-token": ["InvalidIdentityToken"],
            "provider-error": ["status 503"], "imds-forbidden": ["status 403"],
            "file-not-found": ["does not exist", "nobody is signed in"],
            // A profile that names a place without credentials: nothing else stands in for it.
            "no-credentials": [
                "profile default: EC2 instance metadata: the instance has no role",
                "profile A: environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set",
            ],
        ]
        let message: String
        switch self {
        case .absent(let reasons):
            if word == "no-credentials" { return !reasons.isEmpty }
            message = reasons.joined(separator: "; ")
        case .unusable(let reason): message = reason
        case .cancelled: return false
        }
        return parts[word]?.contains { message.contains($0) } ?? false
    }
}
