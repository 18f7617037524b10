internal import AWS
internal import GaaraPlan

/// The copies of a secret: AWS makes and removes them after it has answered, so they are waited for.
extension StepRun {
    mutating func replicate(
        _ path: String, to region: String, key: String?
    ) async throws(EngineError) {
        try await send(
            SecretsManager.ReplicateSecretToRegions(
                secretID: path, replicas: [.init(region: region, kmsKeyID: key)]),
            dependsOn: path, orFinding: Self.looked)
        try await wait(for: "the replica", of: path) { (replicas) throws(EngineError) in
            guard let replica = replicas.first(where: { $0.region == region }) else {
                throw EngineError(
                    .conflict, "\(step.address) was removed by somebody else while this ran",
                    hint: "plan again and look at what they changed")
            }
            guard replica.status != "Failed" else {
                throw EngineError(
                    .call,
                    "\(step.address) failed: \(replica.statusMessage ?? "AWS gives no reason")",
                    hint: "the next apply tries it again")
            }
            return replica.status == "InSync"
        }
    }

    mutating func removeReplica(_ path: String, from region: String) async throws(EngineError) {
        try await send(
            SecretsManager.RemoveRegionsFromReplication(secretID: path, regions: [region]),
            orFinding: Self.looked)
        try await wait(for: "its removal", of: path) { replicas in
            !replicas.contains { $0.region == region }
        }
    }

    /// The wait that follows finds out by itself whether it was done.
    private static func looked(_ run: StepRun) async throws(EngineError) -> Bool { true }

    /// Looks at the secret until its replicas are as they should be.
    ///
    /// Where that takes too long, or a signal asks to stop, AWS goes on by itself and the step ends
    /// before its next call: what is still under way is not told as done.
    private func wait(
        for what: String, of path: String,
        until isDone: ([SecretsManager.Replica]) throws(EngineError) -> Bool
    ) async throws(EngineError) {
        var patience = Patience.replication
        while true {
            let secret = try await calling("look at \(step.address)") {
                () async throws(AWSError) in
                try await client.send(SecretsManager.DescribeSecret(secretID: path))
            }
            guard try !isDone(secret.replicationStatus) else { return }
            guard await hooks.wait(&patience, "\(step.address): waiting for \(what)") else {
                throw EngineError(
                    .call, "\(what) of \(step.address) is still under way",
                    hint: "AWS goes on by itself; a plan tells how far it is")
            }
        }
    }
}
