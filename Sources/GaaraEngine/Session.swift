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
        _ = try session.checked(caller.arn, isGlobal: true)
        return session
    }

    /// An ARN that AWS returned, if it is of our partition, account and region.
    ///
    /// - Parameter isGlobal: whether the ARN has no region, as those of IAM.
    func checked(_ arn: String, isGlobal: Bool = false) throws(EngineError) -> String {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        let region = isGlobal ? "" : identity.region
        guard parts.count == 6, parts[1] == identity.partition, parts[3] == region,
            parts[4] == identity.account
        else {
            throw EngineError(
                .strange, "AWS answered with \(arn), which is of another account or region",
                hint: "check --endpoint-url and the plan's `account` and `region`")
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
