internal import AWS
internal import GaaraPlan

/// One step under way: the calls it has made and the value that it is writing.
///
/// The switches of the four `perform` functions are exhaustive over `Call`: they are all that the
/// tool can do to an account.
struct StepRun {
    let step: Step
    let comparison: Comparison
    let hooks: Applier.Hooks
    let references: References
    var requestIDs: [String] = []
    /// The token of the value that this step put, for the calls after it.
    var writtenToken: String?

    var session: Session { comparison.session }
    var client: AWSClient { session.client }

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
        case .key(let call): try await perform(call)
        case .secret(let call): try await perform(call)
        case .policy(let call): try await perform(call)
        case .role(let call): try await perform(call)
        }
    }

    /// Sends one call and keeps its request id.
    ///
    /// - Parameters:
    ///   - dependsOn: what the call builds on. When this very run made it, AWS may not know it
    ///     everywhere yet, and a refusal that says so is waited out (design 5.9).
    ///   - policy: the text that the call puts. A refusal of a principal in it is waited out when
    ///     this very run made one that it names.
    @discardableResult
    mutating func send<Input: AWSOperation>(
        _ input: Input, dependsOn: String? = nil, naming policy: String? = nil
    ) async throws(EngineError) -> Input.Output {
        do {
            return try await settle(input, dependsOn: dependsOn, naming: policy)
        } catch {
            let operation = Input.operation
            throw EngineError(
                error,
                doing: "call \(operation.service.prefix):\(operation.name) for \(step.address)")
        }
    }

    /// As `send`, with the error as AWS gave it, for calls whose refusal may mean success.
    @discardableResult
    mutating func settle<Input: AWSOperation>(
        _ input: Input, dependsOn: String? = nil, naming policy: String? = nil
    ) async throws(AWSError) -> Input.Output {
        var patience = Patience.lateTruth
        while true {
            tell(.begun, of: Input.operation)
            do throws(AWSError) {
                let answer = try await client.answer(to: input)
                tell(.answered(requestID: answer.requestID), of: Input.operation)
                if let id = answer.requestID { requestIDs.append(id) }
                return answer.output
            } catch {
                tell(
                    .failed(
                        code: error.code, requestID: error.requestID,
                        isAmbiguous: error.isAmbiguous),
                    of: Input.operation)
                guard isLateTruth(error, of: dependsOn, naming: policy),
                    await hooks.wait(
                        &patience,
                        "\(step.address): waiting for AWS to see what was just made: \(error)")
                else { throw error }
            }
        }
    }
}

extension StepRun {
    /// A read that waits for what this very run made, as `send` does.
    func look<Input: AWSOperation>(
        _ input: Input, dependsOn: String, doing: String
    ) async throws(EngineError) -> Input.Output {
        var patience = Patience.lateTruth
        while true {
            do throws(AWSError) {
                return try await client.send(input)
            } catch {
                guard isLateTruth(error, of: dependsOn, naming: nil),
                    await hooks.wait(
                        &patience,
                        "\(step.address): waiting for AWS to see what was just made: \(error)")
                else { throw EngineError(error, doing: doing) }
            }
        }
    }

    /// Sends a call that answers with its operation's own error code when it was executed before:
    /// after a lost answer that error is success where `isDone` finds the wanted state (design 5.7).
    mutating func send<Input: AWSOperation>(
        _ input: Input, dependsOn: String? = nil,
        orFinding isDone: (StepRun) async throws(EngineError) -> Bool
    ) async throws(EngineError) {
        do throws(AWSError) {
            try await settle(input, dependsOn: dependsOn)
        } catch {
            let operation = Input.operation
            let fault = EngineError(
                error,
                doing: "call \(operation.service.prefix):\(operation.name) for \(step.address)")
            guard error.isAmbiguous, operation.answersAgain(with: error.code),
                try await isDone(self)
            else { throw fault }
        }
    }

    private func isLateTruth(
        _ error: AWSError, of dependsOn: String?, naming policy: String?
    ) -> Bool {
        if MalformedPolicy(error) == .principal, let policy {
            return references.hasMade(principalOf: policy)
        }
        guard let dependsOn, references.hasMade(dependsOn), error.mayBeLateTruth else {
            return false
        }
        return !(references.isKey(dependsOn) && error.isSecretsManagersOwn)
    }

    private func tell(_ outcome: CallEvent.Outcome, of operation: Operation) {
        hooks.called(
            CallEvent(address: step.address, action: operation.action, outcome: outcome))
    }
}

extension Tag {
    /// `tags` in the order of their keys.
    static func list(_ tags: [String: String]) -> [Tag] {
        tags.sorted { $0.key < $1.key }.map { Tag($0.key, $0.value) }
    }
}
