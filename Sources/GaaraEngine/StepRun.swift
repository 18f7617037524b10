internal import AWS
internal import GaaraPlan
internal import GaaraStore

/// One step under way: the calls it has made and the value that it is writing.
///
/// The switch in `perform` is exhaustive over `Call`: it is all that the tool can do to an account.
struct StepRun {
    let step: Step
    let comparison: Comparison
    let hooks: Applier.Hooks
    let references: References
    var requestIDs: [String] = []
    /// What `putSecretValue` wrote, for the two calls after it.
    var written: WrittenValue?

    var client: AWSClient { comparison.session.client }

    /// Makes the calls in their order, up to the first that fails.
    static func outcome(
        of step: Step, _ comparison: Comparison, _ hooks: Applier.Hooks, _ references: References
    ) async -> Receipt.Outcome {
        var run = StepRun(
            step: step, comparison: comparison, hooks: hooks, references: references)
        do throws(EngineError) {
            for call in step.calls { try await run.perform(call) }
            return .done(requestIDs: run.requestIDs)
        } catch {
            return .failed(error)
        }
    }

    private mutating func perform(_ call: Call) async throws(EngineError) {
        switch call {
        case .createKey(let role, let description, let policy, let tags):
            try await createKey(role, description: description, policy: policy, tags: tags)
        case .createAlias(let alias, let key):
            try await createAlias(alias, for: try references.arn(of: key))
        case .updateKeyDescription(let key, let text):
            let id = try references.arn(of: key)
            try await send(call, KMS.UpdateKeyDescription(keyID: id, description: text))
        case .enableKeyRotation(let key, let days):
            let id = try references.arn(of: key)
            try await send(call, KMS.EnableKeyRotation(keyID: id, rotationPeriodInDays: days))
        case .disableKeyRotation(let key):
            try await send(call, KMS.DisableKeyRotation(keyID: try references.arn(of: key)))
        case .putKeyPolicy(let key, let policy):
            let id = try references.arn(of: key)
            try await send(call, KMS.PutKeyPolicy(keyID: id, policy: policy))
        case .tagKey(let key, let tags):
            let id = try references.arn(of: key)
            try await send(call, KMS.TagResource(keyID: id, tags: Tag.list(tags)))
        case .untagKey(let key, let names):
            let id = try references.arn(of: key)
            try await send(call, KMS.UntagResource(keyID: id, tagKeys: names))
        case .cancelKeyDeletion(let key):
            try await send(call, KMS.CancelKeyDeletion(keyID: try references.arn(of: key)))
        case .enableKey(let key):
            try await send(call, KMS.EnableKey(keyID: try references.arn(of: key)))
        case .createSecret, .updateSecret, .putSecretValue, .moveCurrent, .removeStagedLabel,
            .removePendingLabel, .tagSecret, .untagSecret, .restoreSecret, .deleteSecret,
            .rotateSecret, .cancelRotateSecret:
            try await performOnSecret(call)
        case .createPolicy, .createPolicyVersion, .deletePolicyVersion, .deletePolicy, .tagPolicy,
            .untagPolicy, .attachPolicy, .detachPolicy:
            try await performOnPolicy(call)
        }
    }

    /// Sends one call and keeps its request id.
    ///
    /// - Parameter dependsOn: what the call builds on. When this very run made it, AWS may not know
    ///   it everywhere yet, and a refusal that says so is waited out (design 5.9).
    @discardableResult
    mutating func send<Input: AWSOperation>(
        _ call: Call, _ input: Input, dependsOn: String? = nil
    ) async throws(EngineError) -> Input.Output {
        do {
            return try await settle(dependsOn: dependsOn, input)
        } catch {
            throw EngineError(error, doing: "call \(call.action) for \(step.address)")
        }
    }

    /// As `send`, with the error as AWS gave it, for calls whose refusal may mean success.
    @discardableResult
    mutating func settle<Input: AWSOperation>(
        dependsOn: String? = nil, _ input: Input
    ) async throws(AWSError) -> Input.Output {
        let isLate = dependsOn.map(references.hasMade) ?? false
        var patience = Patience()
        while true {
            do throws(AWSError) {
                let answer = try await client.answer(to: input)
                if let id = answer.requestID { requestIDs.append(id) }
                return answer.output
            } catch {
                guard isLate, error.kind == .accessDenied || error.kind == .notFound,
                    let milliseconds = patience.next()
                else { throw error }
                hooks.tell("\(step.address): waiting for AWS to see what was just made: \(error)")
                await hooks.sleep(milliseconds)
            }
        }
    }
}

/// How long late truth is waited for: KMS names five minutes for tags and aliases, so six
/// (KMS developer guide, "ABAC for AWS KMS"; design 5.9).
struct Patience {
    private var waited = 0
    private var step = 1_000

    /// Milliseconds to wait before the next try; `nil` when patience is at its end.
    mutating func next() -> Int? {
        guard waited < 6 * 60_000 else { return nil }
        let wait = step
        waited += wait
        step = min(step * 2, 15_000)
        return wait
    }
}

extension Tag {
    /// `tags` in the order of their keys.
    static func list(_ tags: [String: String]) -> [Tag] {
        tags.sorted { $0.key < $1.key }.map { Tag($0.key, $0.value) }
    }
}
