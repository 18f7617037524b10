import JSON

/// How the sandbox is brought to refuse what AWS was recorded to refuse.
struct Scenario: Sendable {
    /// The name of the recorded refusal.
    let name: String
    /// What the recording has a placeholder for, beside ARNs.
    let names: [String]
    /// In a new sandbox each time.
    let run: @Sendable (Wire) async throws -> Wire.Reply

    init(
        _ name: String, without names: [String] = [],
        _ run: @escaping @Sendable (Wire) async throws -> Wire.Reply
    ) {
        self.name = name
        self.names = names
        self.run = run
    }

    static let all =
        macs + keyMaterial + alarms + kms + kmsTags + encryption + secrets + invalidSecretNames
        + iam + sts + functions
        + metrics
}

extension Wire {
    /// The answer of a call that must succeed.
    func made(_ operation: String, _ input: JSON = [:]) async throws -> Reply {
        let reply = try await call(operation, input)
        guard reply.status == 200 || reply.status == 201 else {
            throw Unprepared("\(operation): \(reply.status) \(reply.code ?? "")")
        }
        return reply
    }

    /// A new key's id: symmetric, or for message authentication codes.
    func key(forMac: Bool = false, in region: String = Bench.region) async throws -> JSON {
        let input: JSON = forMac ? ["KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"] : [:]
        let reply = try await call("kms CreateKey", input, in: region)
        guard let id = reply.json?["KeyMetadata"]?["KeyId"] else { throw Unprepared("no key") }
        return id
    }

    /// Makes the secret `secret`, whose version is `token("1")`.
    func secret() async throws {
        _ = try await made(
            "secretsmanager CreateSecret",
            [
                "Name": "secret", "SecretString": "x",
                "ClientRequestToken": .string(token("1")),
            ])
    }
}

/// A scenario needs an operation that is still to come.
struct Waiting: Error {
    let operation: String
}

/// Why a scenario has no ground to stand on, such as an operation that is not simulated.
struct Unprepared: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
