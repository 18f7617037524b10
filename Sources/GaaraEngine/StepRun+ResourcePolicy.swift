internal import AWS
internal import GaaraPlan

/// The policy of a secret, which may shut people out: it is checked before it is put.
extension StepRun {
    /// Looks again just before: there is no compare-and-set (design 5.5).
    mutating func putPolicy(
        _ path: String, seen: Secret.Live.ResourcePolicy, _ document: String
    ) async throws(EngineError) {
        let found = try await look(
            SecretsManager.GetResourcePolicy(secretID: path), dependsOn: path,
            doing: "look at the policy of \(step.address)")
        if let found, PolicyDocument.areEquivalent(found, document) { return }
        // Of a secret that was just restored nobody could tell.
        guard seen == .unread || seen == (found.map(Secret.Live.ResourcePolicy.text) ?? .none)
        else {
            throw EngineError(
                .conflict, "somebody else changed the policy of \(step.address) while this ran",
                hint: "plan again and look at what they changed")
        }
        let verdict = try await look(
            SecretsManager.ValidateResourcePolicy(secretID: path, resourcePolicy: document),
            dependsOn: path, doing: "check the policy of \(step.address)")
        guard verdict.isValid else {
            let reasons = verdict.faults.map { "\($0.checkName): \($0.message)" }
            throw EngineError(
                .conflict,
                "Secrets Manager refuses the policy of \(step.address):"
                    + " \(reasons.joined(separator: "; "))",
                hint: "nothing was put: check who applies, and operators.break-glass")
        }
        try await send(
            SecretsManager.PutResourcePolicy(secretID: path, resourcePolicy: document),
            dependsOn: path, naming: document)
    }
}
