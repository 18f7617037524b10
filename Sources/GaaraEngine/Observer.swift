package import GaaraPlan
package import GaaraStore

/// Reads what AWS has of a plan's things: by lists where a list tells it, all kinds at the same
/// time.
///
/// It writes nothing and decides nothing.
package struct Observer: Sendable {
    let session: Session
    /// Describes every declared secret, however many there are, since a list may be five minutes
    /// stale (Secrets Manager API, ListSecrets).
    let isFresh: Bool
    /// Secrets that are described also where the list tells of the others.
    let described: Set<SecretName>
    /// Whether every secret of the region is asked which key it needs: for the deletion of a key.
    let seeksKeyUsers: Bool
    /// Seconds since 1970.
    let now: @Sendable () -> Int64

    package init(
        _ session: Session, isFresh: Bool = false, describing described: Set<SecretName> = [],
        seekingKeyUsers seeksKeyUsers: Bool = false,
        now: @escaping @Sendable () -> Int64
    ) {
        self.session = session
        self.isFresh = isFresh
        self.described = described
        self.seeksKeyUsers = seeksKeyUsers
        self.now = now
    }

    package func snapshot(of plan: Plan) async throws(EngineError) -> Snapshot {
        let observedAt = now()
        let (keys, secrets, policies) = try await together(
            { () async throws(EngineError) -> ObservedKeys in
                try await self.keys(of: plan)
            },
            { () async throws(EngineError) -> ObservedSecrets in
                try await self.secrets(of: plan)
            },
            { () async throws(EngineError) -> ObservedPolicies in
                try await self.policies(of: plan)
            })
        let users = seeksKeyUsers ? try await keyUsers(of: plan, keys.declared) : nil
        return Snapshot(
            observedAt: observedAt, keys: keys.declared, secrets: secrets.declared,
            policies: policies.declared, policyNamesTaken: policies.taken,
            missingPrincipals: policies.missingPrincipals, principals: policies.principals,
            regionalKeys: keys.regional, callerARN: session.callerARN, keyUsers: users,
            orphans: keys.orphans + secrets.orphans + policies.orphans,
            isSwept: sweeps(plan))
    }
}
