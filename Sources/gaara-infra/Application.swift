#if CommandLine
    internal import GaaraEngine
    internal import GaaraPlan
    internal import JSON
    internal import POSIX
    internal import Synchronization

    /// The first signal that asked a run to stop.
    private final class StopFlag: Sendable {
        private let first = Mutex<Int32?>(nil)

        var signal: Int32? { first.withLock { $0 } }

        func set(_ signal: Int32) { first.withLock { $0 = $0 ?? signal } }
    }

    /// One changeset on its way into the account: shown, agreed to, run, reported.
    struct Application {
        let work: Work
        let screen: Screen
        let consent: ConsentOptions

        /// - Parameter reduced: the changeset as somebody without the values would have reviewed
        ///   it; approving it runs it and leaves the value changes alone.
        func run(
            _ changeset: Changeset, orReviewedWithoutValues reduced: Changeset?
        ) async throws -> Exit {
            var agreed = changeset
            if let approval = consent.approve {
                switch approval {
                case changeset.fingerprint: break
                case reduced?.fingerprint:
                    guard let reduced else { return .approvalStale }
                    agreed = reduced
                    tellUnapproved(changeset, reduced)
                default: return stale(changeset)
                }
            }
            if !screen.options.json { work.show(agreed, on: screen) }
            guard agreed.steps.contains(where: { !$0.calls.isEmpty }) else {
                if screen.options.json { work.show(agreed, on: screen) }
                return .done
            }
            try refuseGaps(in: agreed)
            guard try agree(to: agreed) else { return .failed }
            return try await carryOut(agreed)
        }

        private func tellUnapproved(_ changeset: Changeset, _ reduced: Changeset) {
            let approved = Set(reduced.steps)
            for step in changeset.steps where !approved.contains(step) {
                screen.progress("not approved, left alone: \(step.verb.symbol) \(step.address)")
            }
        }

        private func stale(_ changeset: Changeset) -> Exit {
            let fault = Diagnostic(
                .error, "approval-stale",
                "the approved plan is not what would be done now; nothing was changed",
                hint: "review the steps shown and approve \(changeset.fingerprint)")
            if screen.options.json {
                screen.show(ChangesetJSON(changeset: changeset, diagnostics: [fault]).json)
            } else {
                work.show(changeset, on: screen)
                screen.report([fault])
            }
            return .approvalStale
        }

        /// A value that is missing for something to be created: refused before any write.
        private func refuseGaps(in changeset: Changeset) throws {
            guard !changeset.missingValues.isEmpty else { return }
            throw Reported(
                changeset.missingValues.map { gap in
                    Diagnostic(
                        .error, "value-missing",
                        "\(gap.address) cannot be created without its value: \(gap.reason)")
                })
        }

        private func agree(to changeset: Changeset) throws -> Bool {
            if consent.approve != nil { return true }
            let grave = changeset.steps.filter {
                $0.consequence != nil && !consent.confirm.contains($0.address.description)
            }
            if consent.yes {
                guard grave.isEmpty else { throw Reported(grave.map(Self.unconfirmed)) }
                return true
            }
            guard world.terminal.input else {
                throw Reported([
                    Diagnostic(
                        .error, "no-consent", "nobody to ask: standard input is no terminal",
                        hint: "--yes, or --approve \(changeset.fingerprint)")
                ])
            }
            if !consent.step {
                guard world.ask("Apply these steps? Only \"yes\" goes on: ") == "yes" else {
                    screen.progress("Nothing was changed.")
                    return false
                }
            }
            for step in grave {
                let prompt = "\(step.consequence ?? ""): type \(step.address) to go on: "
                guard world.ask(prompt) == step.address.description else {
                    screen.progress("Nothing was changed.")
                    return false
                }
            }
            return true
        }

        private static func unconfirmed(_ step: Step) -> Diagnostic {
            Diagnostic(
                .error, "not-confirmed",
                "\(step.address): \(step.consequence ?? ""), which --yes does not cover",
                hint: "add --confirm \(step.address)", at: step.place)
        }

        private var world: World { work.world }

        private func carryOut(_ changeset: Changeset) async throws -> Exit {
            let receipt = await receipt(of: changeset)
            var diagnostics = receipt.failures.map { failure in
                Diagnostic(
                    .error, "step-failed", "\(failure.step.address): \(failure.error.message)",
                    hint: failure.error.hint, at: failure.step.place)
            }
            if receipt.isComplete {
                diagnostics += try await work.comparison.confirmation(
                    of: receipt, scope: changeset.scope, isDestroy: changeset.isDestroy,
                    sleep: world.sleep)
            }
            conclude(changeset, receipt, diagnostics)
            switch receipt.stoppedBy {
            case Signals.interrupt: return .interrupted
            case .some: return .terminated
            case nil: break
            }
            let failed = diagnostics.contains { $0.severity == .error } || !receipt.isComplete
            return failed ? .failed : .done
        }

        /// Runs the steps; a signal lets the calls in flight finish and starts no more.
        private func receipt(of changeset: Changeset) async -> Receipt {
            let stop = StopFlag()
            let hooks = Applier.Hooks(
                random: world.random, sleep: world.sleep, stopSignal: { stop.signal },
                mayRun: mayRun, report: report, tell: { screen.progress($0) })
            let applier = Applier(work.comparison, hooks)
            return await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await signal in world.signals() { stop.set(signal) }
                }
                let receipt = await applier.apply(changeset)
                group.cancelAll()
                return receipt
            }
        }

        @Sendable private func mayRun(_ step: Step) -> Bool {
            guard consent.step else { return true }
            return world.ask("\(step.verb.symbol) \(step.address)? [yes/no] ") == "yes"
        }

        @Sendable private func report(_ entry: Receipt.Entry) {
            let text = EntryText(entry: entry)
            screen.event(text.line, text.json)
        }

        private func conclude(
            _ changeset: Changeset, _ receipt: Receipt, _ diagnostics: [Diagnostic]
        ) {
            if screen.options.json {
                screen.show(
                    ChangesetJSON(
                        changeset: changeset, diagnostics: diagnostics, receipt: receipt.json
                    ).json)
                return
            }
            screen.report(diagnostics, texts: work.texts)
            let style = screen.style
            if receipt.isComplete {
                let word = changeset.isDestroy ? "Destroy" : "Apply"
                world.output(
                    style.bold("\(word) complete: \(Summary(receipt.done).done).") + "\n")
            } else {
                let counts = [
                    "\(receipt.done.count) done", "\(receipt.failures.count) failed",
                    "\(receipt.notTried.count) not tried",
                ]
                world.output(
                    style.bold("Apply stopped: \(counts.joined(separator: ", ")).") + "\n")
            }
            world.output("Fingerprint: \(changeset.fingerprint)\n")
        }
    }
#endif
