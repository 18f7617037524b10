package import AWS
package import GaaraPlan
internal import GaaraStore

/// A client that is known to be in the plan's account.
package struct Session: Sendable {
    package let client: AWSClient
    package let identity: Identity
    /// Who the credentials are, as STS says.
    package let callerARN: String

    /// Asks STS who we are, and refuses any account but the plan's before anything else is read.
    ///
    /// - Parameter acceptsSimulation: whether a simulation of AWS may stand in for production.
    package static func open(
        _ client: AWSClient, for identity: Identity, acceptsSimulation: Bool = false
    ) async throws(EngineError) -> Session {
        let caller = try await calling("find out who the credentials belong to") {
            () async throws(AWSError) in try await client.send(STS.GetCallerIdentity())
        }
        guard caller.account == identity.account else {
            throw EngineError(
                .wrongAccount,
                "the credentials belong to account \(caller.account), the plan is for account"
                    + " \(identity.account)",
                hint: "choose other credentials, for example with --profile")
        }
        if client.sawSandbox, identity.environment == .production, !acceptsSimulation {
            throw EngineError(
                .simulation, "the endpoint is a simulation of AWS, and the plan is for production",
                hint: "--sandbox says that this is meant")
        }
        let session = Session(client: client, identity: identity, callerARN: caller.arn)
        _ = try session.checked(caller.arn, of: nil, isGlobal: true)
        return session
    }

    /// The ARN that AWS returned for the key of that id.
    func checked(key id: String, _ arn: String) throws(EngineError) -> String {
        try checked(arn, of: "kms") { resource in
            resource == "key/\(id)"
                && id.utf8.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: "-") }
        }
    }

    /// The ARN of a key in another region, with our partition and account.
    func checked(key id: String, _ arn: String, in region: String) throws(EngineError) -> String {
        try checked(arn, of: "kms", in: region) { $0 == "key/\(id)" }
    }

    /// A client of another region, with the same credentials and connections.
    func client(in region: String) throws(EngineError) -> AWSClient {
        do {
            return try client.inRegion(region)
        } catch {
            throw EngineError(error, doing: "reach \(region)")
        }
    }

    /// The ARN that AWS returned for the secret of that whole name.
    ///
    /// It is the name, a hyphen and six characters of AWS's own (Secrets Manager user guide,
    /// "What's in a secret?").
    func checked(secret name: String, _ arn: String) throws(EngineError) -> String {
        try checked(arn, of: "secretsmanager") { resource in
            let end = resource.utf8.suffix(7)
            return resource.utf8.count == "secret:".utf8.count + name.utf8.count + 7
                && resource.hasPrefix("secret:\(name)-") && end.dropFirst().allSatisfy(isWordByte)
        }
    }

    /// The ARN that AWS returned for the policy of that path and name.
    func checked(policy name: String, path: String, _ arn: String) throws(EngineError) -> String {
        try checked(arn, of: "iam", isGlobal: true) { $0 == "policy\(path)\(name)" }
    }

    /// The ARN that AWS returned for a role, user or group, whatever its path.
    func checked(principal name: String, _ arn: String) throws(EngineError) -> String {
        // IAM takes names in any case, and gives them as they were made.
        try checked(arn, of: "iam", isGlobal: true) {
            $0.lowercased().hasSuffix("/\(name.lowercased())")
        }
    }

    /// An ARN that AWS returned, if it is of our partition, account and region, and of the thing
    /// that was asked for: what is read from one thing must not be written to another.
    ///
    /// - Parameter service: `nil` where it may be any.
    /// - Parameter isGlobal: whether the ARN has no region, as those of IAM.
    /// - Parameter region: where not our own.
    private func checked(
        _ arn: String, of service: String?, isGlobal: Bool = false, in region: String? = nil,
        isAsked: (Substring) -> Bool = { _ in true }
    ) throws(EngineError) -> String {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        let region = isGlobal ? "" : region ?? identity.region
        guard parts.count == 6, parts[1] == identity.partition, parts[3] == region,
            parts[4] == identity.account
        else {
            throw EngineError(
                .strange, "AWS answered with \(arn), which is of another account or region",
                hint: "check --endpoint-url and the plan's `account` and `region`")
        }
        guard service.map({ parts[0] == "arn" && parts[2] == $0 }) ?? true, isAsked(parts[5])
        else {
            throw EngineError(
                .strange, "AWS answered with \(arn), which is not what was asked for",
                hint: "check --endpoint-url")
        }
        return arn
    }
}

/// Runs a call and tells its failure with what it was for: `cannot DOING: ...`.
func calling<Output: Sendable>(
    _ doing: String, _ call: () async throws(AWSError) -> Output
) async throws(EngineError) -> Output {
    do {
        return try await call()
    } catch {
        throw EngineError(error, doing: doing)
    }
}

/// As `calling`, with `nil` where AWS has no such thing.
func finding<Output: Sendable>(
    _ doing: String, _ call: () async throws(AWSError) -> Output
) async throws(EngineError) -> Output? {
    do {
        return try await call()
    } catch {
        guard error.kind == .notFound else { throw EngineError(error, doing: doing) }
        return nil
    }
}

/// Whether the byte is an ASCII letter or digit.
private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    default: false
    }
}
